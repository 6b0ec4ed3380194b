// @ts-check
/** Where a value lies between the limits of its rule. Pure. */

/**
 * @typedef {{unit?: string, low: number | null, high: number | null, severity: "refuse" | "warn" | "inform",
 *   phone?: "no" | "hint" | "coarse" | "yes", advice: Record<string, {zh: string, en: string}>}} Rule
 * @typedef {"kept" | "too_low" | "too_high"} Side
 * @typedef {{low: number | null, high: number | null}} Limits
 */

/**
 * How the server and the phone measure the same: app/imaging/measuring.toml, which explains each number.
 * @typedef {{steps: number, inset: number, serious: number, aim: number, filling: number}} CropSearch
 * @typedef {{least_score: number, same: number, corner: number, anchors: number[][]}} FaceSearch
 * @typedef {{person: number, band: number, filled: number}} SilhouetteReading
 * @typedef {{reduction: number, certain: number, clear: number, least: number, few: number, columns: number}}
 *   BackgroundReading
 * @typedef {{dark: number, bright: number, black: number, few: number, fine: number, coarse: number}} LightReading
 * @typedef {{crop: CropSearch, faces: FaceSearch, silhouette: SilhouetteReading, background: BackgroundReading,
 *   light: LightReading, colour: {to_xyz: number[][]}}} Measuring
 */

/**
 * Tighter by a share: of the range where there are two limits, else of the one.
 * A negative margin makes them wider.
 * @param {Limits} rule @param {number} margin @returns {Limits}
 */
export function tightened({ low, high }, margin) {
  const both = low !== null && high !== null;
  const by = (/** @type {number} */ limit) => margin * (both ? high - low : Math.abs(limit));
  return { low: low === null ? null : low + by(low), high: high === null ? null : high - by(high) };
}

/**
 * The limits for the live picture: a hint is not made tighter.
 * @param {Rule} rule @param {number} margin
 */
export function liveLimits(rule, margin) {
  return tightened(rule, rule.phone === "hint" ? 0 : margin);
}

/** Limits are inclusive. @param {number} value @param {Limits} limits @returns {Side} */
export function side(value, { low, high }) {
  if (low !== null && value < low) return "too_low";
  return high !== null && value > high ? "too_high" : "kept";
}
