// @ts-check
/** What the same ruler finds on the picture that was taken: in the cut that the server would register, at the pack's own limits. */

import { bestCut } from "guidance/crop";
import { side, tightened } from "guidance/limits";
import { headOf, measures } from "guidance/measures";
import { seer } from "guidance/detector";

/**
 * @typedef {import("guidance/detector").Sight} Sight
 * @typedef {import("pairing/api").Finding} Finding
 * @typedef {import("pairing/api").Pack} Pack
 * @typedef {{x: number, y: number, width: number, height: number, by: number}} Cut px of the picture; `by` how much it enlarges
 * @typedef {{findings: Finding[], sight: Sight, cut: Cut}} Judged `sight` in px of the cut at the registered size
 */

const WHOLE = 1.01;

/** @param {{bytes: ArrayBuffer, type: string}} picture @param {Pack} pack @returns {Promise<Judged>} */
export async function judged({ bytes, type }, pack) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  try {
    const { sight, cut } = await lookTwice(bitmap, pack);
    return { sight, cut, findings: findingsOf(measures(sight, pack, cut.width / pack.crop.width), pack) };
  } finally {
    bitmap.close();
  }
}

/** At the whole, then at the cut that the server would make. @param {ImageBitmap} bitmap @param {Pack} pack */
async function lookTwice(bitmap, pack) {
  const eyes = await seer();
  const whole = { x: 0, y: 0, width: bitmap.width, height: bitmap.height, by: 1 };
  const wish = { light: true, outline: true };
  const sight = await eyes.look(bitmap, whole, pack.crop, wish);
  const cut = sight.faces.length ? cutOf(sight, whole, pack) : whole;
  if (cut === whole) return { sight, cut };
  const nearer = await eyes.look(bitmap, cut, pack.crop, wish);
  if (!nearer.faces.length) return { sight, cut: whole };
  // Others may stand outside of the cut, and count all the same.
  const others = sight.faces.slice(nearer.faces.length).map((face) => moved(face, cut, pack.crop));
  return { sight: { ...nearer, faces: [...nearer.faces, ...others] }, cut };
}

/** From px of the whole at the registered size to those of the cut. @param {Sight["faces"][0]} face @param {Cut} cut
 * @param {Pack["crop"]} crop */
function moved(face, cut, crop) {
  const x = (/** @type {number} */ px) => px * cut.by - cut.x * (crop.width / cut.width);
  const y = (/** @type {number} */ px) => px * cut.by - cut.y * (crop.width / cut.width);
  const [left, top, right, bottom] = face.box;
  return { ...face, box: [x(left), y(top), x(right), y(bottom)], points: face.points.map(([px, py]) => [x(px), y(py)]) };
}

/** @param {Sight} sight @param {Cut} whole @param {Pack} pack @returns {Cut} */
function cutOf({ faces, wall }, whole, { crop, gate, checks }) {
  const { left, top, scale } = bestCut({ ...headOf(faces[0]), hair: wall?.hair ?? null }, crop, whole.width / gate.min_width, checks);
  const by = whole.width / crop.width;
  return scale < WHOLE ? whole : { x: left * by, y: top * by, width: whole.width / scale, height: whole.height / scale, by: scale };
}

/** @param {import("guidance/measures").Measures} found @param {Pack} pack @returns {Finding[]} */
export function findingsOf(found, pack) {
  return Object.entries(found).filter(([check]) => pack.checks[check]).map(([check, value]) => findingOf(check, value, pack));
}

/** Near a limit, where the server may see it otherwise, is worth a warning. @param {string} check @param {number | null} value
 * @param {Pack} pack @returns {Finding} */
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

/** What is only a hint or a coarse measure here does not refuse. @param {import("guidance/limits").Rule} rule @returns {Finding["verdict"]} */
function strongest({ says, phone }) {
  return says === "refuse" && phone !== "yes" ? "warn" : says;
}
