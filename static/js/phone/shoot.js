// @ts-check
/** Screen 3: the camera. Draws it; phone/finder moves it; what a picture becomes is the caller's business. */

import { Finder } from "phone/finder";
import { guide } from "phone/guide";
import { liveJudge } from "phone/live";
import { countdown } from "phone/shutter";
import { cameraScreen, helpDialog, viewfinder } from "phone/viewfinder";
import { t } from "phone/words";
import { el } from "shared/dom";

/**
 * @typedef {import("phone/api").Pack} Pack
 * @typedef {import("phone/finder").Uses & {rejected?: import("phone/api").Rejected, onPicture: (source: HTMLVideoElement | ImageBitmap) => Promise<unknown>,
 *   onFile: (file: File) => unknown}} Uses
 */

const TIPS = ["help.distance", "help.eyes", "help.light", "help.steady"];

/** @param {Pack} pack @param {Uses} uses @returns {import("phone/stage").View} */
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

/** What an office said about the picture before. @param {import("phone/api").Rejected} [rejected] */
function lastTime(rejected) {
  const text = rejected && [...rejected.texts, rejected.opinion].filter(Boolean).join(" ");
  return text ? el("p", { class: "last-time" }, t("shoot.last-time", { text })) : "";
}
