// @ts-check
/** Looks at frame after frame, and says whether the crop that would be registered is in order, or what helps. */

import { frameSize } from "camera/frames";
import { cropOf } from "camera/picture";
import { Framing } from "guidance/framing";
import { isFine } from "guidance/head";
import { Judge } from "guidance/judge";
import { faceOffset, measures } from "guidance/measures";
import { foremost, WELL } from "guidance/prompts";
import { registeredSize } from "guidance/registered-size";

/**
 * @import { Crop, Size } from "guidance/crop"
 * @import { Detection, Detector, Measured } from "guidance/detector"
 * @import { Look } from "guidance/framing"
 * @import { Measures } from "guidance/measures"
 * @import { Pack } from "pairing/api"
 */

/**
 * @typedef {HTMLVideoElement | ImageBitmap} Source
 * @typedef {{look: Look, detection: Detection, frame: Size, asked: Measured, bytes: number | null}} Seen `bytes` of the file
 *   that would be registered; null: not looked for
 */

/** ms. The person's silhouette costs as much as eight faces, light as much as one; it matters most at the end. */
const BACKGROUND_EVERY = 2000;
const BACKGROUND_AT_THE_END = 800;
const LIGHT_EVERY = 200;
/** A slow phone rests from either for so many times of what it took, to follow the face meanwhile; so many ms at most. */
const REST = 3;
const LONGEST_REST = 2500;
/** ms: how soon to ask again while the silhouette's network is still being loaded, and for how long to wait for it. */
const AGAIN = 300;
const PATIENCE = 5000;
/** With fewer times the least width, a camera's frame is too small for where the page says to stand. */
const MANY = 2;

/** A face under this share of the least width tells nothing else; what is behind it does. */
const TELLING = 0.5;
const TOLD_ANYWAY = ["single_face", "face_width", "inter_eye_distance", "background_uniformity", "background_colour"];

/** @param {Measures} seen @param {Pack} pack @returns {Measures} what can be told of so small a face */
function told(seen, { checks }) {
  if ((seen.face_width ?? Infinity) >= TELLING * (checks.face_width.low ?? 0)) return seen;
  return Object.fromEntries(Object.entries(seen).filter(([check]) => TOLD_ANYWAY.includes(check)));
}

export class LiveJudge {
  /** @param {Detector} detector @param {Pack} pack @param {string[]} [before] checks that an office objected to */
  constructor(detector, pack, before = []) {
    this.detector = detector;
    this.pack = pack;
    this.before = before;
    this.framing = new Framing(pack);
    this.judge = new Judge(pack);
    /** How far the face is off the middle of the crop, and how many times more px it needs. */
    this.offset = this.short = 0;
    /** The face is too small for want of px in the frame; the camera has fewer than where the page says to stand takes. */
    this.small = this.few = false;
    this.last = { background: -Infinity, light: -Infinity };
    /** ms that the last look with each of them took. */
    this.cost = { background: 0, light: 0 };
    /** Since when somebody is followed, and whether what is behind him was looked at. */
    this.since = Infinity;
    this.behind = false;
  }

  /**
   * One look at the next place. Learn from it with `learn`.
   * @param {Source} source @param {number} now ms @returns {Promise<Seen>}
   */
  async look(source, now) {
    const look = this.framing.plan(now);
    const asked = { corners: look.corners, ...this.due(look, now) };
    return { look, asked, ...(await this.see(source, look.crop, asked)) };
  }

  /** The face in what is shown, with its light. @param {Source} source @returns {Promise<Detection>} */
  async glance(source) {
    return (await this.see(source, this.framing.view, { light: true })).detection;
  }

  /** @param {Source} source @param {Crop} crop @param {Measured} asked */
  async see(source, crop, asked) {
    const size = "videoWidth" in source ? frameSize(source) : source;
    const frame = cropOf(size.width, size.height);
    const by = frame.width / this.pack.crop.width;
    const area = {
      x: frame.x + crop.left * by,
      y: frame.y + crop.top * by,
      width: frame.width / crop.scale,
      height: frame.height / crop.scale,
    };
    const detection = this.detector.look(source, area, this.pack.crop, asked);
    const bytes = asked.background ? this.written() : null;
    return { detection: await detection, frame, bytes: await bytes };
  }

  /** Bytes of the file that would be registered of what was drawn last. */
  written() {
    const { crop, checks } = this.pack;
    const { derived_size: rule } = checks;
    return rule ? registeredSize(this.detector.drawnAt(crop.width), rule, crop.min_quality / 100) : null;
  }

  /** What is measured now, where the one who is photographed is expected. @param {Look} look @param {number} now
   * @returns {Measured} */
  due({ crop, corners }, now) {
    const { face, view } = this.framing;
    if (!face || crop !== view) return { light: !face && corners };
    const every = { background: this.judge.nearly ? BACKGROUND_AT_THE_END : BACKGROUND_EVERY, light: LIGHT_EVERY };
    const rested = (/** @type {"background" | "light"} */ kind) =>
      now - this.last[kind] > Math.max(every[kind], Math.min(REST * this.cost[kind], LONGEST_REST));
    const due = { background: rested("background"), light: rested("light") };
    if (due.background) this.last.background = now;
    if (due.light) this.last.light = now;
    return due;
  }

  /** @param {Seen} seen @param {number} now ms */
  learn({ look, detection, frame, asked, bytes }, now) {
    const found = this.framing.take(look, detection, frame, now);
    this.since = this.framing.face ? Math.min(this.since, now) : Infinity;
    if (!this.framing.face) this.behind = false;
    if (asked.background || asked.light) this.cost[asked.background ? "background" : "light"] = detection.ms;
    if (asked.background) this.behind ||= detection.background !== null;
    if (asked.background && !detection.background) this.last.background = now - BACKGROUND_EVERY + AGAIN;
    this.short = this.framing.short(frame);
    this.small = this.judge.side("face_width") === "too_low" && frame.width < this.framing.needed;
    this.few = frame.width < MANY * this.pack.gate.min_width;
    if (!found) return;
    if (found.faces[0]) this.offset = faceOffset(found.faces[0], this.pack.crop.width);
    this.judge.fine = isFine(found.faces[0]);
    const seen = told(measures(found, this.pack, this.framing.detail(frame)), this.pack);
    this.judge.take(bytes === null ? seen : { ...seen, derived_size: bytes }, now);
  }

  /** Everything that counts was looked at: what is behind the person too, where that can be told. @param {number} now */
  settled(now) {
    return (this.behind && this.judge.fine) || now - this.since > PATIENCE;
  }

  /** Never before the wall was looked at while what looks at it is still on its way. @param {number} now ms */
  green(now) {
    return this.judge.green && this.settled(now) && (this.behind || !this.detector.loading);
  }

  /** @param {number} now ms @returns {import("guidance/prompts").Prompt | null} null: nothing is known yet */
  wanted(now) {
    if (this.green(now)) return WELL;
    const prompt = foremost(this.judge, this.offset, this.before, this.few);
    return prompt?.check === "single_face" || this.settled(now) ? prompt : null;
  }
}
