// @ts-check
/** Looks at a picture as the server does: at the whole, and then at the crop that would be registered. */

import { bestCrop } from "guidance/crop";
import { isCertain, others } from "guidance/faces";
import { MIDDLE, WHOLE } from "guidance/framing";
import { headOf } from "guidance/head";
import { transferred } from "guidance/placing";

/**
 * @import { Crop, Size } from "guidance/crop"
 * @import { Detection, Detector, SourceArea } from "guidance/detector"
 * @import { Face } from "guidance/faces"
 * @import { Pack } from "pairing/api"
 */

/** What is hardly cut is the whole. */
const HARDLY = 1.01;
/** A face this much nearer is read anew: its landmarks are finer then, and the crop is better placed. */
const NEARER = 1.5;
const MEASURED = { light: true, background: true };

/**
 * @param {Detector} detector @param {ImageBitmap} bitmap of the registered picture's proportions @param {Pack} pack
 * @returns {Promise<{detection: Detection, crop: Crop}>} `detection` in px of the crop
 */
export async function lookCloser(detector, bitmap, pack) {
  const look = (/** @type {Crop} */ crop, corners = false) =>
    detector.look(bitmap, areaOf(crop, bitmap, pack.crop), pack.crop, { ...MEASURED, corners });
  const whole = await look(WHOLE, true);
  const [largest] = whole.faces;
  const sure = largest && isCertain(largest, pack.measuring.faces);
  const first = sure ? largest : ((await small(look, pack)) ?? largest);
  if (!first) return { detection: whole, crop: WHOLE };
  const hair = whole.faces.length ? (whole.background?.hair ?? null) : null;
  const place = (/** @type {Face} */ face) => cropFor(face, hair, bitmap, pack);
  let crop = place(first);
  let near = crop.scale < HARDLY ? whole : await look(crop);
  if (crop.scale > NEARER && near.faces.length) {
    crop = place(transferred(near.faces[0], crop, WHOLE));
    near = await look(crop);
  }
  if (near === whole || !near.faces.length) return { detection: whole, crop: WHOLE };
  return { detection: inCrop(near, whole, hair, crop, pack), crop };
}

/** px of the picture. @param {Crop} crop @param {Size} picture @param {Size} size @returns {SourceArea} */
export function areaOf({ left, top, scale }, picture, size) {
  const by = picture.width / size.width;
  return { x: left * by, y: top * by, width: picture.width / scale, height: picture.height / scale };
}

/** A face that is too small to be seen in the whole. @param {(crop: Crop) => Promise<Detection>} look @param {Pack} pack */
async function small(look, { crop: { width, height } }) {
  const middle = { left: MIDDLE.left * width, top: MIDDLE.top * height, scale: MIDDLE.scale };
  const [face] = (await look(middle)).faces;
  return face && transferred(face, middle, WHOLE);
}

/** @param {Face} face @param {number | null} hair px of the whole @param {Size} picture @param {Pack} pack */
function cropFor(face, hair, picture, { crop, gate, checks, measuring }) {
  return bestCrop({ ...headOf(face), hair }, crop, picture.width / gate.min_width, checks, measuring.crop);
}

/**
 * Others may stand outside of the crop, and count all the same; the hair is seen in the whole, as on the server.
 * @param {Detection} near @param {Detection} whole @param {number | null} hair px of the whole @param {Crop} crop
 * @param {Pack} pack @returns {Detection}
 */
function inCrop(near, whole, hair, crop, { measuring }) {
  const seen = whole.faces.map((face) => transferred(face, WHOLE, crop));
  const { background } = near;
  return {
    ...near,
    faces: [near.faces[0], ...others(seen, [near.faces[0]], measuring.faces)],
    background: background && hair !== null ? { ...background, hair: (hair - crop.top) * crop.scale } : background,
  };
}
