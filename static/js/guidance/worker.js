// @ts-check
/**
 * The networks, away from the page so that the video never waits for them. Import maps do not reach workers: this is bundled
 * with what it imports, and the networks come in messages. Nothing is sent anywhere: this file's own policy forbids it.
 */

import { measureBackground, SILHOUETTE_SIDE } from "guidance/background";
import { cornersOf, FACES_SIDE, facesIn, largestFirst, others, sampled, squareAround } from "guidance/faces";
import { headOf } from "guidance/head";
import { lightIn, lightOn } from "guidance/light";
import { LandmarkReader, MESH_SIDE } from "guidance/mesh";

/**
 * @import { Face, Area, Frame } from "guidance/faces"
 * @import { Measuring } from "guidance/limits"
 */

/**
 * @typedef {{tensorflow: string, wasm: string, files: ArrayBuffer[], measuring: Measuring}} Needs two addresses, the
 *   network of faces, and the numbers by which is measured
 * @typedef {{id: number, pixels: ArrayBuffer, width: number, height: number, scale: number, background: boolean,
 *   light: boolean, corners: boolean, oval: {cx: number, cy: number, rx: number, ry: number}}} Order
 */

/** @type {any} */
let parts = null;
/** The network keeps the person's place between frames in which it is not run. @type {any} */
let person = null;
/** Reads the landmarks; null until their network is here. @type {LandmarkReader | null} */
let reader = null;

globalThis.onmessage = async (/** @type {MessageEvent} */ { data }) => {
  try {
    if (data.tensorflow) await open(data);
    else if (data.name === "person") person = await network(parts.tf, data.files);
    else if (data.name === "landmarks") reader = await readerOf(data.files);
    else look(data);
  } catch (error) {
    postMessage({ id: data.id, failed: String(error) });
  }
};

/** @param {Needs} needs */
async function open({ tensorflow, wasm, files, measuring }) {
  const tf = await import(tensorflow);
  // All three names are wanted; only the middle one exists here, and is what this browser can run.
  tf.setWasmPaths(
    Object.fromEntries(["", "-simd", "-threaded-simd"].map((kind) => [`tfjs-backend-wasm${kind}.wasm`, wasm])),
  );
  await tf.setBackend("wasm");
  parts = { tf, face: await network(tf, files), measuring };
  run(parts.face, new Float32Array(FACES_SIDE ** 2 * 3), FACES_SIDE);
  postMessage({ ready: true });
}

/** @param {ArrayBuffer[]} files */
async function readerOf(files) {
  const { face } = JSON.parse(new TextDecoder().decode(files[0]));
  const landmarks = await network(parts.tf, files);
  return new LandmarkReader((values) => run(landmarks, values, MESH_SIDE), face);
}

/** @param {any} tf @param {ArrayBuffer[]} files the graph and the weights */
function network(tf, [graph, weightData]) {
  const { modelTopology, weightsManifest, signature } = JSON.parse(new TextDecoder().decode(graph));
  const weightSpecs = weightsManifest.flatMap((/** @type {any} */ group) => group.weights);
  return tf.loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData, signature }) });
}

/** @param {any} network @param {Float32Array} values @param {number} side @returns {Float32Array} */
function run(network, values, side) {
  let numbers = values;
  // What is returned in there would be searched for tensors, number by number.
  parts.tf.tidy(() => {
    numbers = network.execute(parts.tf.tensor4d(values, [1, side, side, 3])).dataSync();
  });
  return numbers;
}

/** @param {Order} order */
function look({ id, pixels, width, height, scale, background, light, corners, oval }) {
  const began = performance.now();
  const frame = { data: new Uint8ClampedArray(pixels), width, height };
  const faces = found(frame, scale, corners);
  const seen = light || background;
  const outlines = reader && faces.length ? reader.refine(frame, faces, seen) : null;
  const reading = parts.measuring.light;
  const measured =
    seen && (faces.length ? lightOn(frame, faces[0].points, reading, outlines) : lightIn(frame, oval, reading));
  const behind = background && person ? backgroundBehind(frame, faces[0]) : null;
  postMessage({ id, faces, light: measured || null, background: behind, ms: performance.now() - began });
}

/**
 * The largest certain one first, in px of the registered picture.
 * @param {Frame} frame @param {number} scale how many of those are one px of the frame
 * @param {boolean} corners also what is too small to be seen in the whole
 */
function found(frame, scale, corners) {
  const search = parts.measuring.faces;
  const faces = seenIn(frame, squareAround(frame), scale);
  const small = corners ? cornersOf(frame, search).flatMap((corner) => seenIn(frame, corner, scale)) : [];
  return largestFirst([...faces, ...others(small, faces, search)], search);
}

/** @param {Frame} frame @param {Area} region @param {number} scale @returns {Face[]} */
function seenIn(frame, region, scale) {
  const values = sampled(frame, region, FACES_SIDE, FACES_SIDE, (level) => level / 127.5 - 1);
  const [x, y, width, height] = [region.x, region.y, region.width, region.height].map((px) => px * scale);
  return facesIn(run(parts.face, values, FACES_SIDE), { x, y, width, height }, parts.measuring.faces);
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
