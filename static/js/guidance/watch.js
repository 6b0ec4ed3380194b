// @ts-check
/** Watches the viewfinder: looks at frames, says what helps, presses the shutter when all has been well. */

import { AutoShutter, bestShot } from "guidance/auto-shutter";
import { autoSwitch, autoWanted } from "guidance/auto-switch";
import { CloseUp } from "guidance/close-up";
import { openDetector } from "guidance/detector";
import { WHOLE } from "guidance/framing";
import { LiveJudge } from "guidance/live-judge";
import { Overlay } from "guidance/overlay";
import { transferred } from "guidance/placing";
import { checksOf, Prompter, promptKey, WELL } from "guidance/prompts";
import { language, loadMoreTexts, t } from "ui/texts";

/**
 * @import { Viewfinder } from "camera/viewfinder"
 * @import { Detector } from "guidance/detector"
 * @import { Prompt } from "guidance/prompts"
 * @import { Pack, Rejected } from "pairing/api"
 */

/**
 * @typedef {{viewfinder: Viewfinder, pack: Pack, busy: () => boolean, rejected?: Rejected,
 *   take: (source: ImageBitmap) => Promise<unknown>}} Scene `busy`: a picture is being taken, or a countdown runs
 */

const BURST = 3;

let taken = 0;

/** @typedef {{bitmap: ImageBitmap, green: boolean, sharp: number}} Shot */

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
    this.live = new LiveJudge(detector, pack, checksOf(scene.rejected?.reasons ?? []));
    this.prompter = new Prompter();
    this.auto = new AutoShutter(taken > 0);
    this.overlay = new Overlay(
      /** @type {Element} */ (viewfinder.parts.frame.firstElementChild),
      viewfinder.parts.shutter,
      pack.crop,
    );
    this.switch = autoSwitch(() => this.switched());
    this.stopped = false;
    this.green = false;
    this.closeUp = new CloseUp(viewfinder, this.live, pack.crop);
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
    this.closeUp.end();
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
    const seen = await this.live.look(this.scene.viewfinder.parts.video, now);
    if (this.stopped || this.idle) return;
    this.live.learn(seen, now);
    this.show(now);
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

  /** @param {number} now */
  show(now) {
    const { viewfinder } = this.scene;
    const { framing, judge } = this.live;
    const before = this.green;
    this.green = this.live.green(now);
    if (this.green && !before) buzz(30);
    this.closeUp.follow(this.green, now);
    this.overlay.place(
      framing.face && transferred(framing.face, WHOLE, framing.view).box,
      viewfinder.camera.front,
      this.green,
    );
    this.overlay.markLines(judge);
    viewfinder.parts.frame.classList.toggle("is-kept", this.green);
    const wanted = this.green || !this.closeUp.settling(now) ? this.live.wanted(now) : null;
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
    /** @type {Shot | undefined} */
    let best;
    for (let i = 0; i < BURST && !this.idle; i++) best = sharper(best, await this.shot(viewfinder.parts.video));
    const chosen = this.stopped || this.idle ? undefined : bestShot(best ? [best] : []);
    this.auto.rest();
    if (chosen) {
      taken++;
      buzz([40, 60, 40]);
      await take(chosen.bitmap);
    }
    best?.bitmap.close();
  }

  /** @param {HTMLVideoElement} video @returns {Promise<Shot>} */
  async shot(video) {
    const bitmap = await createImageBitmap(video);
    const { faces, light } = await this.live.glance(bitmap);
    const awake = (faces[0]?.look?.opening ?? 1) >= this.scene.pack.measuring.eyes.narrow;
    return { bitmap, green: this.green && awake && faces.length === 1, sharp: light?.sharp ?? 0 };
  }
}

/** Pictures are large: only the better one is kept. @param {Shot | undefined} one @param {Shot} other */
function sharper(one, other) {
  if (!one) return other;
  const better = bestShot([one, other]) ?? other;
  (better === one ? other : one).bitmap.close();
  return better;
}

/**
 * A page that nobody has touched may not vibrate; asking anyway logs an error.
 * @param {number | number[]} pattern
 */
function buzz(pattern) {
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(pattern);
}
