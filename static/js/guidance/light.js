// @ts-check
/**
 * Brightness, evenness and sharpness of a face: the measures of the server's checks, on the same 480×640 and with the
 * same numbers. Runs in the worker.
 */

import { usualOutlines } from "guidance/outlines";

/**
 * @import { Frame } from "guidance/faces"
 * @import { LightReading } from "guidance/limits"
 * @import { Outlines } from "guidance/mesh"
 * @import { Polygon } from "guidance/outlines"
 */

/**
 * @typedef {{under: number, over: number, mean: number, even: number | null, sharp: number | null}} Light
 *   under, over, sharp: shares; mean: 0 to 1; even: 0 to 100
 */

/** A px belongs to what its middle lies in. */
const MIDDLE = 0.5;

/** @param {Frame} frame @param {number[][]} points eyes, nose, mouth, ears @param {LightReading} reading
 * @param {Outlines | null} [seen] the parts of this face, where they are known @returns {Light} */
export function lightOn(frame, points, reading, seen) {
  const grey = greyOf(frame);
  const { outline, belowBrows, cheeks } = seen ?? usualOutlines(points);
  return {
    ...exposure(levels(grey, frame, belowBrows).shares, reading),
    even: evenness(grey, frame, cheeks, reading),
    sharp: sharpness(grey, frame, outline, reading),
  };
}

/**
 * Of a place where a face should be.
 * @param {Frame} frame @param {{cx: number, cy: number, rx: number, ry: number}} oval @param {LightReading} reading
 * @returns {Light}
 */
export function lightIn(frame, { cx, cy, rx, ry }, reading) {
  const angles = Array.from({ length: 32 }, (_, i) => (i * Math.PI) / 16);
  const place = angles.map((angle) => [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)]);
  return { ...exposure(levels(greyOf(frame), frame, place).shares, reading), even: null, sharp: null };
}

/** Luminance as Pillow rounds it. @param {Frame} frame @returns {Uint8Array} */
function greyOf({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < grey.length; i++, j += 4)
    grey[i] = (data[j] * 19595 + data[j + 1] * 38470 + data[j + 2] * 7471 + 0x8000) >> 16;
  return grey;
}

/** @param {Float64Array} shares @param {LightReading} reading */
function exposure(shares, { dark, bright }) {
  const sum = (/** @type {Float64Array} */ part) => part.reduce((all, one) => all + one, 0);
  const mean = shares.reduce((all, share, level) => all + share * level, 0) / 255;
  return { under: sum(shares.subarray(0, dark)), over: sum(shares.subarray(bright)), mean };
}

/** How much of the light on the brighter cheek falls on the darker one. @param {Uint8Array} grey @param {Frame} frame
 * @param {Polygon[]} cheeks @param {LightReading} reading */
function evenness(grey, frame, cheeks, { few, black }) {
  const [left, right] = cheeks.map((cheek) => levels(grey, frame, cheek));
  if (left.count < few || right.count < few) return null;
  const [darker, brighter] = [left, right]
    .map(({ shares }) => linear(Math.max(black, middle(shares))))
    .sort((a, b) => a - b);
  return (100 * darker) / brighter;
}

/** The median, between whole levels: as if the px of each level were spread evenly over it. @param {Float64Array} shares */
function middle(shares) {
  let level = 0;
  let below = 0;
  for (; below + shares[level] < 0.5; level++) below += shares[level];
  return level - 0.5 + (0.5 - below) / shares[level];
}

/** @param {number} level of sRGB @returns {number} 0 to 1 */
function linear(level) {
  return level <= 10.31475 ? level / 3294.6 : ((level / 255 + 0.055) / 1.055) ** 2.4;
}

/**
 * Share of the gradient energy in the face's box that the first blur leaves and the second one removes.
 * The second adds up to the coarse one. @param {Uint8Array} grey @param {Frame} frame @param {Polygon} face
 * @param {LightReading} reading
 */
function sharpness(grey, { width, height }, face, { fine, coarse }) {
  const [xs, ys] = [face.map(([x]) => x), face.map(([, y]) => y)];
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const across = Math.min(width, Math.ceil(Math.max(...xs))) - left;
  const down = Math.min(height, Math.ceil(Math.max(...ys))) - top;
  if (across < 16 || down < 16) return null;
  const cut = new Float32Array(across * down);
  for (let y = 0; y < down; y++)
    cut.set(grey.subarray((top + y) * width + left, (top + y) * width + left + across), y * across);
  const first = blurred(cut, across, down, fine);
  const second = blurred(first, across, down, Math.sqrt(coarse ** 2 - fine ** 2));
  return 1 - energy(second, across, down) / Math.max(energy(first, across, down), 1e-6);
}

/** @param {Float32Array} values @param {number} width @param {number} height */
function energy(values, width, height) {
  let across = 0;
  let down = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (x) across += (values[i] - values[i - 1]) ** 2;
      if (y) down += (values[i] - values[i - width]) ** 2;
    }
  return across / ((width - 1) * height) + down / (width * (height - 1));
}

/** A Gaussian. @param {Float32Array} values @param {number} width @param {number} height @param {number} sigma px */
function blurred(values, width, height, sigma) {
  const weights = Array.from({ length: Math.ceil(2.5 * sigma) + 1 }, (_, i) => Math.exp(-(i ** 2) / (2 * sigma ** 2)));
  const total = weights.reduce((sum, weight, i) => sum + weight * (i ? 2 : 1), 0);
  const kernel = weights.map((weight) => weight / total);
  const once = along(values, kernel, width, height, 1, width);
  return along(once, kernel, height, width, width, 1);
}

/** @param {Float32Array} values @param {number[]} kernel its right half @param {number} length @param {number} lines
 * @param {number} step between px of a line @param {number} next between lines */
function along(values, kernel, length, lines, step, next) {
  const out = new Float32Array(values.length);
  for (let line = 0; line < lines; line++)
    for (let i = 0, at = line * next; i < length; i++, at += step) {
      let sum = values[at] * kernel[0];
      for (let k = 1; k < kernel.length; k++)
        sum += kernel[k] * (values[at - Math.min(k, i) * step] + values[at + Math.min(k, length - 1 - i) * step]);
      out[at] = sum;
    }
  return out;
}

/** The share of a place at each level. @param {Uint8Array} grey @param {Frame} frame @param {Polygon} place */
function levels(grey, { width, height }, place) {
  const shares = new Float64Array(256);
  let count = 0;
  const ys = place.map(([, y]) => y);
  const last = Math.min(height - 1, Math.floor(Math.max(...ys) - MIDDLE));
  for (let y = Math.max(0, Math.ceil(Math.min(...ys) - MIDDLE)); y <= last; y++) {
    const [from, to] = crossing(place, y + MIDDLE);
    for (let x = Math.max(0, Math.ceil(from - MIDDLE)); x <= Math.min(width - 1, to - MIDDLE); x++, count++)
      shares[grey[y * width + x]]++;
  }
  return { count, shares: count ? shares.map((each) => each / count) : shares };
}

/** Where a row enters and leaves a place without dents. @param {Polygon} place @param {number} y */
function crossing(place, y) {
  let [from, to] = [Infinity, -Infinity];
  place.forEach(([x1, y1], i) => {
    const [x2, y2] = place[(i + 1) % place.length];
    if (y1 === y2 || y < Math.min(y1, y2) || y > Math.max(y1, y2)) return;
    const x = x1 + ((y - y1) * (x2 - x1)) / (y2 - y1);
    [from, to] = [Math.min(from, x), Math.max(to, x)];
  });
  return [from, to];
}
