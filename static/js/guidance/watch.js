// @ts-check
/** Watches the viewfinder: looks at frames, says what helps, presses the shutter when all has been well. */

import { frameSize } from "camera/frames";
import { cropOf } from "camera/picture";
import { AutoShutter, bestShot } from "guidance/auto-shutter";
import { autoSwitch, autoWanted } from "guidance/auto-switch";
import { openDetector } from "guidance/detector";
import { Judge } from "guidance/judge";
import { faceOffset, measures } from "guidance/measures";
import { Overlay } from "guidance/overlay";
import { checksOf, foremost, Prompter, promptKey, WELL } from "guidance/prompts";
import { language, loadMoreTexts, t } from "ui/texts";

/**
 * @import { Viewfinder } from "camera/viewfinder"
 * @import { Detection, Detector, Measured } from "guidance/detector"
 * @import { Prompt } from "guidance/prompts"
 * @import { Pack, Rejected } from "pairing/api"
 */

/**
 * @typedef {{viewfinder: Viewfinder, pack: Pack, busy: () => boolean, rejected?: Rejected,
 *   take: (source: ImageBitmap) => Promise<unknown>}} Scene `busy`: a picture is being taken, or a countdown runs
 */

/** ms. The person's silhouette costs as much as eight faces, light as much as one; it matters most at the end. */
const BACKGROUND_EVERY = 2000;
const BACKGROUND_AT_THE_END = 800;
const LIGHT_EVERY = 200;
const BURST = 3;

let taken = 0;

/** @param {Scene} scene @returns {Promise<() => void>} how to stop @throws where the live judge is not worth it */
export async function watchViewfinder(scene) {
  const [detector] = await Promise.all([openDetector(scene.pack.measuring), loadMoreTexts("live")]);
  return new Watch(scene, detector).start();
}

class Watch {
  /** @param {Scene} scene @param {Detector} detector */
  constructor(scene, detector) {
    const { viewfinder, pack } = scene;
    this.scene = scene;
    this.detector = detector;
    this.judge = new Judge(pack);
    this.prompter = new Prompter();
    this.auto = new AutoShutter(taken > 0);
    this.overlay = new Overlay(
      /** @type {Element} */ (viewfinder.parts.frame.firstElementChild),
      viewfinder.parts.shutter,
      pack.crop,
    );
    this.switch = autoSwitch(() => this.switched());
    this.stopped = false;
    this.last = { background: -Infinity, light: -Infinity };
    this.green = false;
  }

  start() {
    this.scene.viewfinder.parts.choices.append(this.switch);
    this.next();
    return () => this.stop();
  }

  stop() {
    this.stopped = true;
    this.overlay.remove();
    this.switch.remove();
  }

  /** With the next frame of the video, however fast that is. */
  next() {
    const { video } = this.scene.viewfinder.parts;
    const go = () =>
      this.frame().then(
        () => !this.stopped && this.next(),
        () => this.stop(),
      );
    if ("requestVideoFrameCallback" in video && !document.hidden) video.requestVideoFrameCallback(go);
    else setTimeout(go, 100);
  }

  /**
   * Nothing is to be judged now: the page is hidden, no live picture, a dialog is open, or a picture is being taken.
   */
  get idle() {
    const { viewfinder, busy } = this.scene;
    return (
      document.hidden ||
      !viewfinder.alive ||
      viewfinder.parts.shutter.disabled ||
      busy() ||
      document.querySelector("dialog[open]")
    );
  }

  async frame() {
    if (this.idle) return this.rest();
    const now = performance.now();
    const detection = await this.look(this.scene.viewfinder.parts.video, this.measured(now));
    if (this.stopped || this.idle) return;
    this.learn(detection, now);
    this.show(detection, now);
    const round = autoWanted() ? this.auto.step(this.green, now) : 0;
    this.overlay.turn(round);
    if (round >= 1) await this.press();
  }

  /** Whether the shutter goes by itself changes what "all is well" means. */
  switched() {
    this.auto.rest();
    this.prompter.anew();
  }

  rest() {
    this.auto.rest();
    this.overlay.turn(0);
  }

  /** @param {number} now @returns {Measured} */
  measured(now) {
    const every = this.judge.nearly ? BACKGROUND_AT_THE_END : BACKGROUND_EVERY;
    const due = { background: now - this.last.background > every, light: now - this.last.light > LIGHT_EVERY };
    if (due.background) this.last.background = now;
    if (due.light) this.last.light = now;
    return due;
  }

  /** @param {HTMLVideoElement | ImageBitmap} source @param {Measured} measured */
  look(source, measured) {
    const size = "videoWidth" in source ? frameSize(source) : source;
    return this.detector.look(source, cropOf(size.width, size.height), this.scene.pack.crop, measured);
  }

  /** @param {Detection} detection @param {number} now */
  learn(detection, now) {
    const { pack, viewfinder } = this.scene;
    const size = frameSize(viewfinder.parts.video);
    const { width } = cropOf(size.width, size.height);
    this.judge.take(measures(detection, pack, width / pack.crop.width), now);
    const before = this.green;
    this.green = this.judge.green;
    if (this.green && !before) buzz(30);
  }

  /** @param {Detection} detection @param {number} now */
  show({ faces }, now) {
    const { viewfinder, pack } = this.scene;
    this.overlay.place(faces[0]?.box, viewfinder.camera.front, this.green);
    this.overlay.markLines(this.judge);
    viewfinder.parts.frame.classList.toggle("is-kept", this.green);
    const off = faces[0] ? faceOffset(faces[0], pack.crop.width) : 0;
    const wanted = this.green ? WELL : foremost(this.judge, off, checksOf(this.scene.rejected?.reasons ?? []));
    const prompt = wanted && this.prompter.next(wanted, now);
    if (!prompt) return;
    const key = promptKey(prompt, viewfinder.camera.front);
    viewfinder.prompt(this.words(prompt), prompt === WELL ? "is-well" : prompt.long && "is-long", key);
  }

  /** @param {Prompt} prompt */
  words(prompt) {
    const { viewfinder, pack } = this.scene;
    if (prompt === WELL && autoWanted()) return t("live.closing");
    const advice = pack.checks[prompt.check]?.advice[prompt.way];
    return prompt.long && advice ? advice[language()] : t(promptKey(prompt, viewfinder.camera.front));
  }

  /** A burst, of which the sharpest picture is kept. */
  async press() {
    const { viewfinder, take } = this.scene;
    const burst = [];
    for (let i = 0; i < BURST && !this.idle; i++) burst.push(await this.shot(viewfinder.parts.video));
    const chosen = this.stopped || this.idle ? undefined : bestShot(burst);
    this.auto.rest();
    if (chosen) {
      taken++;
      buzz([40, 60, 40]);
      await take(chosen.bitmap);
    }
    for (const { bitmap } of burst) bitmap.close();
  }

  /** @param {HTMLVideoElement} video */
  async shot(video) {
    const bitmap = await createImageBitmap(video);
    const detection = await this.look(bitmap, { light: true });
    return { bitmap, green: this.green && detection.faces.length === 1, sharp: detection.light?.sharp ?? 0 };
  }
}

/**
 * A page that nobody has touched may not vibrate; asking anyway logs an error.
 * @param {number | number[]} pattern
 */
function buzz(pattern) {
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(pattern);
}
