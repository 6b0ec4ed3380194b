// @ts-check
/** Screen 3: the camera. Draws it; phone/finder moves it; what a picture becomes is the caller's business. */

import { fileButton, otherBrowser } from "phone/away";
import { Finder } from "phone/finder";
import { guide } from "phone/guide";
import { liveJudge } from "phone/live";
import { countdown } from "phone/shutter";
import { button, drawing, icon } from "phone/stage";
import { speakPill } from "phone/toolbar";
import { t } from "phone/words";
import { el } from "shared/dom";

/**
 * @typedef {import("phone/api").Pack} Pack
 * @typedef {import("phone/finder").Uses & {rejected?: import("phone/api").Rejected, onPicture: (source: HTMLVideoElement | ImageBitmap) => Promise<unknown>,
 *   onFile: (file: File) => unknown}} Uses
 */

/** @param {Pack} pack @param {Uses} uses @returns {import("phone/stage").View} */
export function shootView(pack, uses) {
  const prompt = el("p", { class: "prompt", "aria-live": "polite" }, t("shoot.opening"));
  const timer = countdown(prompt);
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
  const video = el("video", { playsinline: "", muted: true, autoplay: true, "aria-hidden": "true" });
  const frame = el("div", { class: "frame" }, guide(pack.crop, { hair: t("guide.hair"), eyes: t("guide.eyes") }));
  /** @type {import("phone/finder").Parts} */
  const parts = {
    prompt,
    video,
    frame,
    which: el("p", { class: "which" }),
    choices: el("div", { class: "choices" }, speakPill()),
    instead: el("p", { class: "instead", hidden: true }, fileButton(uses.onFile)),
    room: el("div", { class: "room" }, video, frame),
    shutter: named("shoot.shutter", button("", () => take(parts.video), "shutter")),
    swap: named("shoot.switch", button("", () => finder.switchLens(), "round", icon("switch-lens"))),
  };
  /** @type {Finder} */
  const finder = new Finder(parts, pack.gate, { ...uses, onReady: () => (uses.onReady(), judge.start()) });
  const judge = liveJudge({ finder, pack, rejected: uses.rejected, take, busy: () => taking || timer.set() });
  const leave = () => (timer.stop(), judge.stop(), finder.leave());
  parts.shutter.disabled = parts.swap.hidden = true;
  finder.start();
  return { name: "camera", title: t("shoot.title"), full: screen(parts, timer.button, helpDialog(pack, uses), lastTime(uses.rejected)), leave };
}

/** @param {string} key @param {HTMLButtonElement} pressed */
function named(key, pressed) {
  pressed.setAttribute("aria-label", t(key));
  return pressed;
}

/** What an office said about the picture before. @param {import("phone/api").Rejected} [rejected] */
function lastTime(rejected) {
  const text = rejected && [...rejected.texts, rejected.opinion].filter(Boolean).join(" ");
  return text ? el("p", { class: "last-time" }, t("shoot.last-time", { text })) : "";
}

/** @param {import("phone/finder").Parts} parts @param {HTMLElement} timer @param {HTMLDialogElement} help @param {Node | string} before */
function screen({ room, prompt, which, choices, instead, shutter, swap }, timer, help, before) {
  const ask = named("shoot.help", button("", () => help.showModal(), "round", icon("help")));
  return el(
    "section",
    { class: "shoot" },
    el("h2", { class: "sr-only", tabindex: "-1" }, t("shoot.title")),
    room,
    el("div", { class: "over" }, prompt, ask),
    el("div", { class: "under" }, before, which, choices, instead),
    el("div", { class: "controls" }, timer, shutter, el("span", { class: "slot" }, swap)),
    el("div", { class: "turn-phone" }, drawing("turn-phone", ""), el("p", {}, t("shoot.turn"))),
    help,
  );
}

/** @param {Pack} pack @param {Uses} uses @returns {HTMLDialogElement} */
function helpDialog(pack, { onFile }) {
  const close = () => dialog.close();
  const file = (/** @type {File} */ chosen) => (close(), onFile(chosen));
  const ways = [fileButton(file), pack.gallery && fileButton(file, { gallery: true }), otherBrowser(true)];
  /** @type {HTMLDialogElement} */
  const dialog = el(
    "dialog",
    { class: "help-dialog", "aria-labelledby": "help-title" },
    el("h3", { id: "help-title" }, t("help.title")),
    el("ul", {}, ...["distance", "eyes", "light", "steady"].map((tip) => el("li", {}, t(`help.${tip}`)))),
    el("div", { class: "stack" }, ...ways),
    button(t("help.close"), close),
  );
  return dialog;
}
