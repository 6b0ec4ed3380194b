import "./resolve.js";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const zh = (await import("words/documents.zh")).default;
const en = (await import("words/documents.en")).default;
const phone = (await import("words/phone.zh")).default;
const { FRAME_RATIOS } = await import("documents/picture");
const { fateOf } = await import("documents/unsent");
const { pairingOf } = await import("pairing/journey");
const { sendDocument } = await import("documents/send");
const { Offline, Refusal } = await import("pairing/api");
const { cropOf } = await import("camera/picture");
const { layout } = await import("camera/guide");

const FOLDER = new URL("../../static/js/documents/", import.meta.url);
const SOURCES = readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), "utf8")]);
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const PICTURE = { sha256: "00".repeat(32), type: "image/jpeg", bytes: new ArrayBuffer(70_000) };

test("both languages have the same texts with the same places, and nothing shouts", () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  for (const key of Object.keys(zh)) assert.deepEqual(places(en[key]), places(zh[key]), key);
  for (const text of [...Object.values(zh), ...Object.values(en)]) assert.doesNotMatch(text, /[!！]/);
});

test("every text that is asked for exists", () => {
  for (const [name, source] of SOURCES)
    for (const [, key] of source.matchAll(/\bt\("([\w.-]+)"/g)) assert.ok(key in zh || key in phone, `${name}: ${key}`);
});

test("no module writes HTML from strings, and none is long", () => {
  for (const [name, source] of SOURCES) {
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write/, name);
    assert.ok(source.split("\n").length <= 200, name);
  }
});

test("what is in the frame on the screen is what is in the picture, lying and standing", () => {
  for (const ratio of Object.values(FRAME_RATIOS)) {
    for (const video of [
      { width: 1440, height: 1920 },
      { width: 1920, height: 1080 },
    ]) {
      const crop = cropOf(video.width, video.height, ratio);
      const placed = layout({ width: 360, height: 560 }, video, ratio);
      assert.ok(Math.abs(crop.width / crop.height - ratio) < 0.01);
      assert.ok(Math.abs((crop.width * placed.video.width) / video.width - placed.frame.width) < 2);
    }
  }
});

test("a card fills a picture of 1,440×1,080 px from a phone held upright", () => {
  assert.deepEqual(cropOf(1440, 1920, FRAME_RATIOS.card), { x: 0, y: 420, width: 1440, height: 1080 });
});

const taken = (status, sha256 = PICTURE.sha256) => ({ status, said: { document: { sha256 } } });

/** A link that answers in turn, and does not really wait. */
function link(...answers) {
  const requests = [];
  const waits = [];
  const http = async (request) => {
    requests.push(request);
    const answer = answers.shift();
    if (!answer) throw new Offline();
    return { offset: null, complete: false, retryAfter: 0, said: null, ...answer };
  };
  return { requests, waits, http, pause: async (...how) => void waits.push(how) };
}

test("a picture goes to its slot under its own name", async () => {
  const by = link(taken(201));
  await sendDocument(
    "front",
    PICTURE,
    () => {},
    () => {},
    by,
  );
  assert.equal(by.requests[0].path, "/m/documents/front");
  assert.equal(by.requests[0].headers["Repr-Digest"], `sha-256=:${"A".repeat(43)}=:`);
  assert.equal(by.requests[0].body, PICTURE.bytes);
});

test("a broken link is tried again, and one that was taken before is as good as taken now", async () => {
  let said = 0;
  const by = link(null, { status: 503, retryAfter: 2, said: { error: { code: "busy", text: "" } } }, taken(200));
  await sendDocument(
    "back",
    PICTURE,
    () => {},
    () => said++,
    by,
  );
  assert.equal(by.requests.length, 3);
  assert.deepEqual(
    by.waits.map((each) => each.slice(0, 2)),
    [
      [1, 0],
      [2, 2],
    ],
  );
  assert.equal(said, 2);
});

test("a refusal is not repeated", async () => {
  const by = link({ status: 422, said: { error: { code: "too_small", text: "…" } } });
  await assert.rejects(
    sendDocument(
      "back",
      PICTURE,
      () => {},
      () => {},
      by,
    ),
    (error) => error instanceof Refusal && error.code === "too_small",
  );
  assert.equal(by.requests.length, 1);
});

test("what was taken before a reload is sent, looked at again, or let go", () => {
  const state = {
    number: "4821",
    until: "18:00",
    documents: { slots: [{ slot: "front", state: "missing", document: null }] },
  };
  const left = { slot: "front", sha256: "aa", pairing: pairingOf(state), wanted: true };
  const there = (document, more = {}) => ({
    ...state,
    documents: { slots: [{ slot: "front", state: "received", document, ...more }] },
  });
  assert.equal(fateOf(state, left), "send");
  assert.equal(fateOf(state, { ...left, wanted: false }), "look");
  assert.equal(fateOf({ ...state, number: "0000" }, left), "look", "another scan: the person is asked");
  assert.equal(fateOf(there({ sha256: "aa" }), left), "drop", "it has arrived, only the answer was lost");
  assert.equal(fateOf(there({ sha256: "bb" }), left), "look", "another picture came from the PC");
  assert.equal(
    fateOf(there({ sha256: "bb" }, { state: "kept" }), left),
    "send",
    "in place of the one that the offices have",
  );
  assert.equal(fateOf(state, { ...left, slot: "back" }), "pass", "the document has no such side now");
});

test("a dead link ends after a bounded number of tries", async () => {
  const by = link();
  await assert.rejects(
    sendDocument(
      "back",
      PICTURE,
      () => {},
      () => {},
      by,
    ),
    Offline,
  );
  assert.equal(by.requests.length, 9);
});

test("an answer about another picture is none about this one", async () => {
  await assert.rejects(
    sendDocument(
      "back",
      PICTURE,
      () => {},
      () => {},
      link(taken(201, "another")),
    ),
    Offline,
  );
});
