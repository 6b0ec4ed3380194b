import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

// node has no IndexedDB, as some private windows have none: the picture then lives as long as the page.
const { DAY, drop, isFresh, storeKey, find, put } = await import("upload/unsent-store");

const NOW = 1_800_000_000_000;
const kept = (more = {}) => ({
  tag: "a",
  pairing: "p",
  sha256: "00",
  type: "image/jpeg",
  bytes: new ArrayBuffer(8),
  width: 3,
  height: 4,
  at: NOW,
  wanted: false,
  ...more,
});

test("a picture is found under its own tag and under no other", async () => {
  await put(kept());
  assert.equal((await find("a", NOW + 1000))?.sha256, "00");
  assert.equal(await find("b", NOW + 1000), null);
});

test("a picture of a document lies beside the portrait of the same application, one a slot", async () => {
  for (const [slot, sha256] of [
    ["", "01"],
    ["front", "02"],
    ["front", "03"],
  ])
    await put(kept({ tag: storeKey("d", slot), sha256 }));
  assert.equal((await find(storeKey("d"), NOW))?.sha256, "01");
  assert.equal((await find(storeKey("d", "front"), NOW))?.sha256, "03");
  await drop(storeKey("d", "front"));
  assert.equal(await find(storeKey("d", "front"), NOW), null);
  assert.equal((await find(storeKey("d"), NOW))?.sha256, "01");
});

test("after a day it is gone", async () => {
  await put(kept());
  assert.ok(isFresh(kept(), NOW + DAY - 1));
  assert.equal(await find("a", NOW + DAY), null);
});

test("a picture from the future is not trusted to be young", () => {
  assert.ok(!isFresh(kept({ at: NOW + 1 }), NOW));
});

test("an acknowledged picture is dropped", async () => {
  await put(kept());
  await drop("a");
  assert.equal(await find("a", NOW), null);
});
