// @ts-check
/** Screen 3: the camera. Draws it; camera/viewfinder runs it; the caller decides what happens to a picture. */

import { pcBeside } from "camera/beside";
import { cameraScreen, helpDialog, viewfinderParts } from "camera/controls";
import { guide } from "camera/guide";
import { lastTimePill } from "camera/last-time";
import { liveGuidance } from "camera/live-guidance";
import { selfTimer } from "camera/self-timer";
import { Viewfinder } from "camera/viewfinder";
import { t } from "ui/texts";

/**
 * @import { ViewfinderEvents } from "camera/viewfinder"
 * @import { Pack, Rejected } from "pairing/api"
 * @import { View } from "ui/screens"
 */

/**
 * @typedef {ViewfinderEvents & {rejected?: Rejected,
 *   onPicture: (source: HTMLVideoElement | ImageBitmap, longest: number) => Promise<unknown>,
 *   onFile: (file: File) => unknown}} CaptureEvents `longest` side of the picture, px
 */

const TIPS = ["help.distance", "help.eyes", "help.light", "help.steady"];

/** @param {Pack} pack @param {CaptureEvents} uses @returns {View} */
export function captureView(pack, uses) {
  const outline = guide(pack.crop, { hair: t("guide.hair"), eyes: t("guide.eyes") });
  const parts = viewfinderParts(outline, {
    take: () => take(parts.video),
    swap: () => viewfinder.switchLens(),
    onFile: uses.onFile,
  });
  const timer = selfTimer(parts.prompt);
  const shutter = once(async (/** @type {HTMLVideoElement | ImageBitmap} */ source) => {
    const go = source !== parts.video || (await timer.run());
    await (go && (viewfinder.alive ? uses.onPicture(source, viewfinder.longest) : viewfinder.revive()));
  });
  const take = shutter.run;
  const onReady = () => {
    uses.onReady();
    judge.start();
    pc.start();
  };
  /** @type {Viewfinder} */
  const viewfinder = new Viewfinder(parts, pack.gate, { ...uses, onReady, onPrompt: (key) => pc.say(key) });
  const pc = pcBeside(viewfinder);
  const busy = () => shutter.running() || timer.set();
  const judge = liveGuidance({ viewfinder, pack, rejected: uses.rejected, take, busy });
  const help = helpDialog(TIPS, { onFile: uses.onFile, gallery: Boolean(pack.gallery) });
  const full = cameraScreen(parts, { left: timer.button, help, before: lastTimePill(uses.rejected) });
  viewfinder.start();
  return { name: "camera", title: t("shoot.title"), full, leave: () => leave(pc, timer, judge, viewfinder) };
}

/** @param {...({stop: () => unknown} | Viewfinder)} running */
function leave(...running) {
  for (const each of running) "stop" in each ? each.stop() : each.leave();
}

/**
 * Runs one act at a time: the person or the live judge presses the shutter, whichever is first.
 * @template Source @param {(source: Source) => Promise<void>} act
 */
function once(act) {
  let running = false;
  const run = async (/** @type {Source} */ source) => {
    if (running) return;
    running = true;
    try {
      await act(source);
    } finally {
      running = false;
    }
  };
  return { run, running: () => running };
}
