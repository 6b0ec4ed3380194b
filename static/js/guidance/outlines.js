// @ts-check
/** The parts of a face where they usually are, for as long as its landmarks are not known. Pure; runs in the worker. */

/** @import { Outlines } from "guidance/mesh" */

/** @typedef {number[][]} Polygon */

/**
 * Outlines of the server's regions, in steps from one eye to the other and from the eyes to the mouth (means over the
 * faces of docs/accuracy.md, each within 0.08); the left halves, downwards.
 */
const FACE = pairs([
  0, -0.7, -0.29, -0.69, -0.54, -0.65, -0.77, -0.57, -0.92, -0.44, -1.01, -0.28, -1.06, -0.12, -1.07, 0.09, -1.06, 0.28,
  -1.04, 0.49, -1.01, 0.71, -0.94, 0.95, -0.86, 1.14, -0.76, 1.28, -0.62, 1.4, -0.5, 1.49, -0.37, 1.57, -0.21, 1.63, 0,
  1.64,
]);
const TEMPLE = 7;
const BROW = pairs([0, -0.25, -0.23, -0.27, -0.45, -0.29, -0.64, -0.29, -0.78, -0.24, -0.87, -0.17]);
const CHEEK = pairs([
  -0.97, 0.25, -0.8, 0.23, -0.68, 0.26, -0.53, 0.35, -0.48, 0.47, -0.52, 0.68, -0.73, 0.72, -0.84, 0.65, -0.96, 0.43,
]);
const OUTLINE = whole(FACE);
/** A black fringe is not a dark face. */
const BELOW_BROWS = whole([...BROW, ...FACE.slice(TEMPLE)]);

/** Where the parts of a face usually are. @param {number[][]} points @returns {Outlines} */
export function usualOutlines(points) {
  return {
    outline: placed(OUTLINE, points),
    belowBrows: placed(BELOW_BROWS, points),
    cheeks: [CHEEK, mirrored(CHEEK)].map((cheek) => placed(cheek, points)),
  };
}

/** From the canonical face to this one. @param {Polygon} outline @param {number[][]} points @returns {Polygon} */
function placed(outline, [left, right, , mouth]) {
  const eyes = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  return outline.map(([u, v]) => [0, 1].map((i) => eyes[i] + u * (right[i] - left[i]) + v * (mouth[i] - eyes[i])));
}

/** x, y, x, y … @param {number[]} numbers @returns {Polygon} */
function pairs(numbers) {
  return Array.from({ length: numbers.length / 2 }, (_, i) => numbers.slice(2 * i, 2 * i + 2));
}

/** Both halves, round. @param {Polygon} half @returns {Polygon} */
function whole(half) {
  return [...half, ...mirrored(half).reverse()];
}

/** @param {Polygon} outline @returns {Polygon} */
function mirrored(outline) {
  return outline.map(([u, v]) => [-u, v]);
}
