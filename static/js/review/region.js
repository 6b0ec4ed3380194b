// @ts-check
/** A rectangle on a picture, in shares of its sides. Pure. */

/** @typedef {{x: number, y: number, width: number, height: number}} Region */

const LEAST_SIDE = 0.02;

/**
 * Between two points of the picture, in whatever order.
 * @param {{x: number, y: number}} a @param {{x: number, y: number}} b @returns {Region}
 */
export function regionBetween(a, b) {
  const [x1, y1, x2, y2] = [a.x, a.y, b.x, b.y].map((share) => Math.min(1, Math.max(0, share)));
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x1 - x2), height: Math.abs(y1 - y2) };
}

/** Moved within the picture. @param {Region} region @param {number} right @param {number} down @returns {Region} */
export function moved(region, right, down) {
  const x = Math.min(1 - region.width, Math.max(0, region.x + right));
  const y = Math.min(1 - region.height, Math.max(0, region.y + down));
  return { ...region, x, y };
}

/**
 * Wider and higher, within the picture.
 * @param {Region} region @param {number} wider @param {number} higher @returns {Region}
 */
export function resized(region, wider, higher) {
  const width = Math.min(1 - region.x, Math.max(LEAST_SIDE, region.width + wider));
  const height = Math.min(1 - region.y, Math.max(LEAST_SIDE, region.height + higher));
  return { ...region, width, height };
}

/** @param {Region} region */
export function isLarge(region) {
  return region.width >= LEAST_SIDE && region.height >= LEAST_SIDE;
}

/** As the form carries it. @param {Region} region */
export function formatRegion({ x, y, width, height }) {
  return [x, y, width, height].map((share) => share.toFixed(4)).join(",");
}

/** @param {string} words @returns {Region | null} */
export function parseRegion(words) {
  const [x, y, width, height] = words.split(",").map(Number);
  return words && [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : null;
}
