import "./resolve.js";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const zh = (await import("words/phone.zh")).default;
const en = (await import("words/phone.en")).default;
const { refusal } = await import("pairing/api");
const { worthSaying } = await import("camera/findings");

const SCRIPTS = new URL("../../static/js/", import.meta.url);
/** The modules that the phone's page begins with, and the script for old browsers: `camera/guide.js` → its text. */
const SOURCES = ["ui", "camera", "upload", "pairing"].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, SCRIPTS)).map((name) => [
    `${folder}/${name}`,
    readFileSync(new URL(`${folder}/${name}`, SCRIPTS), "utf8"),
  ]),
);
/** No module. */
const NOT_PRELOADED = ["ui/old-browser"];
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("both languages have the same texts with the same places", () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  for (const key of Object.keys(zh)) assert.deepEqual(places(en[key]), places(zh[key]), key);
});

test("every text that the page asks for exists", () => {
  for (const [name, source] of SOURCES)
    for (const [, key] of source.matchAll(/\bt\("([\w.-]+)"/g)) assert.ok(key in zh, `${name}: ${key}`);
});

test("nothing shouts", () => {
  for (const text of [...Object.values(zh), ...Object.values(en)]) assert.doesNotMatch(text, /[!！]/);
});

test("labels that people have on paper are exactly those", () => {
  const labels = [
    "确认无误",
    "我知道了，去拍照",
    "用本机拍照",
    "拍照",
    "重拍",
    "使用这张照片",
    "上传照片",
    "换浏览器打开",
    "复制链接",
  ];
  for (const label of labels) assert.ok(Object.values(zh).includes(label), label);
});

test("the shell preloads every module of the page and no other", () => {
  const shell = readFileSync(new URL("../../templates/phone/page.html", import.meta.url), "utf8");
  const listed =
    shell
      .match(/for name in \[\s*'pairing\/page'[^\]]*\]/)?.[0]
      .match(/'([\w/-]+)'/g)
      ?.map((name) => name.slice(1, -1)) ?? [];
  const wanted = SOURCES.map(([name]) => name.replace(/\.js$/, "")).filter((name) => !NOT_PRELOADED.includes(name));
  assert.deepEqual(listed.sort(), wanted.sort());
});

test("the page is small: modules, one language, and styles are at most 60 KB compressed", async () => {
  const { gzipSync } = await import("node:zlib");
  const root = new URL("../../", import.meta.url);
  const more = [
    "static/words/phone.zh.js",
    "static/css/tokens.css",
    "static/css/base.css",
    "static/css/phone.css",
    "templates/phone/page.html",
  ];
  const texts = [
    ...SOURCES.map(([, source]) => source),
    ...more.map((path) => readFileSync(new URL(path, root), "utf8")),
  ];
  const total = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  assert.ok(total <= 60 * 1024, `${total} bytes`);
});

test("no module writes HTML from strings, and none is long", () => {
  for (const [name, source] of SOURCES) {
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/, name);
    assert.ok(source.split("\n").length <= 200, name);
  }
});

test("an answer that is not ours means trying again; a refusal of ours does not", () => {
  assert.equal(refusal(502, null, 0).message, "offline");
  assert.equal(refusal(200, null, 0).message, "offline");
  const gone = refusal(410, { error: { code: "replaced", text: "…" } }, 0);
  assert.equal(gone.code, "replaced");
  assert.ok(gone.ended);
});

const finding = (check, verdict, zh = check) => ({ check, verdict, advice: { zh, en: zh } });
const shown = (...findings) => worthSaying(findings).map(({ check }) => check);

test("findings: the worst first, and only what a person should know", () => {
  assert.deepEqual(shown(finding("a", "warn"), finding("b", "pass"), finding("d", "inform"), finding("e", "unsure")), [
    "e",
    "a",
  ]);
});

test("findings: the same words are said once", () => {
  const cannot = "cannot tell";
  assert.deepEqual(shown(finding("a", "unsure", cannot), finding("b", "warn"), finding("c", "unsure", cannot)), [
    "a",
    "b",
  ]);
});

test("findings: what a reviewer would look at is not said of a refused picture", () => {
  assert.deepEqual(shown(finding("a", "warn"), finding("c", "refuse"), finding("e", "unsure")), ["c", "a"]);
});
