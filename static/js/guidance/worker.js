// @ts-check
/**
 * The networks, away from the page so that the video never waits for them. What else is needed comes by address in the
 * first message, since import maps do not reach workers. Nothing is sent anywhere: this file's own policy forbids it.
 */

/** @import { Measuring } from "guidance/limits" */

/**
 * @typedef {{tensorflow: string, wasm: string, faces: string, light: string, background: string, face: string[],
 *   person: string[], mesh: string, landmarks: string[], measuring: Measuring}} Addresses with the numbers by which is measured
 * @typedef {{id: number, pixels: ArrayBuffer, width: number, height: number, background: boolean, light: boolean,
 *   corners: boolean, oval: {cx: number, cy: number, rx: number, ry: number}}} Order
 */

/** @type {any} */
let parts = null;
/** The network keeps the person's place between frames in which it is not run. @type {any} */
let person = null;
/** The landmark network with the parts of a face; null until it is here. @type {any} */
let mesh = null;
/** What it last told, and where the eyes were. @type {any} */
let last = null;

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
  const [tf, faces, light, background] = await Promise.all(
    [from.tensorflow, from.faces, from.light, from.background].map((address) => import(address)),
  );
  // All three names are wanted; only the middle one exists here, and is what this browser can run.
  tf.setWasmPaths(
    Object.fromEntries(["", "-simd", "-threaded-simd"].map((kind) => [`tfjs-backend-wasm${kind}.wasm`, from.wasm])),
  );
  const [files] = await Promise.all([filesOf(from.face), tf.setBackend("wasm")]);
  const face = await network(tf, files);
  parts = { tf, faces, light, background, face, measuring: from.measuring };
  run(face, new Float32Array(faces.FACES_SIDE ** 2 * 3), faces.FACES_SIDE);
  postMessage({ ready: true });
  person = await filesOf(from.person)
    .then((later) => network(tf, later))
    .catch(() => null);
  mesh = await openMesh(from).catch(() => null);
}

/** @param {Addresses} from */
async function openMesh(from) {
  const [module, files] = await Promise.all([import(from.mesh), filesOf(from.landmarks)]);
  return { ...module, network: await network(parts.tf, files), parts: files[0].face };
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
function look({ id, pixels, width, height, background, light, corners, oval }) {
  const began = performance.now();
  const frame = { data: new Uint8ClampedArray(pixels), width, height };
  const faces = found(frame, corners);
  const seen = light || background;
  const outlines = mesh && faces.length ? finer(frame, faces, seen) : null;
  const { lightOn, lightIn } = parts.light;
  const reading = parts.measuring.light;
  const measured =
    seen && (faces.length ? lightOn(frame, faces[0].points, reading, outlines) : lightIn(frame, oval, reading));
  const behind = background && person ? backgroundBehind(frame, faces[0]) : null;
  postMessage(
    { id, faces, light: measured || null, background: behind, ms: performance.now() - began, pixels },
    { transfer: [pixels] },
  );
}

/**
 * Gives the first face the points of its landmarks: read anew, or carried along with the eyes.
 * @param {any} frame @param {any[]} faces @param {boolean} anew
 */
function finer(frame, faces, anew) {
  const [face] = faces;
  if (!anew && !last) return null;
  if (!anew) {
    faces[0] = { ...face, points: [...face.points, ...mesh.carried(last.points, last.eyes, face.points)] };
    return null;
  }
  const square = mesh.squareOf(frame, face);
  const landmarks = mesh.landmarksOf(run(mesh.network, square.values, mesh.MESH_SIDE), square);
  last = { points: mesh.fixedPoints(landmarks, mesh.parts), eyes: face.points.slice(0, 2) };
  faces[0] = { ...face, points: [...face.points, ...last.points], look: mesh.lookOf(landmarks, mesh.parts) };
  return mesh.outlinesOf(landmarks, mesh.parts);
}

/** The largest first. @param {any} frame @param {boolean} corners also what is too small to be seen in the whole */
function found(frame, corners) {
  const { squareAround, cornersOf, others } = parts.faces;
  const search = parts.measuring.faces;
  const faces = seenIn(frame, squareAround(frame));
  const small = corners ? cornersOf(frame, search).flatMap((/** @type {any} */ corner) => seenIn(frame, corner)) : [];
  return [...faces, ...others(small, faces, search)].sort((a, b) => b.box[2] - b.box[0] - (a.box[2] - a.box[0]));
}

/** @param {any} frame @param {any} region @returns {any[]} */
function seenIn(frame, region) {
  const { sampled, facesIn, FACES_SIDE: side } = parts.faces;
  const values = sampled(frame, region, side, side, (/** @type {number} */ level) => level / 127.5 - 1);
  return facesIn(run(parts.face, values, side), region, parts.measuring.faces);
}

/** @param {any} frame @param {any} face */
function backgroundBehind(frame, face) {
  const { SILHOUETTE_SIDE: side, measureBackground } = parts.background;
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const values = run(
    person,
    parts.faces.sampled(frame, whole, side, side, (/** @type {number} */ level) => level / 255),
    side,
  );
  return measureBackground(frame, { values, side }, face ? headOf(face) : null, parts.measuring);
}

/** @param {any} face */
function headOf({ box, points }) {
  const [left, right, , , , , iris, other, side, far] = points;
  if (far)
    return {
      centre: (side[0] + far[0]) / 2,
      eyes: (iris[1] + other[1]) / 2,
      width: Math.hypot(far[0] - side[0], far[1] - side[1]),
    };
  return { centre: (box[0] + box[2]) / 2, eyes: (left[1] + right[1]) / 2, width: (box[2] - box[0]) * 0.885 };
}
