// @ts-check
/** From what was seen to the measures of the rule pack, under the server's names and in its units. Pure. */

import { isCertain } from "guidance/faces";
import { eyesOf, headOf, isFine } from "guidance/head";

/**
 * @import { Background } from "guidance/background"
 * @import { Detection } from "guidance/detector"
 * @import { Face } from "guidance/faces"
 * @import { Light } from "guidance/light"
 * @import { FaceSearch, Measuring } from "guidance/limits"
 * @import { Gaze } from "guidance/mesh"
 */

/**
 * @typedef {Record<string, number | null>} Measures null: it was looked for and cannot be told; absent: not looked for
 */

/** Of the middles of the eyes, as the network sees them, to the irises: within ±6 %. */
const OF_EYES = 0.97;
/** How far the nose stands out before the line of the ears, as a share of its length. */
const NOSE = 0.78;
/** Another face counts when it is this sure, and this large beside the first. */
const SURE = 0.6;
const LARGE = 0.1;

/** @param {Detection} detection
 * @param {{crop: {width: number}, background?: number[][], measuring: Pick<Measuring, "colour" | "eyes" | "faces">}} pack @param {number} scale px of the original for one of the frame @returns {Measures} */
export function measures({ faces, light, background }, pack, scale) {
  const [face] = faces;
  return {
    single_face: countOf(faces, pack.measuring.faces),
    ...(face ? geometry(face, pack.crop.width, scale) : {}),
    ...(face?.look ? turned(face.look, pack.measuring.eyes) : {}),
    ...(light ? lightOf(light) : {}),
    ...(background ? backgroundOf(background, pack.background ?? [], pack.measuring.colour.to_xyz) : {}),
  };
}

/**
 * How far the face is off the middle, to the right above 0, as a share of the width.
 * @param {Face} face @param {number} width
 */
export function faceOffset(face, width) {
  return headOf(face).centre / width - 0.5;
}

/**
 * What seems nearer than the first, which is certain, and is not certain itself, is a pattern on clothes.
 * @param {Face[]} faces @param {FaceSearch} search
 */
function countOf(faces, search) {
  const [first, ...others] = faces;
  const wide = (/** @type {Face} */ { box }) => box[2] - box[0];
  const counts = (/** @type {Face} */ face) =>
    face.score >= SURE &&
    wide(face) >= LARGE * wide(first) &&
    (wide(face) <= wide(first) || isCertain(face, search) || !isCertain(first, search));
  return first ? 1 + others.filter(counts).length : 0;
}

/** @param {Face} face @param {number} width @param {number} scale @returns {Measures} */
function geometry(face, width, scale) {
  const head = headOf(face);
  const fine = isFine(face);
  const [left, right] = eyesOf(face);
  return {
    eye_line: head.eyes,
    face_width: head.width,
    centring: Math.abs(faceOffset(face, width)),
    inter_eye_distance: (fine ? 1 : OF_EYES) * distance(left, right) * scale,
    roll: degrees(Math.atan2(right[1] - left[1], right[0] - left[0])),
    ...(fine ? {} : { yaw: yaw(face.points) }),
  };
}

/**
 * What is not read anew in every frame. Open eyes are told by the lids alone, on the server's scale: as near to each other as
 * `narrow` is half closed.
 * @param {Gaze} look @param {Measuring["eyes"]} reading @returns {Measures}
 */
function turned({ yaw, opening }, { half_closed, narrow }) {
  return { yaw, eyes_open: Math.max(0, 1 - ((1 - half_closed) * opening) / narrow) };
}

/**
 * A hint: how far the nose is from half way between the ears. Above 0: turned to the right in the picture.
 * @param {number[][]} points
 */
function yaw([, , nose, , left, right]) {
  const across = [right[0] - left[0], right[1] - left[1]];
  const length = Math.hypot(...across);
  const along =
    ((nose[0] - (left[0] + right[0]) / 2) * across[0] + (nose[1] - (left[1] + right[1]) / 2) * across[1]) / length;
  return degrees(Math.atan2(along, NOSE * length));
}

/** @param {Light} light @returns {Measures} */
function lightOf({ under, over, mean, even, sharp }) {
  const whole = { under_exposure: under, over_exposure: over, luminance_mean: mean };
  return even === null && sharp === null ? whole : { ...whole, illumination_uniformity: even, sharpness: sharp };
}

/**
 * @param {Background} background @param {number[][]} allowed @param {number[][]} toXyz
 * @returns {Measures}
 */
function backgroundOf({ hair, rough, colours }, allowed, toXyz) {
  const nearest = (/** @type {number[]} */ colour) =>
    Math.min(...allowed.map((each) => distance(lab(colour, toXyz), lab(each, toXyz))));
  const apart = colours.length && allowed.length ? Math.max(...colours.map(nearest)) : null;
  return { hair_line: hair, background_uniformity: rough, background_colour: apart };
}

/**
 * sRGB to CIELAB under D65.
 * @param {number[]} colour @param {number[][]} toXyz linear sRGB to XYZ over the white point @returns {number[]}
 */
export function lab(colour, toXyz) {
  const linear = colour.map((level) => (level <= 10.31475 ? level / 3294.6 : ((level / 255 + 0.055) / 1.055) ** 2.4));
  const bent = (/** @type {number} */ t) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const [x, y, z] = toXyz.map((row) => bent(row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2]));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** @param {number[]} a @param {number[]} b */
function distance(a, b) {
  return Math.hypot(...a.map((value, i) => value - b[i]));
}

/** @param {number} radians */
function degrees(radians) {
  return (radians * 180) / Math.PI;
}
