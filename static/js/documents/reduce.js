// @ts-check
/** A picture of a document, made smaller than 1 MB with its print still legible: first by quality, then by size. */

/**
 * @typedef {{width: number, height: number, quality: number}} Step
 * @typedef {{blob: Blob, width: number, height: number}} Reduced
 * @typedef {{x: number, y: number, width: number, height: number}} Part
 * @typedef {"damaged" | "unfit"} FileFault of a file: a part of it is missing or altered; this browser cannot make it small enough
 */

/** What the server takes: less than 1,048,576 bytes; what is aimed at leaves room. */
export const MAX_BYTES = 1_048_575;
export const TARGET_BYTES = 950 * 1024;
/** Longest sides in px. From 1,600 on the print of a card that fills the picture is some 30 px high. */
const SIDES = [2600, 2000, 1600, 1280, 1000, 800];
const QUALITIES = [0.9, 0.82, 0.74, 0.66, 0.58];

/**
 * What to try, one after another; never larger than the picture is.
 * @param {number} width @param {number} height @returns {Step[]}
 */
export function reductionSteps(width, height) {
  const longest = Math.max(width, height);
  const sides = [...new Set(SIDES.map((side) => Math.min(side, longest)))];
  return sides.flatMap((side) => QUALITIES.map((quality) => ({ ...scaled(width, height, side / longest), quality })));
}

/**
 * The first that is small enough.
 * @template {{size: number}} Made
 * @param {number} width @param {number} height
 * @param {(step: Step) => Promise<Made>} make
 * @returns {Promise<{made: Made, step: Step} | null>} null: none is
 */
export async function firstThatFits(width, height, make) {
  for (const step of reductionSteps(width, height)) {
    const made = await make(step);
    if (made.size <= TARGET_BYTES) return { made, step };
  }
  return null;
}

/**
 * A file as it may be sent: itself when it is small enough, else redrawn, unless it is damaged: that would hide it.
 * @param {File} file @returns {Promise<Blob | FileFault>}
 */
export async function reduceFile(file) {
  if (!(await isWhole(file))) return "damaged";
  if (file.size <= MAX_BYTES) return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height };
    return (await reduce(bitmap, whole).finally(() => bitmap.close()))?.blob ?? "unfit";
  } catch {
    return "unfit";
  }
}

/** @param {File} file @returns {Promise<boolean>} true also when that cannot be told */
async function isWhole(file) {
  try {
    const { isComplete } = await import("look/file-structure");
    return isComplete(await file.arrayBuffer());
  } catch {
    return true;
  }
}

/**
 * Part of a picture as a JPEG that is small enough.
 * @param {CanvasImageSource} source upright @param {Part} part in px of the source
 * @returns {Promise<Reduced | null>}
 */
export async function reduce(source, part) {
  const canvas = document.createElement("canvas");
  try {
    const found = await firstThatFits(part.width, part.height, (step) => drawn(canvas, source, part, step));
    return found && { blob: found.made, width: found.step.width, height: found.step.height };
  } finally {
    // iOS counts the memory of every canvas, and frees it late.
    canvas.width = canvas.height = 0;
  }
}

/**
 * @param {HTMLCanvasElement} canvas @param {CanvasImageSource} source @param {Part} part @param {Step} step
 * @returns {Promise<Blob>}
 */
async function drawn(canvas, source, part, { width, height, quality }) {
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(source, part.x, part.y, part.width, part.height, 0, 0, width, height);
  }
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  if (!blob) throw new Error("the canvas gave no picture");
  return blob;
}

/** @param {number} width @param {number} height @param {number} by */
function scaled(width, height, by) {
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}
