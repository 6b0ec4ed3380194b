// @ts-check
/** Faces, hair and sizes between the frame and its crops. Pure. */

import { LONGEST_SIDE } from "camera/picture";
import { headOf } from "guidance/head";

/**
 * @import { Crop, Size } from "guidance/crop"
 * @import { Face } from "guidance/faces"
 * @import { Pack } from "pairing/api"
 */

/** How far what is shown may be off, as a share of its width and in size, before it moves: it must not tremble. */
const OFF = 0.04;
const LARGER = 1.06;
/** px: the longest side of a picture of somebody far away, and how much more than just enough is sent. */
const MOST = 2880;
const ROOM = 1.05;

/** px of one crop to px of another. @param {Face} face @param {Crop} from @param {Crop} to @returns {Face} */
export function transferred(face, from, to) {
  const x = (/** @type {number} */ px) => (px / from.scale + from.left - to.left) * to.scale;
  const y = (/** @type {number} */ px) => (px / from.scale + from.top - to.top) * to.scale;
  const [left, top, right, bottom] = face.box;
  const points = face.points.map(([px, py]) => [x(px), y(py)]);
  return { ...face, box: [x(left), y(top), x(right), y(bottom)], points };
}

/**
 * Width of a frame, px, that has enough of them to cut out so small a face.
 * @param {number} width of the face, px of the whole @param {Pack} pack @param {number} least width in the crop, px
 */
export function neededWidth(width, { gate }, least) {
  return ((ROOM * least) / width) * gate.min_width;
}

/** A picture has the usual size, unless a small face needs more px. @param {number} needed width @param {Pack} pack */
export function longestSide(needed, { crop }) {
  return Math.min(MOST, Math.max(LONGEST_SIDE, Math.ceil((needed * crop.height) / crop.width)));
}

/** @param {Face} face @param {number | null} hair px of what was looked at @param {Crop} crop of it */
export function hairOf(face, hair, crop) {
  const { eyes, width } = headOf(face);
  return hair === null ? null : (eyes - crop.top - hair / crop.scale) / width;
}

/** Whether what is shown has to move. @param {Crop} wanted @param {Crop} shown @param {Size} size */
export function apart(wanted, shown, { width, height }) {
  const size = wanted.scale / shown.scale;
  const middle = (/** @type {Crop} */ { left, top, scale }) => [left + width / 2 / scale, top + height / 2 / scale];
  const [x, y] = [middle(wanted), middle(shown)].reduce((a, b) => a.map((each, i) => each - b[i]));
  return Math.max(size, 1 / size) > LARGER || Math.hypot(x, y) * shown.scale > OFF * width;
}

/** @param {Face} face */
export function wide({ box }) {
  return box[2] - box[0];
}
