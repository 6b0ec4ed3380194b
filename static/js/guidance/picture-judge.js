// @ts-check
/**
 * What the same measures say on the picture that was taken: in the crop that the server would register, at the pack's
 * own limits.
 */

import { bestCrop } from "guidance/crop";
import { openDetector } from "guidance/detector";
import { side, tightened } from "guidance/limits";
import { headOf, measures } from "guidance/measures";

/**
 * @import { Detection } from "guidance/detector"
 * @import { Rule } from "guidance/limits"
 * @import { Measures } from "guidance/measures"
 * @import { Finding, Pack } from "pairing/api"
 */

/**
 * @typedef {{x: number, y: number, width: number, height: number, by: number}} ScaledArea px of the picture; `by` how
 *   much it enlarges
 * @typedef {{findings: Finding[], detection: Detection, area: ScaledArea}} Judged `detection` in px of the area at the
 *   registered size
 */

const WHOLE = 1.01;

/** @param {{bytes: ArrayBuffer, type: string}} picture @param {Pack} pack @returns {Promise<Judged>} */
export async function judgePicture({ bytes, type }, pack) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  try {
    const { detection, area } = await lookTwice(bitmap, pack);
    return { detection, area, findings: findingsOf(measures(detection, pack, area.width / pack.crop.width), pack) };
  } finally {
    bitmap.close();
  }
}

/** At the whole, then at the crop that the server would make. @param {ImageBitmap} bitmap @param {Pack} pack */
async function lookTwice(bitmap, pack) {
  const detector = await openDetector(pack.measuring);
  const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height, by: 1 };
  const measured = { light: true, background: true, corners: true };
  const detection = await detector.look(bitmap, whole, pack.crop, measured);
  const area = detection.faces.length ? areaOf(detection, whole, pack) : whole;
  if (area === whole) return { detection, area };
  const nearer = await detector.look(bitmap, area, pack.crop, measured);
  if (!nearer.faces.length) return { detection, area: whole };
  // Others may stand outside of the area, and count all the same.
  const others = detection.faces.slice(nearer.faces.length).map((face) => moved(face, area, pack.crop));
  return { detection: { ...nearer, faces: [...nearer.faces, ...others] }, area };
}

/**
 * From px of the whole at the registered size to those of the area.
 * @param {Detection["faces"][0]} face @param {ScaledArea} area @param {Pack["crop"]} crop
 */
function moved(face, area, crop) {
  const x = (/** @type {number} */ px) => px * area.by - area.x * (crop.width / area.width);
  const y = (/** @type {number} */ px) => px * area.by - area.y * (crop.width / area.width);
  const [left, top, right, bottom] = face.box;
  return {
    ...face,
    box: [x(left), y(top), x(right), y(bottom)],
    points: face.points.map(([px, py]) => [x(px), y(py)]),
  };
}

/** @param {Detection} detection @param {ScaledArea} whole @param {Pack} pack @returns {ScaledArea} */
function areaOf({ faces, background }, whole, { crop, gate, checks, measuring }) {
  const { left, top, scale } = bestCrop(
    { ...headOf(faces[0]), hair: background?.hair ?? null },
    crop,
    whole.width / gate.min_width,
    checks,
    measuring.crop,
  );
  const by = whole.width / crop.width;
  return scale < WHOLE
    ? whole
    : { x: left * by, y: top * by, width: whole.width / scale, height: whole.height / scale, by: scale };
}

/** @param {Measures} found @param {Pack} pack @returns {Finding[]} */
export function findingsOf(found, pack) {
  return Object.entries(found)
    .filter(([check]) => pack.checks[check])
    .map(([check, value]) => findingOf(check, value, pack));
}

/**
 * Near a limit, where the server may decide otherwise, the finding informs.
 * @param {string} check @param {number | null} value @param {Pack} pack @returns {Finding}
 */
function findingOf(check, value, { checks, margin }) {
  const rule = checks[check];
  const facts = { check, value: value ?? 0, unit: rule.unit ?? "", low: rule.low, high: rule.high };
  const none = { zh: "", en: "" };
  if (value === null) return { ...facts, verdict: "inform", advice: none };
  const beyond = side(value, rule);
  if (beyond !== "kept") return { ...facts, verdict: strongest(rule), advice: rule.advice[beyond] ?? none };
  const near = rule.phone === "yes" ? side(value, tightened(rule, margin / 2)) : "kept";
  return { ...facts, verdict: near === "kept" ? "pass" : "inform", advice: rule.advice[near] ?? none };
}

/** What is only a hint or a coarse measure here does not refuse. @param {Rule} rule @returns {Finding["verdict"]} */
function strongest({ severity, phone }) {
  return severity === "refuse" && phone !== "yes" ? "warn" : severity;
}
