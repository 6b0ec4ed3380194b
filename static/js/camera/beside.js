// @ts-check
/** The PC beside the camera: the code for it is loaded once the camera runs, and nothing waits for it. */

import { currentState } from "pairing/session";

/** @import { Viewfinder } from "camera/viewfinder" */

/** @param {Viewfinder} viewfinder */
export function pcBeside(viewfinder) {
  /** @type {{say: (key: string) => unknown, here: () => unknown, stop: () => unknown} | undefined} */
  let line;
  let said = "";
  let begun = false;
  let left = false;
  const open = async () => {
    const { openLine } = await import("camera/pc-line");
    const opened = await openLine(viewfinder);
    if (left) return opened.stop();
    line = opened;
    line.say(said);
  };
  const start = () => {
    if (!begun && !currentState().alone) open().catch(() => undefined);
    begun = true;
    line?.here();
  };
  const say = (/** @type {string} */ key) => {
    said = key;
    line?.say(key);
  };
  const stop = () => {
    left = true;
    line?.stop();
  };
  return { start, say, stop };
}
