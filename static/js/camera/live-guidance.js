// @ts-check
/**
 * Loads the live judge after the camera, where phone and connection are good enough. Without it the guide is plain.
 */

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
  const leave = () => {
    left = true;
    stop();
  };
  return { start, stop: leave };
}
