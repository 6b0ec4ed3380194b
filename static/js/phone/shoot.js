// @ts-check
/** Screen 3: the camera. Draws it and moves it along; what a picture becomes is the caller's business. */

import { fileButton, otherBrowser } from "phone/away";
import { keepAwake } from "phone/awake";
import { Camera } from "phone/camera";
import { guide, layout } from "phone/guide";
import { cropOf } from "phone/picture";
import { countdown } from "phone/shutter";
import { say } from "phone/speak";
import { button, drawing, icon } from "phone/stage";
import { t } from "phone/words";
import { el } from "shared/dom";

/**
 * @typedef {{onPicture: (video: HTMLVideoElement) => Promise<unknown>, onFile: (file: File) => unknown,
 *   onReady: () => unknown, onTrouble: (error: unknown) => unknown}} Uses
 */

/** @param {import("phone/api").Pack} pack @param {Uses} uses @returns {import("phone/stage").View} */
export function shootView(pack, uses) {
  const video = el("video", { playsinline: true, muted: true, autoplay: true, "aria-hidden": "true" });
  video.setAttribute("playsinline", "");
  const parts = {
    video,
    frame: el("div", { class: "frame" }, guide(pack.crop, { hair: t("guide.hair"), eyes: t("guide.eyes") })),
    prompt: el("p", { class: "prompt" }, t("shoot.opening")),
    which: el("p", { class: "which" }),
    room: el("div", { class: "room" }),
  };
  const scene = run(pack, parts, uses);
  parts.room.append(video, parts.frame);
  return { name: "camera", title: t("shoot.title"), full: screen(pack, parts, scene, uses), leave: scene.leave };
}

/**
 * @typedef {{video: HTMLVideoElement, frame: HTMLElement, prompt: HTMLElement, which: HTMLElement, room: HTMLElement}} Parts
 * @param {import("phone/api").Pack} pack @param {Parts} parts @param {Uses} uses
 */
function run(pack, parts, uses) {
  const awake = keepAwake();
  const shutter = button("", () => take(), "shutter");
  const swap = button("", () => start(() => camera.switchLens()), "round", icon("switch-lens"));
  const timer = countdown(parts.prompt);
  const camera = new Camera(parts.video, () => restart());
  const place = () => arrange(parts);
  const take = async () => (await timer.run()) && !camera.dead && uses.onPicture(parts.video);
  const start = async (/** @type {() => Promise<boolean>} */ open) => {
    shutter.disabled = true;
    try {
      if (await open()) ready();
    } catch (error) {
      uses.onTrouble(error);
    }
  };
  const ready = () => {
    place();
    describe(parts, camera, pack, shutter);
    swap.hidden = camera.lenses.length < 2;
    uses.onReady();
  };
  const restart = () => !document.hidden && camera.dead && start(() => camera.open());
  const leave = () => {
    [timer, awake].forEach((part) => part.stop());
    globalThis.removeEventListener("resize", place);
    document.removeEventListener("visibilitychange", restart);
    camera.close();
  };
  globalThis.addEventListener("resize", place);
  document.addEventListener("visibilitychange", restart);
  parts.video.addEventListener("resize", place);
  shutter.setAttribute("aria-label", t("shoot.shutter"));
  swap.setAttribute("aria-label", t("shoot.switch"));
  swap.hidden = true;
  start(() => camera.open());
  return { shutter, swap, timer, leave };
}

/** @param {Parts} parts @param {Camera} camera @param {import("phone/api").Pack} pack @param {HTMLButtonElement} shutter */
function describe({ video, prompt, which, room }, camera, { gate }, shutter) {
  const crop = cropOf(video.videoWidth, video.videoHeight);
  const small = crop.width < gate.min_width || crop.height < gate.min_height;
  const facts = { width: crop.width, height: crop.height, least: `${gate.min_width}×${gate.min_height}` };
  shutter.disabled = small;
  room.classList.toggle("mirrored", camera.front);
  which.textContent = t(camera.front ? "shoot.front" : "shoot.back");
  prompt.textContent = t(small ? "shoot.too-small" : "shoot.prompt", facts);
  prompt.classList.toggle("warned", small);
  say(prompt.textContent);
}

/** @param {Parts} parts */
function arrange({ room, video, frame }) {
  if (!video.videoWidth) return;
  const { width, height } = video.getBoundingClientRect().width ? room.getBoundingClientRect() : { width: 0, height: 0 };
  const placed = layout({ width, height }, { width: video.videoWidth, height: video.videoHeight });
  for (const [node, size] of /** @type {const} */ ([[video, placed.video], [frame, placed.frame]])) {
    node.style.width = `${size.width}px`;
    node.style.height = `${size.height}px`;
  }
}

/** @param {import("phone/api").Pack} pack @param {Parts} parts @param {ReturnType<typeof run>} scene @param {Uses} uses */
function screen(pack, { room, prompt, which }, { shutter, swap, timer }, uses) {
  const help = helpDialog(pack, uses);
  const ask = button("", () => help.showModal(), "round help", icon("help"));
  ask.setAttribute("aria-label", t("shoot.help"));
  return el(
    "section",
    { class: "shoot" },
    el("h2", { class: "sr-only", tabindex: "-1" }, t("shoot.title")),
    room,
    el("div", { class: "over" }, prompt, ask),
    which,
    el("div", { class: "controls" }, timer.button, shutter, el("span", { class: "slot" }, swap)),
    el("div", { class: "turn-phone" }, drawing("turn-phone", ""), el("p", {}, t("shoot.turn"))),
    help,
  );
}

/** @param {import("phone/api").Pack} pack @param {Uses} uses */
function helpDialog(pack, { onFile }) {
  const close = () => dialog.close();
  const file = (/** @type {File} */ chosen) => (close(), onFile(chosen));
  const dialog = el(
    "dialog",
    { class: "help-dialog", "aria-labelledby": "help-title" },
    el("h3", { id: "help-title" }, t("help.title")),
    el("ul", {}, ...["distance", "eyes", "light", "steady"].map((tip) => el("li", {}, t(`help.${tip}`)))),
    el("div", { class: "stack" }, fileButton(file), pack.gallery ? fileButton(file, { gallery: true }) : null, otherBrowser(true)),
    button(t("help.close"), close),
  );
  return dialog;
}
