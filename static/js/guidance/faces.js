// @ts-check
/**
 * BlazeFace short range, as on the server: what it takes, and the faces in what it gives. Runs in the worker.
 */

/** @import { FaceSearch } from "guidance/limits" */

/**
 * @typedef {{x: number, y: number, width: number, height: number}} Area px of the frame
 * @typedef {{data: Uint8ClampedArray, width: number, height: number}} Frame RGBA
 * @typedef {{box: number[], points: number[][], score: number, look?: {yaw: number, opening: number}}} Face box: left,
 *   top, right, bottom; points: eyes (left in the picture first), nose, mouth, ears, and where the landmarks are known
 *   irises and sides; px of the frame; score 0 to 1; `look` as in guidance/mesh
 */

export const FACES_SIDE = 128;
const NUMBERS = 17;

/** The square with the whole frame in its middle. @param {Frame} frame @returns {Area} */
export function squareAround({ width, height }) {
  const side = Math.max(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}

/**
 * The upper corners, where a face is seen that is small in the whole.
 * @param {Frame} frame @param {FaceSearch} search @returns {Area[]}
 */
export function cornersOf({ width, height }, { corner }) {
  const side = Math.round(corner * Math.min(width, height));
  return [0, width - side].map((x) => ({ x, y: 0, width: side, height: side }));
}

/** Whether it is a face rather than a pattern that looks like one. @param {Face} face @param {FaceSearch} search */
export const isCertain = ({ score }, { certain }) => score >= certain;

/** As the server picks them: the largest certain one, and what may be a pattern behind all of these.
 * @param {Face[]} faces @param {FaceSearch} search @returns {Face[]} */
export function largestFirst(faces, search) {
  const rank = (/** @type {Face} */ face) => Number(isCertain(face, search));
  const wide = (/** @type {Face} */ { box }) => box[2] - box[0];
  return [...faces].sort((a, b) => rank(b) - rank(a) || wide(b) - wide(a));
}

/**
 * The faces that are not among the known, each once.
 * @param {Face[]} faces @param {Face[]} known @param {FaceSearch} search @returns {Face[]}
 */
export function others([face, ...rest], known, search) {
  if (!face) return [];
  const seen = known.some(({ box }) => overlap(box, face.box) > search.same);
  return seen ? others(rest, known, search) : [face, ...others(rest, [...known, face], search)];
}

/**
 * A region at another size, each px the mean of what it covers; what lies outside of the frame is `outside`.
 * @param {Frame} frame @param {Area} region @param {number} columns @param {number} rows
 * @param {(level: number) => number} value of a level, 0 to 255 @returns {Float32Array} rows × columns × 3
 */
export function sampled(frame, region, columns, rows, value) {
  const out = new Float32Array(columns * rows * 3).fill(value(0));
  const across = spans(columns, region.x, region.width, frame.width);
  const down = spans(rows, region.y, region.height, frame.height);
  down.forEach(([top, bottom], row) => {
    across.forEach(([left, right], column) => {
      if (top < bottom && left < right) mean(frame, left, right, top, bottom, value, out, (row * columns + column) * 3);
    });
  });
  return out;
}

/** The faces, surest first. @param {Float32Array} objects 896 × 17: score, place, size, six points
 * @param {Area} region what the network saw @param {FaceSearch} search @returns {Face[]} */
export function facesIn(objects, region, search) {
  const anchors = search.anchors.flatMap(([cells, each]) => grid(cells, each));
  const found = anchors.map((anchor, i) => {
    const score = 1 / (1 + Math.exp(-objects[i * NUMBERS]));
    return score > search.least_score
      ? faceAt(objects.subarray(i * NUMBERS + 1, (i + 1) * NUMBERS), anchor, region, score)
      : null;
  });
  return merged(
    /** @type {Face[]} */ (found.filter(Boolean)).sort((a, b) => b.score - a.score),
    search.same,
  );
}

/** @param {Float32Array} numbers @param {number[]} anchor @param {Area} region @param {number} score @returns {Face} */
function faceAt(numbers, anchor, region, score) {
  const x = (/** @type {number} */ value) => region.x + (anchor[0] + value / FACES_SIDE) * region.width;
  const y = (/** @type {number} */ value) => region.y + (anchor[1] + value / FACES_SIDE) * region.height;
  const [cx, cy, w, h] = numbers;
  const points = Array.from({ length: 6 }, (_, i) => [x(numbers[4 + 2 * i]), y(numbers[5 + 2 * i])]);
  return { box: [x(cx - w / 2), y(cy - h / 2), x(cx + w / 2), y(cy + h / 2)], points, score };
}

/**
 * Boxes of one face become their mean, weighted by score.
 * @param {Face[]} left @param {number} same share of the smaller box @returns {Face[]}
 */
function merged(left, same) {
  if (!left.length) return [];
  const [first] = left;
  const group = left.filter((face) => overlap(first.box, face.box) > same);
  const total = group.reduce((sum, face) => sum + face.score, 0);
  const blend = (/** @type {(face: Face) => number} */ of) =>
    group.reduce((sum, face) => sum + of(face) * face.score, 0) / total;
  const box = first.box.map((_, i) => blend((face) => face.box[i]));
  const points = first.points.map((_, i) => [blend((face) => face.points[i][0]), blend((face) => face.points[i][1])]);
  return [
    { box, points, score: first.score },
    ...merged(
      left.filter((face) => !group.includes(face)),
      same,
    ),
  ];
}

/** How much of the smaller box lies in the other. @param {number[]} a @param {number[]} b */
function overlap(a, b) {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const area = (/** @type {number[]} */ [l, t, r, d]) => (r - l) * (d - t);
  return (Math.max(0, width) * Math.max(0, height)) / Math.min(area(a), area(b));
}

/** @param {number} cells @param {number} each */
function grid(cells, each) {
  const steps = Array.from({ length: cells }, (_, i) => (i + 0.5) / cells);
  return steps.flatMap((y) => steps.flatMap((x) => Array.from({ length: each }, () => [x, y])));
}

/** @param {number} count @param {number} start @param {number} size @param {number} end @returns {number[][]} */
function spans(count, start, size, end) {
  return Array.from({ length: count }, (_, i) => {
    const from = Math.round(start + (i * size) / count);
    const to = Math.max(from + 1, Math.round(start + ((i + 1) * size) / count));
    return [Math.max(0, from), Math.min(end, to)];
  });
}

/** @param {Frame} frame @param {number} left @param {number} right @param {number} top @param {number} bottom
 * @param {(level: number) => number} value @param {Float32Array} out @param {number} at */
function mean({ data, width }, left, right, top, bottom, value, out, at) {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let y = top; y < bottom; y++)
    for (let i = (y * width + left) * 4, end = (y * width + right) * 4; i < end; i += 4) {
      red += data[i];
      green += data[i + 1];
      blue += data[i + 2];
    }
  const share = 1 / ((right - left) * (bottom - top));
  out[at] = value(red * share);
  out[at + 1] = value(green * share);
  out[at + 2] = value(blue * share);
}
