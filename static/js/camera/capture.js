// @ts-check
/** Screen 3: the camera. Draws it; camera/viewfinder moves it; what a picture becomes is the caller's business. */

import { Viewfinder } from "camera/viewfinder";
import { guide } from "camera/guide";
import { liveGuidance } from "camera/live-guidance";
import { selfTimer } from "camera/self-timer";
import { cameraScreen, helpDialog, viewfinderParts } from "camera/controls";
import { t } from "ui/texts";
import { el } from "ui/dom";

/**
 * @import { ViewfinderEvents } from "camera/viewfinder"
 * @import { Pack, Rejected } from "pairing/api"
 * @import { View } from "ui/screens"
 */

/**
 * @typedef {ViewfinderEvents & {rejected?: Rejected, onPicture: (source: HTMLVideoElement | ImageBitmap) => Promise<unknown>,
 *   onFile: (file: File) => unknown}} CaptureEvents
 */

const TIPS = ["help.distance", "help.eyes", "help.light", "help.steady"];

/** @param {Pack} pack @param {CaptureEvents} uses @returns {View} */
export function captureView(pack, uses) {
  const outline = guide(pack.crop, { hair: t("guide.hair"), eyes: t("guide.eyes") });
  const parts = viewfinderParts(outline, { take: () => take(parts.video), swap: () => viewfinder.switchLens(), onFile: uses.onFile });
  const timer = selfTimer(parts.prompt);
  let taking = false;
  /** @param {HTMLVideoElement | ImageBitmap} source the person presses, or the live judge does: whoever is first */
  const take = async (source) => {
    if (taking) return;
    taking = true;
    try {
      const go = source !== parts.video || (await timer.run());
      await (go && (viewfinder.alive ? uses.onPicture(source) : viewfinder.revive()));
    } finally {
      taking = false;
    }
  };
  /** @type {Viewfinder} */
  const viewfinder = new Viewfinder(parts, pack.gate, { ...uses, onReady: () => (uses.onReady(), judge.start()) });
  const judge = liveGuidance({ viewfinder, pack, rejected: uses.rejected, take, busy: () => taking || timer.set() });
  const leave = () => (timer.stop(), judge.stop(), viewfinder.leave());
  const help = helpDialog(TIPS, { onFile: uses.onFile, gallery: Boolean(pack.gallery) });
  viewfinder.start();
  return { name: "camera", title: t("shoot.title"), full: cameraScreen(parts, { left: timer.button, help, before: lastTime(uses.rejected) }), leave };
}

/** What an office said about the picture before. @param {Rejected} [rejected] */
function lastTime(rejected) {
  const text = rejected && [...rejected.texts, rejected.opinion].filter(Boolean).join(" ");
  return text ? el("p", { class: "last-time" }, t("shoot.last-time", { text })) : "";
}
