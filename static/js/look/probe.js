// @ts-check
/**
 * What would the server say? Asked on a slow link with the crop alone, before the picture is sent: docs/api.md, "Probe".
 * One question a picture. Whatever keeps it from being answered keeps nothing else: the picture is sent all the same.
 */

import { cropOf } from "camera/picture";
import { http } from "upload/http";

/**
 * @import { Picture } from "camera/picture"
 * @import { Report } from "pairing/api"
 * @import { Area } from "guidance/faces"
 */

/**
 * @typedef {{report: Report, rate: number}} Told `rate`: bytes a second of the link, by this question
 */

/** The crop as it will be registered; where nobody knows it here, enough of the whole for the server to find it. */
const CROP = { width: 480, height: 640, qualities: [0.75, 0.6, 0.45] };
const WHOLE = { width: 648, height: 864, qualities: [0.5, 0.35, 0.25] };
/** Bytes: 7 s at 4 KB a second. */
const MOST = 28 * 1024;

/** ms: twice what an answer takes at 4 KB a second; whoever has waited longer had better send the picture. */
const PATIENCE = 24_000;

/** @type {Map<string, Promise<Told | null>>} */
const asked = new Map();

/**
 * @param {Picture} picture @param {Area | null} area its crop, where the phone's judge has found one
 * @returns {Promise<Told | null>} null: no answer
 */
export function askAbout(picture, area) {
  const going = asked.get(picture.sha256) ?? ask(picture, area).catch(() => null);
  asked.set(picture.sha256, going);
  going.then((told) => told ?? asked.delete(picture.sha256));
  return going;
}

/** @param {Picture} picture @param {Area | null} area @returns {Promise<Told | null>} */
async function ask(picture, area) {
  if (!picture.width) return null;
  const part = area ?? { ...cropOf(picture.width, picture.height) };
  const body = await small(picture, part, area ? CROP : WHOLE);
  const headers = {
    "Content-Type": "image/jpeg",
    "Picture-Length": String(picture.bytes.byteLength),
    "Picture-Width": String(picture.width),
    "Picture-Height": String(picture.height),
    "Crop-Width": String(Math.min(picture.width, Math.max(1, Math.round(part.width)))),
  };
  const begun = performance.now();
  const { status, said } = await http({ method: "POST", path: "/m/probes", headers, body, within: PATIENCE });
  const seconds = Math.max(1, performance.now() - begun) / 1000;
  return status === 200 && said?.report ? { report: said.report, rate: body.byteLength / seconds } : null;
}

/**
 * @param {Picture} picture @param {Area} part @param {typeof CROP} form @returns {Promise<ArrayBuffer>}
 * @throws where this browser cannot draw it
 */
async function small({ bytes, type }, part, { width, height, qualities }) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  try {
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.imageSmoothingQuality = "high";
    pen.drawImage(bitmap, part.x, part.y, part.width, part.height, 0, 0, width, height);
    return await (await smallEnough(canvas, qualities)).arrayBuffer();
  } finally {
    bitmap.close();
    Object.assign(canvas, { width: 0, height: 0 });
  }
}

/** Lower the quality until it is small enough. @param {HTMLCanvasElement} from @param {number[]} qualities */
async function smallEnough(from, qualities) {
  /** @type {Blob | null} */
  let blob = null;
  for (const quality of qualities) {
    blob = await new Promise((resolve) => from.toBlob(resolve, "image/jpeg", quality));
    if (blob && blob.size <= MOST) break;
  }
  if (!blob) throw new Error("the canvas gave no picture");
  return blob;
}
