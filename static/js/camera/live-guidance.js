// @ts-check
/**
 * Loads the live judge, where phone and connection are good enough: while people read, else after the camera. Without it
 * the guide is plain.
 */

import { loadLook } from "camera/look-ahead";
import { isWorthLoading } from "guidance/capability";
import { el } from "ui/dom";
import { t } from "ui/texts";

/**
 * @import { Measuring } from "guidance/limits"
 * @import { Scene } from "guidance/watch"
 */

/** ms. Long enough for the first frames to be on the screen. */
const AFTER = 300;
/** ms. Sooner it is not worth a word. */
const SAY_AFTER = 700;

let asked = false;

/**
 * For the screens before the camera: once the page itself is complete, nothing hurries, and nothing waits for it.
 * @param {Measuring} measuring of the pack
 */
export function loadWhileReading(measuring) {
  if (!asked) load(measuring).catch(() => undefined);
  asked = true;
}

/** @param {Measuring} measuring */
async function load(measuring) {
  await complete();
  await idle();
  await loadLook();
  if (!(await isWorthLoading())) return;
  const { openDetector } = await import("guidance/detector");
  await openDetector(measuring);
}

/** @param {Scene} scene */
export function liveGuidance(scene) {
  let begun = false;
  let left = false;
  let stop = () => {};
  const watch = async () => {
    if (left || !(await isWorthLoading())) return;
    const done = sayLoading(scene.viewfinder.parts.which);
    try {
      const { watchViewfinder } = await import("guidance/watch");
      stop = await watchViewfinder(scene);
    } finally {
      done();
    }
    if (left) stop();
  };
  const start = () => {
    if (!begun) setTimeout(() => watch().catch(() => undefined), AFTER);
    begun = true;
  };
  const leave = () => {
    left = true;
    stop();
  };
  return { start, stop: leave };
}

/** One calm line until the judge is there, or has failed. @param {HTMLElement} which @returns {() => void} its end */
function sayLoading(which) {
  const line = el("p", { class: "which", role: "status" });
  which.after(line);
  const timer = setTimeout(() => line.append(t("shoot.guide-loading")), SAY_AFTER);
  return () => {
    clearTimeout(timer);
    line.remove();
  };
}

/** Everything that the page names itself has come. */
function complete() {
  if (document.readyState === "complete") return;
  return new Promise((resolve) => globalThis.addEventListener("load", resolve, { once: true }));
}

/** Safari has no requestIdleCallback. */
function idle() {
  return new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
}
