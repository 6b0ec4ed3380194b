// @ts-check
/**
 * What the same measures say on the picture that was taken: in the crop that the server would register, at the pack's
 * own limits.
 */

import { openDetector } from "guidance/detector";
import { isFine } from "guidance/head";
import { isHint, marginOf, side, tightened } from "guidance/limits";
import { measures } from "guidance/measures";
import { areaOf, lookCloser } from "guidance/picture-look";
import { registeredSize } from "guidance/registered-size";

/**
 * @import { Detection, SourceArea } from "guidance/detector"
 * @import { Measures } from "guidance/measures"
 * @import { Finding, Pack } from "pairing/api"
 */

/**
 * @typedef {{findings: Finding[], unsure: boolean, detection: Detection, area: SourceArea}} Judged `detection` in px of the
 *   area at the registered size; `unsure`: the server may refuse it for something that cannot be told here
 */

/** What leaves no doubt. */
const SURE = ["pass", "refuse"];
/** What the picture is made to keep, or is told before. */
const OF_THE_FILE = ["readable", "file_size", "resolution"];

/** @param {{bytes: ArrayBuffer, type: string}} picture @param {Pack} pack @returns {Promise<Judged>} */
export async function judgePicture({ bytes, type }, pack) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  try {
    const detector = await openDetector(pack.measuring);
    const { detection, crop } = await lookCloser(detector, bitmap, pack);
    const area = areaOf(crop, bitmap, pack.crop);
    const sized = detector.draw(bitmap, area, pack.crop).canvas;
    const { derived_size } = pack.checks;
    const size = detection.faces.length ? registeredSize(sized, derived_size, pack.crop.min_quality / 100) : null;
    const scale = area.width / pack.crop.width;
    const findings = findingsOf(
      { ...measures(detection, pack, scale), derived_size: await size },
      pack,
      isFine(detection.faces[0]),
    );
    return { detection, area, findings, unsure: unsureOf(findings, pack) };
  } finally {
    bitmap.close();
  }
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
  const margin = isHint(rule, fine) ? Infinity : Math.max(pack.margin, marginOf(check, pack, fine));
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
