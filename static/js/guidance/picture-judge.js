// @ts-check
/**
 * What the same measures say on the picture that was taken: in the crop that the server would register, at the pack's
 * own limits.
 */

import { bestCrop } from "guidance/crop";
import { openDetector } from "guidance/detector";
import { headOf, isFine } from "guidance/head";
import { isHint, marginOf, side, tightened } from "guidance/limits";
import { measures } from "guidance/measures";
import { registeredSize } from "guidance/registered-size";

/**
 * @import { Detection } from "guidance/detector"
 * @import { Measures } from "guidance/measures"
 * @import { Finding, Pack } from "pairing/api"
 */

/**
 * @typedef {{x: number, y: number, width: number, height: number, by: number}} ScaledArea px of the picture; `by` how
 *   much it enlarges
 * @typedef {{findings: Finding[], unsure: boolean, detection: Detection, area: ScaledArea}} Judged `detection` in px of the
 *   area at the registered size; `unsure`: the server may refuse it for something that cannot be told here
 */

const WHOLE = 1.01;
/** What leaves no doubt. */
const SURE = ["pass", "refuse"];
/** What the picture is made to keep, or is told before. */
const OF_THE_FILE = ["readable", "file_size", "resolution"];

/** @param {{bytes: ArrayBuffer, type: string}} picture @param {Pack} pack @returns {Promise<Judged>} */
export async function judgePicture({ bytes, type }, pack) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  try {
    const { detection, area } = await lookTwice(bitmap, pack);
    const { derived_size } = pack.checks;
    const detector = await openDetector(pack.measuring);
    const canvas = detector.draw(bitmap, area, pack.crop).canvas;
    const size = detection.faces.length
      ? await registeredSize(canvas, derived_size, pack.crop.min_quality / 100)
      : null;
    const found = { ...measures(detection, pack, area.width / pack.crop.width), derived_size: size };
    const findings = findingsOf(found, pack, isFine(detection.faces[0]));
    return { detection, area, findings, unsure: unsureOf(findings, pack) };
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

/** @param {Measures} found @param {Pack} pack @param {boolean} fine the landmarks were read @returns {Finding[]} */
export function findingsOf(found, pack, fine) {
  return Object.entries(found)
    .filter(([check]) => pack.checks[check])
    .map(([check, value]) => findingOf(check, value, pack, fine));
}

/**
 * As far beyond a limit as this phone may err, the server surely says the same; nearer, on either side, it may not.
 * @param {string} check @param {number | null} value @param {Pack} pack @param {boolean} fine @returns {Finding}
 */
function findingOf(check, value, pack, fine) {
  const rule = pack.checks[check];
  const facts = { check, value: value ?? 0, unit: rule.unit ?? "", low: rule.low, high: rule.high };
  if (value === null) return { ...facts, verdict: "inform", advice: { zh: "", en: "" } };
  const margin = isHint(rule, fine) ? Infinity : marginOf(check, pack, fine);
  const [surely, likely, hardly] = [-margin, 0, margin].map((by) => side(value, tightened(rule, by)));
  const advice = rule.advice[likely] ?? rule.advice[hardly] ?? { zh: "", en: "" };
  if (surely !== "kept") return { ...facts, verdict: rule.severity, advice };
  if (likely !== "kept") return { ...facts, verdict: rule.severity === "refuse" ? "warn" : rule.severity, advice };
  return { ...facts, verdict: hardly === "kept" ? "pass" : "inform", advice };
}

/**
 * Whether the server might refuse for something that this phone cannot tell.
 * @param {Finding[]} findings @param {Pack} pack
 */
function unsureOf(findings, { checks }) {
  const told = new Map(findings.map(({ check, verdict }) => [check, verdict]));
  return Object.entries(checks).some(
    ([check, { severity, phone }]) =>
      severity === "refuse" &&
      !OF_THE_FILE.includes(check) &&
      (phone === "no" || !SURE.includes(told.get(check) ?? "")),
  );
}
