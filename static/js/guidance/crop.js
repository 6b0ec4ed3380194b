// @ts-check
/** The cut that the server would register: as little is cut off as brings the head to its place. Pure; as `framing.py`. */

/**
 * @typedef {{left: number, top: number, scale: number}} Cut corner in px of the frame; px of the registered picture for one of the frame
 * @typedef {{hair: number | null, eyes: number, width: number, centre: number}} Head px of the frame
 * @typedef {{low: number | null, high: number | null}} Limits
 * @typedef {{width: number, height: number}} Size
 */

const STEPS = 60;
const INSET = 0.02;
const SERIOUS = 10;
const CUTTING = 0.01;

/** @param {Head} head @param {Size} size of the frame and of the registered picture @param {number} finest the largest
 * scale there are px for @param {Record<string, Limits>} checks @returns {Cut} */
export function bestCut(head, size, finest, checks) {
  const scales = Array.from({ length: STEPS }, (_, i) => Math.max(1, finest) ** (i / (STEPS - 1)));
  const cuts = scales.map((scale) => cutAt(head, size, scale, checks));
  const costs = cuts.map((cut) => cost(head, cut, size, checks) + CUTTING * Math.log(cut.scale));
  return cuts[costs.indexOf(Math.min(...costs))];
}

/** @param {Head} head @param {Size} size @param {number} scale @param {Record<string, Limits>} checks @returns {Cut} */
function cutAt(head, { width, height }, scale, checks) {
  const left = clamp(head.centre - width / 2 / scale, 0, width - width / scale);
  return { left, top: clamp(wantedTop(head, scale, checks), 0, height - height / scale), scale };
}

/** The middle of where both hair and eyes are right; where they cannot both be, the eyes' own.
 * @param {Head} head @param {number} scale @param {Record<string, Limits>} checks */
function wantedTop({ hair, eyes }, scale, { eye_line, hair_line }) {
  const [first, last] = [eyes - (eye_line.high ?? 0) / scale, eyes - (eye_line.low ?? 0) / scale];
  if (hair === null) return (first + last) / 2;
  return (clamp(hair - (hair_line.high ?? 0) / scale, first, last) + clamp(hair - (hair_line.low ?? 0) / scale, first, last)) / 2;
}

/** How many limits are missed, and by how much: missing a second one is no help to come nearer to the first. @param {Head} head @param {Cut} cut @param {Size} size
 * @param {Record<string, Limits>} checks */
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
