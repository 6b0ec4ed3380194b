// @ts-check
/** The judge of the live picture comes after the camera, and only where it can be borne. Without it the guide is plain. */

/** @import { Scene } from "guidance/watch" */

/** Long enough for the first frames to be on the screen. */
const AFTER = 300;

/** @param {Scene} scene */
export function liveGuidance(scene) {
  let begun = false;
  let left = false;
  let stop = () => {};
  const load = async () => {
    const { watchViewfinder } = await import("guidance/watch");
    stop = await watchViewfinder(scene);
    if (left) stop();
  };
  const start = () => {
    if (!begun) setTimeout(() => left || load().catch(() => undefined), AFTER);
    begun = true;
  };
  return { start, stop: () => ((left = true), stop()) };
}
