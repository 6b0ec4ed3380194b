// @ts-check
/** Where a value lies between the limits of its rule. Pure. */

/**
 * @typedef {{unit?: string, low: number | null, high: number | null, severity: "refuse" | "warn" | "inform",
 *   phone?: "no" | "hint" | "coarse" | "yes", margin?: number | null, advice: Record<string, {zh: string, en: string}>}} Rule
 * @typedef {"kept" | "too_low" | "too_high"} Side
 * @typedef {{low: number | null, high: number | null}} Limits
 */

/**
 * @typedef {{margin: number, coarse_margin: number, checks: Record<string, Rule>}} Rules margins are shares of the limits
 */

/** What is coarse without landmarks. */
const OF_LANDMARKS = [
  "eye_line",
  "face_width",
  "centring",
  "inter_eye_distance",
  "roll",
  "yaw",
  "illumination_uniformity",
  "under_exposure",
  "over_exposure",
  "luminance_mean",
];

/**
 * How the server and the phone measure the same: app/imaging/measuring.toml, which explains each number.
 * @typedef {{steps: number, inset: number, serious: number, aim: number, filling: number}} CropSearch
 * @typedef {{least_score: number, certain: number, same: number, corner: number, anchors: number[][]}} FaceSearch
 * @typedef {{person: number, band: number, filled: number}} SilhouetteReading
 * @typedef {{reduction: number, certain: number, clear: number, least: number, few: number, columns: number}}
 *   BackgroundReading
 * @typedef {{dark: number, bright: number, black: number, few: number, fine: number, coarse: number}} LightReading
 * @typedef {{crop: CropSearch, faces: FaceSearch, silhouette: SilhouetteReading, background: BackgroundReading,
 *   light: LightReading, eyes: {half_closed: number, narrow: number}, colour: {to_xyz: number[][]}}} Measuring
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
 * How far a measure may be from the server's.
 * @param {string} check @param {Rules} pack @param {boolean} fine the landmarks were read @returns {number} a share
 */
export function marginOf(check, { checks, margin, coarse_margin }, fine) {
  return fine || !OF_LANDMARKS.includes(check) ? (checks[check].margin ?? margin) : coarse_margin;
}

/**
 * The limits for the live picture: a hint is not made tighter.
 * @param {string} check @param {Rules} pack @param {boolean} fine the landmarks were read
 */
export function liveLimits(check, pack, fine) {
  const rule = pack.checks[check];
  return tightened(rule, isHint(rule, fine) ? 0 : marginOf(check, pack, fine));
}

/** Without the landmarks it is too far from the server's to decide anything. @param {Rule} rule @param {boolean} fine */
export function isHint({ phone }, fine) {
  return phone === "hint" && !fine;
}

/** Limits are inclusive. @param {number} value @param {Limits} limits @returns {Side} */
export function side(value, { low, high }) {
  if (low !== null && value < low) return "too_low";
  return high !== null && value > high ? "too_high" : "kept";
}
