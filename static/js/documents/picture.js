// @ts-check
/** A picture of a document to send: what the frame shows, or a file, smaller than 1 MB. */

import { frameSize, lookAtShape } from "camera/frames";
import { cropOf } from "camera/picture";
import { reduce, reduceFile } from "documents/reduce";
import { sha256 } from "upload/digest";

/**
 * @import { FileFault } from "documents/reduce"
 * @import { Sendable } from "upload/send"
 */

/** Width ÷ height of the picture for each kind of guide. */
export const FRAME_RATIOS = { card: 4 / 3, page: 4 / 3, person: 3 / 4 };

/** @param {HTMLVideoElement} video @param {keyof typeof FRAME_RATIOS} frame @returns {Promise<Sendable>} */
export async function documentFromVideo(video, frame) {
  await lookAtShape(video);
  const { width, height } = frameSize(video);
  const made = await reduce(video, cropOf(width, height, FRAME_RATIOS[frame]));
  if (!made) throw new Error("the picture cannot be made small enough");
  return named(made.blob);
}

/** @param {File} file @returns {Promise<Sendable | FileFault>} */
export async function documentFromFile(file) {
  const blob = await reduceFile(file);
  return typeof blob === "string" ? blob : named(blob);
}

/** @param {Blob} blob @returns {Promise<Sendable>} */
async function named(blob) {
  const bytes = await blob.arrayBuffer();
  return { sha256: await sha256(bytes), type: blob.type || "image/heic", bytes };
}
