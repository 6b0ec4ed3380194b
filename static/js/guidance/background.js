// @ts-check
/**
 * What the person's silhouette tells: where the hair ends, whether the background is plain and of which colour. The
 * measures of the server's checks, more coarsely, with the same numbers. Runs in the worker.
 */

/**
 * @import { Frame } from "guidance/faces"
 * @import { BackgroundReading, Measuring, SilhouetteReading } from "guidance/limits"
 */

/**
 * @typedef {{values: Float32Array, side: number}} Silhouette side × side over the whole frame, 1 where it is
 *   certainly a person
 * @typedef {{hair: number | null, rough: number | null, colours: number[][]}} Background px, levels, sRGB of each third
 *   of the width
 */

export const SILHOUETTE_SIDE = 256;

/**
 * @param {Frame} frame @param {Silhouette} silhouette
 * @param {{centre: number, eyes: number, width: number} | null} head px @param {Measuring} measuring
 * @returns {Background}
 */
export function measureBackground(frame, silhouette, head, { background, silhouette: reading }) {
  const { reduction, least } = background;
  const [width, height] = [frame.width / reduction, frame.height / reduction];
  const mask = clear(silhouette, width, height, background);
  let count = 0;
  for (let i = 0; i < mask.length; i++) count += mask[i];
  const hair = head && hairTop(silhouette, frame, head, reading);
  if (count < least * mask.length) return { hair, rough: null, colours: [] };
  return { hair, ...texture(frame, mask, width, height, background) };
}

/** Going up from the eyes, the row where the head ends; 0 when the picture cuts it.
 * @param {Silhouette} silhouette @param {Frame} frame @param {{centre: number, eyes: number, width: number}} head
 * @param {SilhouetteReading} reading */
function hairTop({ values, side }, frame, { centre, eyes, width }, { person, band, filled: least }) {
  const [first, last] = [-band, band].map((part) => Math.round(((centre + part * width) * side) / frame.width));
  if (first < 0 || last >= side) return null;
  const filled = (/** @type {number} */ row) => {
    let count = 0;
    for (let x = first; x <= last; x++) if (values[row * side + x] > person) count++;
    return count >= least * (last - first + 1);
  };
  let row = Math.min(side - 1, Math.max(0, Math.round((eyes * side) / frame.height)));
  if (!filled(row)) return null;
  while (row > 0 && filled(row - 1)) row--;
  return (row * frame.height) / side;
}

/**
 * Where it is certainly background: 1, with a seam left out around the person.
 * @param {Silhouette} silhouette @param {number} width @param {number} height @param {BackgroundReading} reading
 */
function clear({ values, side }, width, height, { certain, clear: seam }) {
  const free = new Uint8Array(width * height);
  const column = Uint16Array.from({ length: width }, (_, x) => Math.floor((x * side) / width));
  for (let y = 0; y < height; y++)
    for (let x = 0, row = Math.floor((y * side) / height) * side; x < width; x++)
      free[y * width + x] = values[row + column[x]] > certain ? 0 : 1;
  return shrunk(shrunk(free, width, height, width, 1, seam), height, width, 1, width, seam);
}

/**
 * Only where all within `seam` px along a line are free.
 * @param {Uint8Array} free @param {number} length @param {number} lines @param {number} next between lines
 * @param {number} step between px of a line @param {number} seam
 */
function shrunk(free, length, lines, next, step, seam) {
  const out = new Uint8Array(free.length);
  for (let line = 0; line < lines; line++) {
    let run = seam;
    for (let i = 0; i < length + seam; i++) {
      run = i >= length || free[line * next + i * step] ? run + 1 : 0;
      if (i >= seam && run > 2 * seam) out[line * next + (i - seam) * step] = 1;
    }
  }
  return out;
}

/** Mean Sobel magnitude and median colours at half the size. @param {Frame} frame @param {Uint8Array} mask
 * @param {number} width @param {number} height @param {BackgroundReading} reading */
function texture(frame, mask, width, height, { reduction, few, columns }) {
  const channels = reduced(frame, width, height, reduction);
  const [red, green, blue] = channels;
  const grey = new Float32Array(red.length);
  for (let i = 0; i < grey.length; i++) grey[i] = red[i] * 0.299 + green[i] * 0.587 + blue[i] * 0.114;
  let sum = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y++)
    for (let i = y * width + 1, end = (y + 1) * width - 1; i < end; i++)
      if (mask[i]) {
        sum += slope(grey, i, width);
        count++;
      }
  const parts = levelsOf(channels, mask, width, columns);
  const seen = parts.filter(([levels]) => levels.reduce((all, each) => all + each) >= few);
  return { rough: count ? sum / count : null, colours: seen.map((part) => part.map(median)) };
}

/**
 * How many px of the mask have each level, in each channel of each column.
 * @param {Uint8Array[]} channels @param {Uint8Array} mask @param {number} width @param {number} columns
 */
function levelsOf(channels, mask, width, columns) {
  const parts = Array.from({ length: columns }, () => channels.map(() => new Uint32Array(256)));
  const column = Array.from({ length: width }, (_, x) => Math.floor((x * columns) / width));
  channels.forEach((values, channel) => {
    const counts = parts.map((part) => part[channel]);
    for (let i = 0, x = 0; i < mask.length; i++, x = x + 1 === width ? 0 : x + 1)
      if (mask[i]) counts[column[x]][values[i]]++;
  });
  return parts;
}

/** @param {Float32Array} grey @param {number} i @param {number} w */
function slope(grey, i, w) {
  const across =
    grey[i - w + 1] - grey[i - w - 1] + 2 * (grey[i + 1] - grey[i - 1]) + grey[i + w + 1] - grey[i + w - 1];
  const down = grey[i + w - 1] - grey[i - w - 1] + 2 * (grey[i + w] - grey[i - w]) + grey[i + w + 1] - grey[i - w + 1];
  return Math.sqrt(across * across + down * down); // hypot is ten times slower
}

/**
 * The channels at the reduced size: each px the mean of the square that it covers.
 * @param {Frame} frame @param {number} width @param {number} height @param {number} by
 */
function reduced({ data, width: full }, width, height, by) {
  const channels = [0, 1, 2].map(() => new Uint8Array(width * height));
  const share = 1 / by ** 2;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      let [red, green, blue] = [0, 0, 0];
      for (let row = by * y; row < by * (y + 1); row++)
        for (let at = (row * full + by * x) * 4, end = at + 4 * by; at < end; at += 4) {
          red += data[at];
          green += data[at + 1];
          blue += data[at + 2];
        }
      channels[0][i] = Math.round(red * share);
      channels[1][i] = Math.round(green * share);
      channels[2][i] = Math.round(blue * share);
    }
  return channels;
}

/** The level of the middle px. @param {Uint32Array} counts */
function median(counts) {
  const all = counts.reduce((sum, each) => sum + each);
  let level = 0;
  for (let seen = counts[0]; seen * 2 < all; seen += counts[level]) level++;
  return level;
}
