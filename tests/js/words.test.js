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
/** What set-up makes of them: node bundle.js. */
const BUNDLES = new URL("../../static/bundles/", import.meta.url);
/** No module. */
const NOT_BUNDLED = ["ui/old-browser"];
/** Loaded when somebody has a PC beside the camera, with texts of their own. */
const LATER = ["camera/pc-line", "camera/live-view", "camera/show-switch", "ui/direct"];
const beside = (await import("words/beside.zh")).default;
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("both languages have the same texts with the same places", () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  for (const key of Object.keys(zh)) assert.deepEqual(places(en[key]), places(zh[key]), key);
});

test("every text that the page asks for exists", () => {
  for (const [name, source] of SOURCES)
    for (const [, key] of source.matchAll(/\bt\("([\w.-]+)"/g))
      assert.ok(key in (LATER.includes(name.replace(/\.js$/, "")) ? { ...zh, ...beside } : zh), `${name}: ${key}`);
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

test("the page begins with its own modules alone, what is loaded later is in other bundles", () => {
  const made = JSON.parse(readFileSync(new URL("modules.json", BUNDLES), "utf8"));
  const begun = [...Object.keys(made.first), ...Object.keys(made.phone)];
  const own = SOURCES.map(([name]) => name.replace(/\.js$/, ""));
  const wanted = own.filter((name) => !NOT_BUNDLED.includes(name) && !LATER.includes(name));
  assert.deepEqual(begun.sort(), [...wanted, "guidance/capability"].sort());
  const page = ["first", "phone", "guide", "beside", "live-view", "documents"].flatMap((name) =>
    Object.keys(made[name]),
  );
  assert.equal(new Set(page).size, page.length, "no module is there twice");
});

test("the page is small: scripts, one language, and styles are at most 60 KB compressed", async () => {
  const { gzipSync } = await import("node:zlib");
  const files = ["first.js", "phone.js", "phone.css", "../words/phone.zh.js", "../../templates/phone/page.html"];
  const total = files.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, BUNDLES))).length, 0);
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
