// @ts-check
/**
 * The server's landmark network on the phone: irises, sides of the face, its parts, how it is turned, how far the eyes
 * are open. Imports nothing: runs in the worker.
 */

/** @import { Face, Frame } from "guidance/faces" */

/**
 * @typedef {{oval: number[], below_brows: number[], left_cheek: number[], right_cheek: number[], irises: number[],
 *   sides: number[], lids: number[], chin: number[], pose: {points: number[], shares: number[], shape: number[][]}}}
 *   FaceParts the landmarks of each part, and the canonical face of those for the pose
 * @typedef {number[][]} Landmarks x, y, z in px of the frame
 * @typedef {{yaw: number, opening: number}} Gaze degrees, above 0 to the right in the picture; between the lids of the
 *   eye that is more closed, as a share of the distance from eyes to chin
 * @typedef {{outline: number[][], belowBrows: number[][], cheeks: number[][][]}} Outlines px of the frame
 */

export const MESH_SIDE = 256;
/** The network was trained on squares with this multiple of the box's side. */
const AROUND = 1.5;

/**
 * What the network sees: a square around the face, upright.
 * @param {Frame} frame @param {Face} face @returns {{values: Float32Array, turn: number[], origin: number[]}} `turn` and
 *   `origin` bring px of the square to px of the frame
 */
function squareOf(frame, { box, points: [left, right] }) {
  const angle = Math.atan2(right[1] - left[1], right[0] - left[0]);
  const step = (Math.max(box[2] - box[0], box[3] - box[1]) * AROUND) / MESH_SIDE;
  const turn = [Math.cos(angle) * step, Math.sin(angle) * step];
  const half = MESH_SIDE / 2;
  const centre = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  const origin = [centre[0] - half * (turn[0] - turn[1]), centre[1] - half * (turn[1] + turn[0])];
  const values = new Float32Array(MESH_SIDE ** 2 * 3);
  for (let y = 0, at = 0; y < MESH_SIDE; y++)
    for (let x = 0; x < MESH_SIDE; x++, at += 3) {
      const [across, down] = [x + 0.5, y + 0.5];
      blend(
        frame,
        turn[0] * across - turn[1] * down + origin[0] - 0.5,
        turn[1] * across + turn[0] * down + origin[1] - 0.5,
        values,
        at,
      );
    }
  return { values, turn, origin };
}

/** Between four px; 0 outside of the frame. @param {Frame} frame @param {number} x @param {number} y
 * @param {Float32Array} out @param {number} at */
function blend({ data, width, height }, x, y, out, at) {
  if (x < -0.5 || y < -0.5 || x >= width - 0.5 || y >= height - 0.5) return;
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  const right = Math.min(width - 1, Math.floor(x) + 1);
  const bottom = Math.min(height - 1, Math.floor(y) + 1);
  const [u, v] = [x - Math.floor(x), y - Math.floor(y)];
  const [a, b] = [(top * width + left) * 4, (top * width + right) * 4];
  const [c, d] = [(bottom * width + left) * 4, (bottom * width + right) * 4];
  for (let i = 0; i < 3; i++)
    out[at + i] =
      ((data[a + i] * (1 - u) + data[b + i] * u) * (1 - v) + (data[c + i] * (1 - u) + data[d + i] * u) * v) / 255;
}

/** @param {Float32Array} numbers as the network gives them @param {{turn: number[], origin: number[]}} square
 * @returns {Landmarks} */
function landmarksOf(numbers, { turn: [cosine, sine], origin }) {
  const size = Math.hypot(cosine, sine);
  return Array.from({ length: numbers.length / 3 }, (_, i) => {
    const [x, y, z] = numbers.subarray(3 * i, 3 * i + 3);
    return [cosine * x - sine * y + origin[0], sine * x + cosine * y + origin[1], z * size];
  });
}

/** Irises and sides: what the face's place is measured by. @param {Landmarks} landmarks @param {FaceParts} parts */
function fixedPoints(landmarks, { irises, sides }) {
  return [...irises, ...sides].map((i) => landmarks[i].slice(0, 2));
}

/** @param {Landmarks} landmarks @param {FaceParts} parts @returns {Outlines} */
function outlinesOf(landmarks, { oval, below_brows, left_cheek, right_cheek }) {
  const at = (/** @type {number[]} */ part) => part.map((i) => landmarks[i]);
  return { outline: at(oval), belowBrows: at(below_brows), cheeks: [at(left_cheek), at(right_cheek)] };
}

