// @ts-check
/**
 * Where the live judge looks, and what the viewfinder shows: the crop that the server would register, following the
 * head. Places are in px of the whole frame (its largest upright part) at the registered size. Pure.
 */

import { LONGEST_SIDE } from "camera/picture";
import { bestCrop } from "guidance/crop";
import { isCertain, others } from "guidance/faces";
import { headOf, isFine } from "guidance/head";
import { liveLimits } from "guidance/limits";
import { apart, hairOf, longestSide, neededWidth, transferred, wide } from "guidance/placing";

/**
 * @import { Crop, Size } from "guidance/crop"
 * @import { Detection } from "guidance/detector"
 * @import { Face } from "guidance/faces"
 * @import { Head } from "guidance/head"
 * @import { Pack } from "pairing/api"
 */

/** @typedef {{crop: Crop, corners: boolean}} Look `corners`: small faces are looked for there too */

/** @type {Crop} */
export const WHOLE = { left: 0, top: 0, scale: 1 };
/** Where a face is looked for that is too small to be seen in the whole, as shares of it. */
export const MIDDLE = { left: 0.25, top: 0.15, scale: 2 };
/** ms between looks at the whole, where others may stand. */
const WHOLE_EVERY = 2000;
/** After so many looks in a row without a face it is gone. */
const GONE = 3;
/** A face that is so many times as wide is the one who is photographed. */
const WIDER = 1.2;
/** ms over which the place of the head is smoothed for what is shown. */
const OVER = 200;
/** What is hardly cut is the whole. */
const HARDLY = 1.02;

/**
 * The search aims at the live limits: then only what no crop can reach is a fault.
 * @param {Pack} pack @param {boolean} fine
 */
function limitsOfPlace(pack, fine) {
  const placed = ["eye_line", "face_width", "centring", "hair_line"];
  return Object.fromEntries(placed.map((check) => [check, liveLimits(check, pack, fine)]));
}

export class Framing {
  /** @param {Pack} pack */
  constructor(pack) {
    this.pack = pack;
    const { width, height } = pack.crop;
    this.middle = { left: MIDDLE.left * width, top: MIDDLE.top * height, scale: MIDDLE.scale };
    this.checks = limitsOfPlace(pack, false);
    /** The one who is photographed, at the last look. @type {Face | null} */
    this.face = null;
    /** The same, smoothed. @type {Head | null} */
    this.head = null;
    /** How far the hair reaches above the eyes, in widths of the face; null: not known. @type {number | null} */
    this.hair = null;
    /** The others in the whole. @type {Face[]} */
    this.seen = [];
    /** What is shown and looked at; it stays while it suits. */
    this.view = WHOLE;
    /** What would be registered of the last look. */
    this.crop = WHOLE;
    /** Width of the frame, px, in which the face could be cut out; and longest side of the picture to send. */
    this.needed = 0;
    this.longest = LONGEST_SIDE;
    this.misses = this.at = 0;
    this.wholeAt = -Infinity;
    /** `doubted`: what was seen in the whole may be a pattern, so the middle is looked at before it is followed. */
    this.wide = this.doubted = false;
  }

  /** Follow nobody. */
  lose() {
    [this.face, this.head, this.hair, this.seen] = [null, null, null, []];
    this.view = this.crop = WHOLE;
    [this.needed, this.longest] = [0, LONGEST_SIDE];
    [this.wholeAt, this.wide, this.doubted] = [-Infinity, false, false];
  }

  /** What to look at next. @param {number} now ms @returns {Look} */
  plan(now) {
    if (this.face && now - this.wholeAt < WHOLE_EVERY) return { crop: this.view, corners: false };
    this.wide = Boolean(this.face) || !this.wide;
    return this.wide ? { crop: WHOLE, corners: true } : { crop: this.middle, corners: false };
  }

  /**
   * @param {Look} look @param {Detection} detection in px of what was looked at @param {Size} frame px of the whole
   * @param {number} now ms @returns {Detection | null} in px of the crop; null: nothing new about it
   */
  take(look, detection, frame, now) {
    const found = detection.faces.map((face) => transferred(face, look.crop, WHOLE));
    if (look.corners) this.wholeAt = now;
    if (!this.face) return found.length ? this.begin(found, look, frame, now) : this.nobody(look, detection);
    if (look.corners) this.count(found, this.face);
    if (look.crop !== this.view) return null;
    if (!found.length) return this.miss();
    if (detection.background) this.hair = hairOf(found[0], detection.background.hair, look.crop);
    this.follow(found[0], frame, now);
    return this.inCrop(found, detection, look.crop);
  }

