// @ts-check
/** The camera for one slot: a frame in the shape of the card, or of a person with a card. phone/finder moves it. */

import { RATIOS } from "documents/picture";
import { fileButton, otherBrowser } from "phone/away";
import { Finder } from "phone/finder";
import { button, drawing, icon } from "phone/stage";
import { speakPill } from "phone/toolbar";
import { language, t } from "phone/words";
import { el, svg } from "shared/dom";

/**
 * @typedef {import("phone/api").Slot} Slot
 * @typedef {import("phone/finder").Uses & {onPicture: (video: HTMLVideoElement) => Promise<unknown>,
 *   onFile: (file: File) => unknown, onBack: () => unknown}} Uses
 */

/** px that the frame has at least: the print of a card that fills it can then be read. */
const GATE = { min_width: 600, min_height: 450 };

/** @param {Slot} slot @param {Uses} uses @returns {import("phone/stage").View} */
export function shootView(slot, uses) {
  const video = el("video", { playsinline: "", muted: true, autoplay: true, "aria-hidden": "true" });
  const frame = el("div", { class: "frame" }, outline(slot.frame));
  /** @type {import("phone/finder").Parts} */
  const parts = {
    video,
    frame,
    prompt: el("p", { class: "prompt", "aria-live": "polite" }, t("shoot.opening")),
    which: el("p", { class: "which" }),
    choices: el("div", { class: "choices" }, speakPill()),
    instead: el("p", { class: "instead", hidden: true }, fileButton(uses.onFile)),
    room: el("div", { class: "room" }, video, frame),
    shutter: named("shoot.shutter", button("", () => take(), "shutter")),
    swap: named("shoot.switch", button("", () => finder.switchLens(), "round", icon("switch-lens"))),
  };
  const prompt = t(`doc.prompt.${slot.frame}`, { what: slot.label[language()] });
  const finder = new Finder(parts, GATE, uses, { ratio: RATIOS[slot.frame], prompt });
  const take = () => (finder.alive ? uses.onPicture(video) : finder.revive());
  parts.shutter.disabled = parts.swap.hidden = true;
  finder.start();
  return { name: "camera", title: t("shoot.title"), full: screen(parts, uses), leave: () => finder.leave() };
}

/** @param {string} key @param {HTMLButtonElement} pressed */
function named(key, pressed) {
  pressed.setAttribute("aria-label", t(key));
  return pressed;
}

/** @param {import("phone/finder").Parts} parts @param {Uses} uses */
function screen({ room, prompt, which, choices, instead, shutter, swap }, uses) {
  const help = helpDialog(uses);
  const ask = named("shoot.help", button("", () => help.showModal(), "round", icon("help")));
  const back = named("doc.to-slots", button("", uses.onBack, "round", icon("close")));
  return el(
    "section",
    { class: "shoot" },
    el("h2", { class: "sr-only", tabindex: "-1" }, t("shoot.title")),
    room,
    el("div", { class: "over" }, prompt, ask),
    el("div", { class: "under" }, which, choices, instead),
    el("div", { class: "controls" }, back, shutter, el("span", { class: "slot" }, swap)),
    el("div", { class: "turn-phone" }, drawing("turn-phone", ""), el("p", {}, t("shoot.turn"))),
    help,
  );
}

/** @param {Uses} uses @returns {HTMLDialogElement} */
function helpDialog({ onFile }) {
  const close = () => dialog.close();
  const file = (/** @type {File} */ chosen) => (close(), onFile(chosen));
  /** @type {HTMLDialogElement} */
  const dialog = el(
    "dialog",
    { class: "help-dialog", "aria-labelledby": "help-title" },
    el("h3", { id: "help-title" }, t("help.title")),
    el("ul", {}, ...["flat", "glare", "whole", "steady"].map((tip) => el("li", {}, t(`doc.tip.${tip}`)))),
    el("div", { class: "stack" }, fileButton(file), fileButton(file, { gallery: true }), otherBrowser(true)),
    button(t("help.close"), close),
  );
  return dialog;
}

/** Where the document belongs. @param {keyof typeof RATIOS} frame @returns {SVGElement} */
function outline(frame) {
  const card = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ width, /** @type {number} */ height) =>
    svg("rect", { x, y, width, height, rx: 12, class: "mark" });
  const drawn = { card: [card(12, 30, 376, 240)], page: [card(20, 18, 360, 264)], person: [svg("ellipse", { cx: 150, cy: 125, rx: 66, ry: 86, class: "mark" }), card(75, 258, 150, 96)] };
  const box = frame === "person" ? "0 0 300 400" : "0 0 400 300";
  return svg("svg", { viewBox: box, class: "guide", "aria-hidden": "true" }, ...drawn[frame]);
}
