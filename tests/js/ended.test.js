import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const zh = (await import("words/phone.zh")).default;
const api = await import("pairing/api");

test("a refusal brings along its closer reason and its language", () => {
  const refusal = api.refusal(410, { error: { code: "handed_over", text: "…", why: "saved", language: "en" } }, 0);
  assert.deepEqual([refusal.why, refusal.language], ["saved", "en"]);
});

test("a portrait that is only saved is not said to be handed in", () => {
  assert.match(zh["ended.saved"], /还没有提交审核/);
  assert.match(zh["ended.handed_over"], /已提交审核/);
});
