// @ts-check
/** A picture to send: the largest centred 3:4 part, never upscaled, never mirrored, as a JPEG that is big enough. */

import { frameSize, lookAtShape } from "camera/frames";
import { sha256 } from "upload/digest";

/** @import { Pack } from "pairing/api" */

/**
 * @typedef {{sha256: string, type: string, bytes: ArrayBuffer, width: number, height: number,
 *   incomplete?: boolean, foreign?: boolean}} Picture width 0: cannot be decoded here; incomplete: a part of the file is missing
 *   or damaged; foreign: it is no picture that anybody can read
 * @typedef {Pack["gate"]} Gate
 */

/** px; more only for somebody far away, who is cut out of the picture. */
export const LONGEST_SIDE = 2000;
/** A white wall at 600×800 and quality 0.92 was 40 KB; the margin is for the gate's 50. */
const ENOUGH = 60 * 1024;
const QUALITIES = [0.88, 0.94, 0.98, 1];

/** One canvas for every picture: iOS frees the memory of each one late. @type {HTMLCanvasElement | null} */
let canvas = null;

/**
 * The largest centred part of a frame that has this shape.
 * @param {number} width @param {number} height @param {number} [ratio] width ÷ height
 */
export function cropOf(width, height, ratio = 3 / 4) {
  const w = Math.min(width, Math.floor(height * ratio));
  const h = Math.min(height, Math.floor(width / ratio));
  return { x: Math.floor((width - w) / 2), y: Math.floor((height - h) / 2), width: w, height: h };
}

/** @param {{width: number, height: number}} crop @param {number} [longest] side, px */
export function reducedSize({ width, height }, longest = LONGEST_SIDE) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/**
 * The frame that a video shows now, or one that was kept.
 * @param {HTMLVideoElement | ImageBitmap} source @param {number} [longest] side, px @returns {Promise<Picture>}
 */
export async function pictureFromVideo(source, longest) {
  if (!("videoWidth" in source)) return drawn(source, source.width, source.height, longest);
  await lookAtShape(source);
  const { width, height } = frameSize(source);
  return drawn(source, width, height, longest);
}

/**
 * A chosen file, reduced in the same way where it is whole and this browser can decode it; else as it is.
 * @param {File} file @returns {Promise<Picture>}
 */
export async function pictureFromFile(file) {
  const bytes = await file.arrayBuffer();
  const { complete, picture } = await kindOf(bytes);
  const incomplete = !complete;
  try {
    if (incomplete) throw new Error("drawing it again would hide that");
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    return await drawn(bitmap, bitmap.width, bitmap.height).finally(() => bitmap.close());
  } catch {
    return {
      sha256: await sha256(bytes),
      type: file.type || "image/heic",
      bytes,
      width: 0,
      height: 0,
      incomplete,
      foreign: !picture,
    };
  }
}

/** What can be told of a file before it is decoded; no fault where that cannot be told. @param {ArrayBuffer} bytes */
function kindOf(bytes) {
  return import("look/file-structure")
    .then(({ isComplete, isPicture }) => ({ complete: isComplete(bytes), picture: isPicture(bytes) }))
    .catch(() => ({ complete: true, picture: true }));
}

/** What the server's gate would refuse, before anything is sent. @param {Picture} picture @param {Gate} gate
 * @returns {("incomplete" | "foreign" | "too_few_bytes" | "too_many_bytes" | "too_few_pixels")[]} */
export function gateFindings({ bytes, width, height, incomplete, foreign }, gate) {
  if (incomplete || foreign) return [incomplete ? "incomplete" : "foreign"];
  const small = width > 0 && (width < gate.min_width || height < gate.min_height);
  return /** @type {any} */ (
    [
      small && "too_few_pixels",
      bytes.byteLength < gate.min_bytes && "too_few_bytes",
      bytes.byteLength > gate.max_bytes && "too_many_bytes",
    ].filter(Boolean)
  );
}

/** @param {CanvasImageSource} source @param {number} width @param {number} height @param {number} [longest] side, px
 * @returns {Promise<Picture>} */
async function drawn(source, width, height, longest) {
  const crop = cropOf(width, height);
  const size = reducedSize(crop, longest);
  canvas ??= document.createElement("canvas");
  Object.assign(canvas, size);
  try {
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.imageSmoothingQuality = "high";
    pen.drawImage(source, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height);
    const bytes = await (await bigEnough(canvas)).arrayBuffer();
    return { sha256: await sha256(bytes), type: "image/jpeg", bytes, ...size };
  } finally {
    Object.assign(canvas, { width: 0, height: 0 });
  }
}

/** Raise the quality until the file is large enough. @param {HTMLCanvasElement} from @returns {Promise<Blob>} */
async function bigEnough(from) {
  /** @type {Blob | null} */
  let blob = null;
  for (const quality of QUALITIES) {
    blob = await new Promise((resolve) => from.toBlob(resolve, "image/jpeg", quality));
    if (blob && blob.size >= ENOUGH) break;
  }
  if (!blob) throw new Error("the canvas gave no picture");
  return blob;
}
