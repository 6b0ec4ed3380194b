// @ts-check
/**
 * How many bytes the file has that the server would register: app/imaging/registered_photo.py looks for a quality at
 * which they are within the limits. Here only whether there is one: at the least quality it must not be too large, at
 * the highest not too small.
 */

/** @import { Limits } from "guidance/limits" */

const HIGHEST = 1;

/**
 * @param {HTMLCanvasElement} canvas the crop at the registered size @param {Limits} limits bytes
 * @param {number} quality the least, 0 to 1 @returns {Promise<number | null>} as near to the middle of the limits
 *   as it can be; null: this browser writes no JPEG
 */
export async function registeredSize(canvas, { low, high }, quality) {
  const [least, most] = await Promise.all([quality, HIGHEST].map((each) => sizeAt(canvas, each)));
  if (least === null || most === null) return null;
  return Math.max(least, Math.min(most, ((low ?? 0) + (high ?? most)) / 2));
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<number | null>} bytes */
function sizeAt(canvas, quality) {
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(blob?.type === "image/jpeg" ? blob.size : null), "image/jpeg", quality);
  });
}
