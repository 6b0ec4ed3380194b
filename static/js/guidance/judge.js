// @ts-check
/** Compares the live measures with the pack's limits: smoothed, with hysteresis. Pure. */

import { liveLimits, marginOf, side, tightened } from "guidance/limits";

/**
 * @import { Rules, Side } from "guidance/limits"
 * @import { Measures } from "guidance/measures"
 */

/**
 * Time in ms over which values are smoothed, so that what is measured now and then counts at once. Faces are counted.
 */
const OVER = 80;
const COUNTED = "single_face";
/** A value that was kept may go this share of the margin beyond the tighter limit before it counts as broken. */
const SLACK = 0.5;
/** ms for which a measure that is not taken in every frame keeps its value. */
const STALE = 3000;
/** What the silhouette of the person tells, and what is measured with it. */
const OF_SILHOUETTE = ["hair_line", "background_uniformity", "background_colour", "derived_size"];

export class Judge {
  /** @param {Rules} pack */
  constructor(pack) {
    this.pack = pack;
    /** @type {Map<string, {value: number, side: Side, at: number}>} */
    this.known = new Map();
    /** The landmarks are read. */
    this.fine = false;
  }

  /** @param {Measures} measures @param {number} now ms */
  take(measures, now) {
    for (const [check, value] of Object.entries(measures)) if (this.pack.checks[check]) this.learn(check, value, now);
    for (const [check, { at }] of this.known)
      if (now - at > STALE || (measures[COUNTED] === 0 && !(check in measures))) this.known.delete(check);
  }

  /** @param {string} check @param {number | null} value @param {number} now */
  learn(check, value, now) {
    if (value === null || Number.isNaN(value)) return this.known.delete(check);
    const before = this.known.get(check);
    const part = before && check !== COUNTED ? 1 - Math.exp((before.at - now) / OVER) : 1;
    const smooth = before ? before.value + part * (value - before.value) : value;
    this.known.set(check, { value: smooth, side: this.sideOf(check, smooth, before?.side), at: now });
  }

  /** @param {string} check @param {number} value @param {Side} [before] */
  sideOf(check, value, before) {
    const limits = liveLimits(check, this.pack, this.fine);
    const slack = before === "kept" ? marginOf(check, this.pack, this.fine) * SLACK : 0;
    return side(value, slack ? tightened(limits, -slack) : limits);
  }

  /** @param {string} check @returns {Side | undefined} undefined: not known */
  side(check) {
    return this.known.get(check)?.side;
  }

  /** @param {string} check @returns {number | undefined} */
  value(check) {
    return this.known.get(check)?.value;
  }

  /** Only the silhouette can still be wrong. */
  get nearly() {
    return [...this.known].every(([check, { side }]) => side === "kept" || OF_SILHOUETTE.includes(check));
  }

  /** One face, its place and its light are known, and nothing that counts is broken. */
  get green() {
    const needed = [COUNTED, "eye_line", "face_width", "sharpness", "under_exposure", "hair_line"];
    return (
      needed.every((check) => this.known.has(check) || check === "hair_line") &&
      ![...this.known].some(([check, { side }]) => side !== "kept" && this.holds(check))
    );
  }

  /** Whether this check holds back the green light; a coarse measure of a warning does not. @param {string} check */
  holds(check) {
    const { severity, phone } = this.pack.checks[check];
    return severity !== "inform" && !(phone === "coarse" && severity === "warn");
  }
}
