// @ts-check
/** Watches the viewfinder: looks at frames, says what helps, presses the shutter when all has been well. */

import { Auto, best } from "live/auto";
import { drawing } from "live/box";
import { autoSwitch, wanted } from "live/choice";
import { Judge } from "live/judge";
import { Prompter, WELL, checksOf, foremost, keyOf } from "live/prompts";
import { measures, offset } from "live/ruler";
import { seer } from "live/sight";
import { cropOf } from "phone/picture";
import { also, language, t } from "phone/words";

/**
 * @typedef {import("live/sight").Sight} Sight
 * @typedef {{finder: import("phone/finder").Finder, pack: import("phone/api").Pack, busy: () => boolean,
 *   rejected?: import("phone/api").Rejected,
 *   take: (source: ImageBitmap) => Promise<unknown>}} Scene `busy`: a picture is being taken, or a countdown runs
 */

/** ms. The outline of the person costs as much as eight faces, light as much as one; the outline matters most at the end. */
const OUTLINE_EVERY = 2000;
const OUTLINE_AT_THE_END = 800;
const LIGHT_EVERY = 200;
const BURST = 3;

let taken = 0;

/** @param {Scene} scene @returns {Promise<() => void>} how to stop @throws where the live judge is not worth it */
export async function watch(scene) {
  const [eyes] = await Promise.all([seer(), also("live")]);
  return new Watch(scene, eyes).start();
}

class Watch {
  /** @param {Scene} scene @param {import("live/sight").Seer} eyes */
  constructor(scene, eyes) {
    const { finder, pack } = scene;
    this.scene = scene;
    this.eyes = eyes;
    this.judge = new Judge(pack);
    this.prompter = new Prompter();
    this.auto = new Auto(taken > 0);
    this.drawn = drawing(/** @type {Element} */ (finder.parts.frame.firstElementChild), finder.parts.shutter, pack.crop);
    this.switch = autoSwitch(() => this.switched());
    this.stopped = false;
    this.last = { outline: -Infinity, light: -Infinity };
    this.green = false;
  }

  start() {
    this.scene.finder.parts.choices.append(this.switch);
    this.next();
    return () => this.stop();
  }

  stop() {
    this.stopped = true;
    this.drawn.remove();
    this.switch.remove();
  }

  /** With the next frame of the video, however fast that is. */
  next() {
    const { video } = this.scene.finder.parts;
    const go = () => this.frame().then(() => !this.stopped && this.next(), () => this.stop());
    if ("requestVideoFrameCallback" in video && !document.hidden) video.requestVideoFrameCallback(go);
    else setTimeout(go, 100);
  }

  /** Somebody else speaks, or there is nothing to see. */
  get idle() {
    const { finder, busy } = this.scene;
    return document.hidden || !finder.alive || finder.parts.shutter.disabled || busy() || document.querySelector("dialog[open]");
  }

  async frame() {
    if (this.idle) return this.rest();
    const now = performance.now();
    const sight = await this.look(this.scene.finder.parts.video, this.wish(now));
    if (this.stopped || this.idle) return;
    this.learn(sight, now);
    this.show(sight, now);
    const round = wanted() ? this.auto.step(this.green, now) : 0;
    this.drawn.round(round);
    if (round >= 1) await this.press();
  }

  /** Whether the shutter goes by itself changes what "all is well" means. */
  switched() {
    this.auto.rest();
    this.prompter.anew();
  }

  rest() {
    this.auto.rest();
    this.drawn.round(0);
  }

  /** @param {number} now @returns {import("live/sight").Wish} */
  wish(now) {
    const every = this.judge.nearly ? OUTLINE_AT_THE_END : OUTLINE_EVERY;
    const due = { outline: now - this.last.outline > every, light: now - this.last.light > LIGHT_EVERY };
    if (due.outline) this.last.outline = now;
    if (due.light) this.last.light = now;
    return due;
  }

  /** @param {HTMLVideoElement | ImageBitmap} source @param {import("live/sight").Wish} wish */
  look(source, wish) {
    const size = "videoWidth" in source ? { width: source.videoWidth, height: source.videoHeight } : source;
    return this.eyes.look(source, cropOf(size.width, size.height), this.scene.pack.crop, wish);
  }

  /** @param {Sight} sight @param {number} now */
  learn(sight, now) {
    const { pack, finder } = this.scene;
    const { width } = cropOf(finder.parts.video.videoWidth, finder.parts.video.videoHeight);
    this.judge.take(measures(sight, pack, width / pack.crop.width), now);
    const before = this.green;
    this.green = this.judge.green;
    if (this.green && !before) buzz(30);
  }

  /** @param {Sight} sight @param {number} now */
  show({ faces }, now) {
    const { finder, pack } = this.scene;
    this.drawn.face(faces[0]?.box, finder.camera.front, this.green);
    this.drawn.lines(this.judge);
    finder.parts.frame.classList.toggle("is-kept", this.green);
    const off = faces[0] ? offset(faces[0], pack.crop.width) : 0;
    const wish = this.green ? WELL : foremost(this.judge, off, checksOf(this.scene.rejected?.reasons ?? []));
    const prompt = wish && this.prompter.next(wish, now);
    if (prompt) finder.prompt(this.words(prompt), prompt === WELL ? "is-well" : prompt.long && "is-long");
  }

  /** @param {import("live/prompts").Prompt} prompt */
  words(prompt) {
    const { finder, pack } = this.scene;
    if (prompt === WELL && wanted()) return t("live.closing");
    const advice = pack.checks[prompt.check]?.advice[prompt.way];
    return prompt.long && advice ? advice[language()] : t(keyOf(prompt, finder.camera.front));
  }

  /** A burst, of which the sharpest picture is kept. */
  async press() {
    const { finder, take } = this.scene;
    const burst = [];
    for (let i = 0; i < BURST && !this.idle; i++) burst.push(await this.shot(finder.parts.video));
    const chosen = this.stopped || this.idle ? undefined : best(burst);
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
    const sight = await this.look(bitmap, { light: true });
    return { bitmap, green: this.green && sight.faces.length === 1, sharp: sight.light?.sharp ?? 0 };
  }
}

/** A page that nobody has touched may not vibrate; asking all the same is an error on the console. @param {number | number[]} pattern */
function buzz(pattern) {
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(pattern);
}
