// @ts-check
/**
 * The crop that the server would register: the largest in which the face fills its place. As app/imaging/scene/crop.py,
 * with the same numbers. Pure.
 */

/** @import { CropSearch, Limits } from "guidance/limits" */

/**
 * @typedef {{left: number, top: number, scale: number}} Crop corner in px of the frame; px of the registered picture
 *   for one of the frame
 * @typedef {{hair: number | null, eyes: number, width: number, centre: number}} HeadWithHair px of the frame
 * @typedef {{width: number, height: number}} Size
 */

/**
 * @param {HeadWithHair} head @param {Size} size of the frame and of the registered picture
 * @param {number} finest the largest scale there are px for @param {Record<string, Limits>} checks
 * @param {CropSearch} search @returns {Crop}
 */
export function bestCrop(head, size, finest, checks, search) {
  const { steps, filling } = search;
  const off = (/** @type {number} */ width) => Math.abs(Math.log(width / filledBy(checks, search)));
  const scales = Array.from({ length: steps }, (_, i) => Math.max(1, finest) ** (i / (steps - 1)));
  const crops = scales.map((scale) => cropAt(head, size, scale, checks, search));
  const costs = crops.map((crop) => cost(head, crop, size, checks, search) + filling * off(head.width * crop.scale));
  return crops[costs.indexOf(Math.min(...costs))];
}

/**
 * The width of a face that fills the guide's oval, in px of the registered picture.
 * @param {Record<string, Limits>} checks @param {CropSearch} search
 */
function filledBy({ face_width: { low, high } }, { aim }) {
  return (aim * ((low ?? 0) + (high ?? 0))) / 2;
}

/**
 * @param {HeadWithHair} head @param {Size} size @param {number} scale @param {Record<string, Limits>} checks
 * @param {CropSearch} search @returns {Crop}
 */
function cropAt(head, { width, height }, scale, checks, search) {
  const left = clamp(head.centre - width / 2 / scale, 0, width - width / scale);
  return { left, top: clamp(wantedTop(head, scale, checks, search), 0, height - height / scale), scale };
}

/**
 * The middle of the tops that suit both hair and eyes; of those that suit the eyes when none suits both.
 * @param {HeadWithHair} head @param {number} scale @param {Record<string, Limits>} checks @param {CropSearch} search
 */
function wantedTop({ hair, eyes }, scale, { eye_line, hair_line }, { inset }) {
  const [low, high] = [eye_line.low ?? 0, eye_line.high ?? 0];
  const within = 2 * inset * (high - low); // on the edge, rounding would decide
  const [first, last] = [eyes - (high - within) / scale, eyes - (low + within) / scale];
  if (hair === null) return (first + last) / 2;
  const suits = (/** @type {number | null} */ limit) => clamp(hair - (limit ?? 0) / scale, first, last);
  return (suits(hair_line.high) + suits(hair_line.low)) / 2;
}

/**
 * How many limits are missed, and by how much: missing a second one is no help to come nearer to the first.
 * @param {HeadWithHair} head @param {Crop} crop @param {Size} size @param {Record<string, Limits>} checks
 * @param {CropSearch} search
 */
function cost(head, { left, top, scale }, { width }, { eye_line, face_width, centring, hair_line }, search) {
  const { serious, inset } = search;
  const beside = Math.abs(((head.centre - left) * scale) / width - 0.5);
  return (
    serious * (outside((head.eyes - top) * scale, eye_line, inset) + outside(head.width * scale, face_width, inset)) +
    outside(beside, centring, inset) +
    (head.hair === null ? 0 : outside((head.hair - top) * scale, hair_line, inset))
  );
}

/** @param {number} value @param {Limits} limits @param {number} inset share of the range inside the limits */
function outside(value, { low, high }, inset) {
  const [from, to] = [low ?? 0, high ?? 0];
  const aim = inset * (to - from);
  const below = low === null ? 0 : from + aim - value;
  const amount = Math.max(0, below, value - to + aim) / (to - from);
  return amount && 1 + amount;
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