/** @param {Landmarks} landmarks @param {FaceParts} parts @returns {Gaze} */
export function lookOf(landmarks, { irises, lids, chin, pose }) {
  const apart = (/** @type {number[]} */ [ax, ay], /** @type {number[]} */ [bx, by]) => Math.hypot(ax - bx, ay - by);
  const [left, right] = irises.map((i) => landmarks[i]);
  const toChin = apart([(left[0] + right[0]) / 2, (left[1] + right[1]) / 2], landmarks[chin[0]]);
  const [a, b, c, d] = lids.map((i) => landmarks[i]);
  return { yaw: yawOf(landmarks, pose), opening: Math.min(apart(a, b), apart(c, d)) / toChin };
}

/** The rotation that lays the landmarks onto the canonical face, as app/imaging/networks/pose.py.
 * @param {Landmarks} landmarks @param {FaceParts["pose"]} pose */
function yawOf(landmarks, { points, shares, shape }) {
  const seen = points.map((i) => landmarks[i].map((value, axis) => (axis ? -value : value)));
  const [a, b] = [seen, shape].map((each) => centred(each, shares));
  const product = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => a.reduce((sum, point, k) => sum + shares[k] * point[i] * b[k][j], 0)),
  );
  const turn = nearestRotation(product);
  return (Math.atan2(-turn[2][0], Math.hypot(turn[0][0], turn[1][0])) * 180) / Math.PI;
}

/** @param {number[][]} points @param {number[]} shares */
function centred(points, shares) {
  const middle = [0, 1, 2].map((axis) => points.reduce((sum, point, k) => sum + shares[k] * point[axis], 0));
  return points.map((point) => point.map((value, axis) => value - middle[axis]));
}

/** Newton's iteration to the orthogonal part of a matrix. @param {number[][]} matrix 3×3 */
function nearestRotation(matrix) {
  const size = Math.hypot(...matrix.flat());
  let turn = matrix.map((row) => row.map((value) => value / size));
  for (let i = 0; i < 20; i++) {
    const other = inverseTransposed(turn);
    turn = turn.map((row, y) => row.map((value, x) => (value + other[y][x]) / 2));
  }
  return turn;
}

/** @param {number[][]} m 3×3 */
function inverseTransposed(m) {
  const cofactor = (/** @type {number} */ y, /** @type {number} */ x) => {
    const [r, s, c, d] = [(y + 1) % 3, (y + 2) % 3, (x + 1) % 3, (x + 2) % 3];
    return m[r][c] * m[s][d] - m[r][d] * m[s][c];
  };
  const cofactors = m.map((row, y) => row.map((_, x) => cofactor(y, x)));
  const determinant = m[0].reduce((sum, value, x) => sum + value * cofactors[0][x], 0);
  return cofactors.map((row) => row.map((value) => value / determinant));
}

/**
 * Points of an earlier frame, moved as the eyes have moved since.
 * @param {number[][]} points @param {number[][]} eyes of then @param {number[][]} now
 */
export function carried(points, [left, right], [first, second]) {
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]];
  const [ex, ey] = [second[0] - first[0], second[1] - first[1]];
  const square = dx ** 2 + dy ** 2;
  const [turn, shear] = [(ex * dx + ey * dy) / square, (ey * dx - ex * dy) / square];
  return points.map(([x, y]) => {
    const [u, v] = [x - left[0], y - left[1]];
    return [first[0] + turn * u - shear * v, first[1] + shear * u + turn * v];
  });
}

/** Reads the landmarks of the face that is photographed. */
export class LandmarkReader {
  /** @param {(values: Float32Array) => Float32Array} run the network @param {FaceParts} parts */
  constructor(run, parts) {
    this.run = run;
    this.parts = parts;
    /** What was read last: the fixed points, and where the eyes were. @type {{points: number[][], eyes: number[][]} | null} */
    this.last = null;
  }

  /**
   * Gives the first face the points of its landmarks: read anew, or carried along with the eyes.
   * @param {Frame} frame @param {Face[]} faces @param {boolean} anew @returns {Outlines | null} where they were read anew
   */
  refine(frame, faces, anew) {
    const [face] = faces;
    if (!anew) {
      const points = this.last ? carried(this.last.points, this.last.eyes, face.points) : [];
      faces[0] = { ...face, points: [...face.points, ...points] };
      return null;
    }
    const square = squareOf(frame, face);
    const landmarks = landmarksOf(this.run(square.values), square);
    this.last = { points: fixedPoints(landmarks, this.parts), eyes: face.points.slice(0, 2) };
    faces[0] = { ...face, points: [...face.points, ...this.last.points], look: lookOf(landmarks, this.parts) };
    return outlinesOf(landmarks, this.parts);
  }
}