  /** @param {Face[]} found @param {Look} look @param {Size} frame @param {number} now */
  begin([face, ...more], look, frame, now) {
    this.doubted = look.corners && !this.doubted && !this.certain(face);
    if (this.doubted) return null;
    if (look.corners) this.seen = more;
    this.follow(face, frame, now);
    return null;
  }

  /** @param {Look} look @param {Detection} detection */
  nobody(look, detection) {
    this.misses++;
    return look.corners && this.misses >= GONE ? detection : null;
  }

  miss() {
    this.misses++;
    if (this.misses >= GONE) this.lose();
    return null;
  }

  /** The others in the whole; of two people the nearer one is photographed. @param {Face[]} found @param {Face} face */
  count(found, face) {
    this.seen = others(found, [face], this.pack.measuring.faces);
    const likely = this.certain(face) ? this.seen.filter((other) => this.certain(other)) : this.seen;
    const nearer = likely.find((other) => wide(other) > WIDER * wide(face));
    if (!nearer) return;
    this.lose();
    this.face = nearer;
  }

  /** @param {Face} face */
  certain(face) {
    return isCertain(face, this.pack.measuring.faces);
  }

  /** @param {Face} face @param {Size} frame @param {number} now */
  follow(face, frame, now) {
    const fine = isFine(face);
    this.checks = limitsOfPlace(this.pack, fine);
    const part = this.head && fine === isFine(this.face) ? 1 - Math.exp((this.at - now) / OVER) : 1;
    const head = headOf(face);
    const before = this.head ?? head;
    const between = (/** @type {"centre" | "eyes" | "width"} */ key) => before[key] + part * (head[key] - before[key]);
    this.head = { centre: between("centre"), eyes: between("eyes"), width: between("width") };
    [this.face, this.at, this.misses] = [face, now, 0];
    this.needed = neededWidth(this.head.width, this.pack, this.checks.face_width.low ?? 0);
    this.longest = longestSide(this.needed, this.pack);
    this.crop = this.best(head, frame);
    const wanted = this.best(this.head, frame);
    if (apart(wanted, this.view, this.pack.crop)) this.view = wanted.scale < HARDLY ? WHOLE : wanted;
  }

  /** The crop of the picture that will be sent. @param {Head} head @param {Size} frame px */
  best(head, frame) {
    const { crop, gate, measuring } = this.pack;
    const sent = Math.min(frame.width, (this.longest * crop.width) / crop.height);
    const hair = this.hair === null ? null : Math.max(0, head.eyes - this.hair * head.width);
    return bestCrop({ ...head, hair }, crop, sent / gate.min_width, this.checks, measuring.crop);
  }

  /** @param {Face[]} found @param {Detection} detection @param {Crop} from @returns {Detection} */
  inCrop(found, { background, ...detection }, from) {
    const all = [...found, ...others(this.seen, found, this.pack.measuring.faces)];
    return {
      ...detection,
      faces: all.map((face) => transferred(face, WHOLE, this.crop)),
      background: background && { ...background, hair: this.hairLine(background.hair, from) },
    };
  }

  /** Where what was looked at ends before the hair does, nothing is known. @param {number | null} hair px of `from`
   * @param {Crop} from */
  hairLine(hair, from) {
    if (hair === null || (hair <= 0 && from.top > 0)) return null;
    return (hair / from.scale + from.top - this.crop.top) * this.crop.scale;
  }

  /**
   * How many times more px the face needs than a picture of the usual size has; above 1 it is on the edge of too far.
   * @param {Size} frame px of the whole
   */
  short({ width }) {
    const { crop } = this.pack;
    return this.needed / Math.min(width, (LONGEST_SIDE * crop.width) / crop.height);
  }

  /** px of the picture that is sent for one of the crop. @param {Size} frame px of the whole */
  detail({ width }) {
    const { crop } = this.pack;
    return Math.min(width, (this.longest * crop.width) / crop.height) / crop.width / this.crop.scale;
  }
}
