// @ts-check
/**
 * The crop that the server would register: as little is cut away as brings the head to its place. As
 * `app/imaging/scene/crop.py` on the server. Pure.
 */

/** @import { Limits } from "guidance/limits" */

/**
 * @typedef {{left: number, top: number, scale: number}} Crop corner in px of the frame; px of the registered picture
 *   for one of the frame
 * @typedef {{hair: number | null, eyes: number, width: number, centre: number}} HeadWithHair px of the frame
 * @typedef {{width: number, height: number}} Size
 */

const STEPS = 60;
const INSET = 0.02;
const SERIOUS = 10;
const CUTTING = 0.01;

/**
 * @param {HeadWithHair} head @param {Size} size of the frame and of the registered picture
 * @param {number} finest the largest scale there are px for @param {Record<string, Limits>} checks @returns {Crop}
 */
export function bestCrop(head, size, finest, checks) {
  const scales = Array.from({ length: STEPS }, (_, i) => Math.max(1, finest) ** (i / (STEPS - 1)));
  const crops = scales.map((scale) => cropAt(head, size, scale, checks));
  const costs = crops.map((crop) => cost(head, crop, size, checks) + CUTTING * Math.log(crop.scale));
  return crops[costs.indexOf(Math.min(...costs))];
}

/**
 * @param {HeadWithHair} head @param {Size} size @param {number} scale @param {Record<string, Limits>} checks
 * @returns {Crop}
 */
function cropAt(head, { width, height }, scale, checks) {
  const left = clamp(head.centre - width / 2 / scale, 0, width - width / scale);
  return { left, top: clamp(wantedTop(head, scale, checks), 0, height - height / scale), scale };
}

/** The middle of where both hair and eyes are right; where they cannot both be, the eyes' own.
 * @param {HeadWithHair} head @param {number} scale @param {Record<string, Limits>} checks */
function wantedTop({ hair, eyes }, scale, { eye_line, hair_line }) {
  const [first, last] = [eyes - (eye_line.high ?? 0) / scale, eyes - (eye_line.low ?? 0) / scale];
  if (hair === null) return (first + last) / 2;
  return (
    (clamp(hair - (hair_line.high ?? 0) / scale, first, last) +
      clamp(hair - (hair_line.low ?? 0) / scale, first, last)) /
    2
  );
}

/**
 * How many limits are missed, and by how much: missing a second one is no help to come nearer to the first.
 * @param {HeadWithHair} head @param {Crop} crop @param {Size} size @param {Record<string, Limits>} checks
 */
function cost(head, { left, top, scale }, { width }, { eye_line, face_width, centring, hair_line }) {
  const beside = Math.abs(((head.centre - left) * scale) / width - 0.5);
  return (
    SERIOUS * (outside((head.eyes - top) * scale, eye_line) + outside(head.width * scale, face_width)) +
    outside(beside, centring) +
    (head.hair === null ? 0 : outside((head.hair - top) * scale, hair_line))
  );
}

/** @param {number} value @param {Limits} limits */
function outside(value, { low, high }) {
  const [from, to] = [low ?? 0, high ?? 0];
  const inset = INSET * (to - from);
  const amount = Math.max(0, from + inset - value, value - to + inset) / (to - from);
  return amount && 1 + amount;
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
