/**
 * The phone's scripts and styles as few files, from static/js and static/css into static/bundles, at set-up:
 * `node bundle.js`. docs/decisions/bundles.md.
 *
 * A bundle exports what its modules export, each name once, so that the page's import map can send every module's name to the
 * file that it is in. What one bundle has, a later one imports by that name.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const STATIC = "static";
const INTO = `${STATIC}/bundles`;
const PRESSED = `${INTO}/pressed`;
/** In this order: what the page begins with, and what it loads later, by the modules that are asked for. */
const OF_THE_PAGE = {
  first: ["pairing/first"],
  phone: ["pairing/page"],
  look: ["look/own-check", "look/registered", "look/file-structure", "look/probe", "look/link-rate"],
  guide: ["guidance/watch", "guidance/picture-findings", "guidance/detector"],
  beside: ["camera/pc-line"],
  "live-view": ["camera/live-view"],
  documents: ["documents/phone"],
};
const STYLES = ["tokens", "base", "phone", "camera"];
const OURS = /^(ui|camera|look|guidance|upload|pairing|documents)\//;
const WORTH_PRESSING = [".css", ".js", ".json", ".svg", ".wasm", ".bin", ".webmanifest"];
/** Bytes. Smaller ones go into one packet either way. */
const LEAST = 1000;

/** @param {string | Buffer} body as app/http/assets.py names it */
const hashOf = (body) => createHash("sha256").update(body).digest("hex").slice(0, 12);
/** @param {string} module */
const sourceOf = (module) => `${STATIC}/js/${module}.js`;

/**
 * Modules by their names; what is loaded later, is elsewhere already or is not ours stays an import.
 * @param {Set<string>} elsewhere @returns {import("esbuild").Plugin}
 */
const named = (elsewhere) => ({
  name: "named",
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) => {
      if (kind !== "import-statement") return kind === "dynamic-import" ? { path, external: true } : null;
      if (!OURS.test(path) || elsewhere.has(path)) return { path, external: true };
      return { path: `${process.cwd()}/${sourceOf(path)}` };
    });
  },
});

/**
 * @param {string} contents of the entry module @param {string} name @param {Set<string>} [elsewhere]
 * @returns {Promise<string[]>} the modules in it
 */
async function bundle(contents, name, elsewhere = new Set()) {
  const { metafile } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    outfile: `${INTO}/${name}.js`,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    sourcemap: "linked",
    metafile: true,
    plugins: [named(elsewhere)],
  });
  return Object.keys(metafile.inputs)
    .filter((path) => path.startsWith(`${STATIC}/js/`))
    .map((path) => path.slice(`${STATIC}/js/`.length, -".js".length));
}

/** The bundles of the page, with the hashes of the modules that each was made of. */
async function bundles() {
  /** @type {Set<string>} */
  const elsewhere = new Set();
  /** @type {Record<string, Record<string, string>>} */
  const made = {};
  for (const [name, entries] of Object.entries(OF_THE_PAGE)) {
    const modules = await bundle(entries.map((each) => `import "${each}";`).join("\n"), name, elsewhere);
    await bundle(modules.map((each) => `export * from "${each}";`).join("\n"), name, elsewhere);
    made[name] = sourcesOf(modules);
    for (const each of modules) elsewhere.add(each);
  }
  return { ...made, worker: sourcesOf(await bundle(`import "guidance/worker";`, "worker")) };
}

/** @param {string[]} modules */
function sourcesOf(modules) {
  return Object.fromEntries(modules.sort().map((module) => [module, hashOf(readFileSync(sourceOf(module)))]));
}

/** One file of styles, in their order. */
async function styles() {
  const contents = STYLES.map((name) => readFileSync(`${STATIC}/css/${name}.css`, "utf8")).join("\n");
  const from = { stdin: { contents, loader: /** @type {const} */ ("css") }, outfile: `${INTO}/phone.css` };
  await build({ ...from, minify: true, target: "es2022", charset: "utf8", logLevel: "error" });
}

/** Brotli, named by what it is of, so that it can never be sent for anything else. */
function press() {
  const kept = new Set(filesBelow(STATIC).map(pressed));
  for (const file of readdirSync(PRESSED)) if (!kept.has(file)) rmSync(`${PRESSED}/${file}`);
}

/** @param {string} path @returns {string} the name of the pressed file */
function pressed(path) {
  const body = readFileSync(path);
  const name = `${hashOf(body)}.br`;
  if (!existsSync(`${PRESSED}/${name}`))
    writeFileSync(
      `${PRESSED}/${name}`,
      brotliCompressSync(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
      }),
    );
  return name;
}

/** What is served as it is and worth it: our own scripts are served without comments. @param {string} folder */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && WORTH_PRESSING.includes(extname(each.name)))
    .map((each) => `${each.parentPath}/${each.name}`)
    .filter((path) => !path.startsWith(`${STATIC}/js/`) && readFileSync(path).length >= LEAST);
}

mkdirSync(PRESSED, { recursive: true });
const made = await bundles();
await styles();
writeFileSync(`${INTO}/modules.json`, `${JSON.stringify(made, null, 1)}\n`);
press();
