// @ts-check
/** Screen 3: the camera. Draws it; camera/viewfinder moves it; what a picture becomes is the caller's business. */

import { Finder } from "camera/viewfinder";
import { guide } from "camera/guide";
import { liveJudge } from "camera/live-guidance";
import { countdown } from "camera/self-timer";
import { cameraScreen, helpDialog, viewfinder } from "camera/controls";
import { t } from "ui/texts";
import { el } from "ui/dom";

/**
 * @typedef {import("pairing/api").Pack} Pack
 * @typedef {import("camera/viewfinder").Uses & {rejected?: import("pairing/api").Rejected, onPicture: (source: HTMLVideoElement | ImageBitmap) => Promise<unknown>,
 *   onFile: (file: File) => unknown}} Uses
 */

const TIPS = ["help.distance", "help.eyes", "help.light", "help.steady"];

/** @param {Pack} pack @param {Uses} uses @returns {import("ui/screens").View} */
export function shootView(pack, uses) {
  const outline = guide(pack.crop, { hair: t("guide.hair"), eyes: t("guide.eyes") });
  const parts = viewfinder(outline, { take: () => take(parts.video), swap: () => finder.switchLens(), onFile: uses.onFile });
  const timer = countdown(parts.prompt);
  let taking = false;
  /** @param {HTMLVideoElement | ImageBitmap} source the person presses, or the live judge does: whoever is first */
  const take = async (source) => {
    if (taking) return;
    taking = true;
    try {
      const go = source !== parts.video || (await timer.run());
      await (go && (finder.alive ? uses.onPicture(source) : finder.revive()));
    } finally {
      taking = false;
    }
  };
  /** @type {Finder} */
  const finder = new Finder(parts, pack.gate, { ...uses, onReady: () => (uses.onReady(), judge.start()) });
  const judge = liveJudge({ finder, pack, rejected: uses.rejected, take, busy: () => taking || timer.set() });
  const leave = () => (timer.stop(), judge.stop(), finder.leave());
  const help = helpDialog(TIPS, { onFile: uses.onFile, gallery: Boolean(pack.gallery) });
  finder.start();
  return { name: "camera", title: t("shoot.title"), full: cameraScreen(parts, { left: timer.button, help, before: lastTime(uses.rejected) }), leave };
}

/** What an office said about the picture before. @param {import("pairing/api").Rejected} [rejected] */
function lastTime(rejected) {
  const text = rejected && [...rejected.texts, rejected.opinion].filter(Boolean).join(" ");
  return text ? el("p", { class: "last-time" }, t("shoot.last-time", { text })) : "";
}
