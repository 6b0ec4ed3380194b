// @ts-check
/** How fast the link is, by what is known without sending anything. Pure, but for what it is given. */

import { SLOW } from "upload/send";

/**
 * @typedef {{startTime: number, requestStart: number, responseStart: number, responseEnd: number, transferSize: number,
 *   workerStart: number}} Loaded times in ms, as Resource Timing has them
 * @typedef {{downlink?: number, effectiveType?: string}} Connection Mbit/s
 */

/** Bytes that tell of the link and not of its latency alone. */
const SIZEABLE = 8 * 1024;
const LAST = 3;
const BYTES_PER_MBIT = 125_000;
const SLOWEST = ["slow-2g", "2g"];

/** Whether this page's link is known to be slow. */
export function slowLink() {
  const { connection } = /** @type {any} */ (navigator);
  return isSlow(connection, /** @type {any} */ (performance.getEntriesByType("resource")));
}

/** Bytes a second of this page's link, by what it has loaded; Infinity when unknown. */
export function linkRate() {
  return rateOf(/** @type {any} */ (performance.getEntriesByType("resource")));
}

/** @param {Connection | undefined} connection @param {Loaded[]} loaded @returns {boolean} false also when unknown */
export function isSlow(connection, loaded) {
  const { effectiveType = "", downlink = Infinity } = connection ?? {};
  const known = Math.min(downlink * BYTES_PER_MBIT, rateOf(loaded));
  return SLOWEST.includes(effectiveType) || known < SLOW;
}

/**
 * Bytes a second of the last resources that were large enough to tell: what came while each of them came.
 * @param {Loaded[]} loaded @returns {number} Infinity when there are none
 */
export function rateOf(loaded) {
  const came = loaded.filter(
    ({ transferSize, workerStart, responseStart }) => transferSize && !workerStart && responseStart,
  );
  const latency = Math.min(...came.map(({ requestStart, responseStart }) => responseStart - requestStart));
  const spans = came.map((each) => ({
    from: each.requestStart + latency,
    to: each.responseEnd,
    bytes: each.transferSize,
  }));
  const last = spans
    .filter(({ bytes }) => bytes >= SIZEABLE)
    .sort((a, b) => b.to - a.to)
    .slice(0, LAST);
  return last.length ? Math.max(...last.map((span) => during(span, spans))) : Infinity;
}

/** Bytes a second of all that came in this time. @param {Span} span @param {Span[]} spans */
function during({ from, to }, spans) {
  const bytes = spans.reduce((sum, each) => {
    const shared = Math.min(to, each.to) - Math.max(from, each.from);
    return sum + (shared > 0 ? each.bytes * Math.min(1, shared / (each.to - each.from)) : 0);
  }, 0);
  return to > from ? (1000 * bytes) / (to - from) : Infinity;
}

/** @typedef {{from: number, to: number, bytes: number}} Span ms */
