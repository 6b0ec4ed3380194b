// @ts-check
/**
 * The elements of every camera screen: the frame, the shutter, the lens switch, the help. camera/viewfinder runs them.
 */

import { fileButton, otherBrowser } from "pairing/fallbacks";
import { el } from "ui/dom";
import { button, drawing, icon } from "ui/screens";
import { t } from "ui/texts";
import { speakPill } from "ui/toolbar";

/** @import { Parts } from "camera/viewfinder" */

/**
 * @param {SVGElement} outline where the face, or the card, belongs
 * @param {{take: () => unknown, swap: () => unknown, onFile: (file: File) => unknown}} does
 * @returns {Parts} that wait for a camera: the shutter cannot be pressed yet
 */
export function viewfinderParts(outline, { take, swap, onFile }) {
  const video = el("video", { playsinline: "", muted: true, autoplay: true, "aria-hidden": "true" });
  const frame = el("div", { class: "shoot-frame" }, outline);
  const parts = {
    video,
    frame,
    prompt: el("p", { class: "prompt", "aria-live": "polite" }, t("shoot.opening")),
    which: el("p", { class: "which" }),
    choices: el("div", { class: "choices" }, speakPill()),
    instead: el("p", { hidden: true }, fileButton(onFile)),
    room: el("div", { class: "room" }, video, frame),
    shutter: labelled("shoot.shutter", button("", take, "shutter")),
    swap: labelled("shoot.switch", button("", swap, "round", icon("switch-lens"))),
  };
  parts.shutter.disabled = parts.swap.hidden = true;
  return parts;
}

/**
 * @param {Parts} parts
 * @param {{left: HTMLElement, help: HTMLDialogElement, before?: Node | string}} around `left` of the shutter; `before`:
 * told first
 */
export function cameraScreen({ room, prompt, which, choices, instead, shutter, swap }, { left, help, before = "" }) {
  const ask = labelled(
    "shoot.help",
    button("", () => help.showModal(), "round", icon("help")),
  );
  return el(
    "section",
    { class: "shoot" },
    el("h2", { class: "sr-only", tabindex: "-1" }, t("shoot.title")),
    room,
    el("div", { class: "shoot-top" }, prompt),
    el("div", { class: "shoot-below" }, before, which, choices, instead),
    el("div", { class: "controls" }, left, shutter, el("span", {}, swap, ask)),
    el("div", { class: "turn-phone" }, drawing("turn-phone", ""), el("p", {}, t("shoot.turn"))),
    help,
  );
}

/**
 * @param {string[]} tips keys of texts @param {{onFile: (file: File) => unknown, gallery: boolean}} ways out
 * @returns {HTMLDialogElement}
 */
export function helpDialog(tips, { onFile, gallery }) {
  const close = () => dialog.close();
  const file = (/** @type {File} */ chosen) => {
    close();
    onFile(chosen);
  };
  /** @type {HTMLDialogElement} */
  const dialog = el(
    "dialog",
    { class: "help-dialog", "aria-labelledby": "help-title" },
    el("h3", { id: "help-title" }, t("help.title")),
    el("ul", {}, ...tips.map((tip) => el("li", {}, t(tip)))),
    el("div", { class: "stack" }, fileButton(file), gallery && fileButton(file, { gallery: true }), otherBrowser(true)),
    button(t("help.close"), close),
  );
  return dialog;
}

/** @param {string} key @param {HTMLButtonElement} pressed a button without words */
export function labelled(key, pressed) {
  pressed.setAttribute("aria-label", t(key));
  return pressed;
}
