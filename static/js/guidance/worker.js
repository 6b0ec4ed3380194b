// @ts-check
/**
 * The networks, away from the page so that the video never waits for them. Import maps do not reach workers: this is bundled
 * with what it imports, and the networks come by address in the first message. Nothing is sent anywhere: this file's own
 * policy forbids it.
 */

import { measureBackground, SILHOUETTE_SIDE } from "guidance/background";
import { cornersOf, FACES_SIDE, facesIn, others, sampled, squareAround } from "guidance/faces";
import { lightIn, lightOn } from "guidance/light";

/**
 * @import { Face, Area, Frame } from "guidance/faces"
 * @import { Measuring } from "guidance/limits"
 */

/**
 * @typedef {{tensorflow: string, wasm: string, face: string[], person: string[], measuring: Measuring}} Addresses with
 *   the numbers by which is measured
 * @typedef {{id: number, pixels: ArrayBuffer, width: number, height: number, background: boolean, light: boolean,
 *   oval: {cx: number, cy: number, rx: number, ry: number}}} Order
 */

/** @type {any} */
let parts = null;
/** The network keeps the person's place between frames in which it is not run. @type {any} */
let person = null;
/** Small faces in the corners, kept between frames in which nobody looks for them. @type {Face[]} */
let small = [];

globalThis.onmessage = async (/** @type {MessageEvent} */ { data }) => {
  try {
    if (data.tensorflow) await open(data);
    else look(data);
  } catch (error) {
    postMessage({ id: data.id, failed: String(error) });
  }
};

/** @param {Addresses} from */
async function open(from) {
  const tf = await import(from.tensorflow);
  // All three names are wanted; only the middle one exists here, and is what this browser can run.
  tf.setWasmPaths(
    Object.fromEntries(["", "-simd", "-threaded-simd"].map((kind) => [`tfjs-backend-wasm${kind}.wasm`, from.wasm])),
  );
  const [files] = await Promise.all([filesOf(from.face), tf.setBackend("wasm")]);
  const face = await network(tf, files);
  parts = { tf, face, measuring: from.measuring };
  run(face, new Float32Array(FACES_SIDE ** 2 * 3), FACES_SIDE);
  postMessage({ ready: true });
  person = await filesOf(from.person)
    .then((later) => network(tf, later))
    .catch(() => null);
}

/** @param {string[]} addresses of the graph and the weights */
function filesOf([graph, weights]) {
  return Promise.all([fetched(graph, "json"), fetched(weights, "arrayBuffer")]);
}

/** @param {any} tf @param {any[]} files */
function network(tf, [{ modelTopology, weightsManifest, signature }, weightData]) {
  const weightSpecs = weightsManifest.flatMap((/** @type {any} */ group) => group.weights);
  return tf.loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData, signature }) });
}

/** @param {string} address @param {"json" | "arrayBuffer"} kind @returns {Promise<any>} */
async function fetched(address, kind) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer[kind]();
}

/** @param {any} network @param {Float32Array} values @param {number} side @returns {Float32Array} */
function run(network, values, side) {
  return parts.tf.tidy(() => network.execute(parts.tf.tensor4d(values, [1, side, side, 3])).dataSync());
}

/** @param {Order} order */
function look({ id, pixels, width, height, background, light, oval }) {
  const began = performance.now();
  const frame = { data: new Uint8ClampedArray(pixels), width, height };
  const faces = found(frame, background);
  const seen = light || background;
  const reading = parts.measuring.light;
  const measured = seen && (faces.length ? lightOn(frame, faces[0].points, reading) : lightIn(frame, oval, reading));
  const behind = background && person ? backgroundBehind(frame, faces[0]) : null;
  postMessage(
    { id, faces, light: measured || null, background: behind, ms: performance.now() - began, pixels },
    { transfer: [pixels] },
  );
}

/** The largest first. @param {Frame} frame @param {boolean} everywhere also what is too small to be seen in the whole */
function found(frame, everywhere) {
  const search = parts.measuring.faces;
  const faces = seenIn(frame, squareAround(frame));
  if (everywhere) small = cornersOf(frame, search).flatMap((corner) => seenIn(frame, corner));
  return [...faces, ...others(small, faces, search)].sort((a, b) => b.box[2] - b.box[0] - (a.box[2] - a.box[0]));
}

/** @param {Frame} frame @param {Area} region @returns {Face[]} */
function seenIn(frame, region) {
  const values = sampled(frame, region, FACES_SIDE, FACES_SIDE, (level) => level / 127.5 - 1);
  return facesIn(run(parts.face, values, FACES_SIDE), region, parts.measuring.faces);
}

/** @param {Frame} frame @param {Face} [face] */
function backgroundBehind(frame, face) {
  const side = SILHOUETTE_SIDE;
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const values = run(
    person,
    sampled(frame, whole, side, side, (level) => level / 255),
    side,
  );
  return measureBackground(frame, { values, side }, face ? headOf(face) : null, parts.measuring);
}

/** @param {Face} face */
function headOf({ box, points: [left, right] }) {
  return { centre: (box[0] + box[2]) / 2, eyes: (left[1] + right[1]) / 2, width: (box[2] - box[0]) * 0.885 };
}
