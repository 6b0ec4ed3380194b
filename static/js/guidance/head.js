// @ts-check
/** Where a head is: by the landmarks where they are known, else by the detector's points. Pure; runs in the worker too. */

/** @import { Face } from "guidance/faces" */

/** @typedef {{centre: number, eyes: number, width: number}} Head px */

/** Of the detector; behind them are those of the landmarks. */
const POINTS = 6;
/**
 * Of the box, and from ear to ear, to the width before the ears: means over the faces of docs/accuracy.md, each within
 * ±5 %.
 */
const OF_BOX = 0.885;
const OF_EARS = 1.01;

/** Whether the landmarks of a face are known. @param {Face | null} [face] */
export function isFine(face) {
  return (face?.points.length ?? 0) > POINTS;
}

/** The irises, or the middles of the eyes. @param {Face} face */
export function eyesOf(face) {
  return face.points.slice(isFine(face) ? POINTS : 0).slice(0, 2);
}

/** @param {Face} face @returns {Head} */
export function headOf(face) {
  const { box, points } = face;
  const [left, right] = eyesOf(face);
  const eyes = (left[1] + right[1]) / 2;
  const [one, other] = isFine(face) ? points.slice(POINTS + 2) : points.slice(POINTS - 2);
  const [apart, centre] = [Math.hypot(one[0] - other[0], one[1] - other[1]), (one[0] + other[0]) / 2];
  if (isFine(face)) return { centre, eyes, width: apart };
  return {
    centre: (centre + (box[0] + box[2]) / 2) / 2,
    eyes,
    width: (OF_BOX * (box[2] - box[0]) + OF_EARS * apart) / 2,
  };
}
