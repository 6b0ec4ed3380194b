// @ts-check
/** Whether this phone and this connection should load the 0.6 MB of the live judge. */

import { isCached } from "ui/storage";

/**
 * @typedef {{connection?: {saveData?: boolean, effectiveType?: string}, deviceMemory?: number}} Device
 *   navigator's own names
 */

/** On 3G it comes while people read, and gives way to the upload. */
const SLOW = ["slow-2g", "2g"];
const LEAST_MEMORY = 2;
/** Bytes a second. On a slower link it would come after a minute, and everything else would be late. */
const LEAST_RATE = 12 * 1024;

/** The smallest module that uses 128-bit instructions. */
const SIMD = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  5,
  1,
  96,
  0,
  1,
  123,
  3,
  2,
  1,
  0,
  10,
  10,
  1,
  8,
  0,
  65,
  0,
  253,
  15,
  253,
  98,
  11,
);

/**
 * @param {Device} device @param {boolean} [here] everything is on this phone already, so the connection does not matter
 * @param {number} [rate] bytes a second, as far as is known
 */
export function worthLoading({ connection, deviceMemory }, here = false, rate = Infinity) {
  if ((deviceMemory ?? LEAST_MEMORY) < LEAST_MEMORY) return false;
  const slow = rate < LEAST_RATE || SLOW.includes(connection?.effectiveType ?? "");
  return here || !(connection?.saveData || slow);
}

/** @returns {Promise<boolean>} for this page, here and now */
export async function isWorthLoading() {
  const { tensorflow = "" } = /** @type {HTMLElement} */ (document.getElementById("live")).dataset;
  return canDetect() && worthLoading(/** @type {any} */ (navigator), await isCached(tensorflow), await rateNow());
}

/** Bytes a second; Infinity when unknown. */
function rateNow() {
  return import("look/link-rate").then(({ linkRate }) => linkRate()).catch(() => Infinity);
}

/** Old browsers have no fast WebAssembly; there the plain guide stays. */
function canDetect() {
  return typeof Worker === "function" && typeof WebAssembly === "object" && WebAssembly.validate(SIMD);
}
