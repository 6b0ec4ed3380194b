import "./resolve.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { afterRefusal } = await import("pairing/journey");
const { Offline, Refusal, refusal } = await import("pairing/api");
const { failureOf } = await import("upload/send");

const MINE = "ab".repeat(32);
const DOCS = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");
/** Every refusal that docs/api.md names: status and codes. */
const NAMED = [...DOCS.matchAll(/^\| (4\d\d) \| ((?:`\w+`(?:, )?)+)/gm)].flatMap(([, status, codes]) =>
  [...codes.matchAll(/\w+/g)].map(([code]) => [Number(status), code]),
);

const fate = (status, fault) => afterRefusal(refusal(status, { error: { text: "…", ...fault } }, 0), MINE);

test("the documentation names the refusals", () => {
  for (const code of [
    "refused",
    "wrong_type",
    "too_large",
    "unreadable",
    "too_small",
    "not_now",
    "no_slot",
    "too_many",
  ])
    assert.ok(
      NAMED.some(([, named]) => named === code),
      code,
    );
});

test("without the picture's hash no refusal gives the picture up, whatever it is called", () => {
  for (const [status, code] of [
    ...NAMED,
    [403, "origin"],
    [404, "http_404"],
    [405, "http_405"],
    [413, "too_large"],
    [422, "refused"],
    [418, "new"],
  ])
    assert.notEqual(fate(status, { code }), "judged", `${status} ${code}`);
});

test("nor does the hash of another picture", () => {
  assert.equal(fate(422, { code: "refused", sha256: "cd".repeat(32) }), "keep");
});

test("what has judged this very picture names it", () => {
  for (const [status, code] of [
    [422, "refused"],
    [415, "wrong_type"],
    [413, "too_large"],
    [422, "unreadable"],
    [422, "too_small"],
  ])
    assert.equal(fate(status, { code, sha256: MINE }), "judged", code);
});

test("an ended pairing, and one that is not confirmed, have ways of their own", () => {
  for (const status of [401, 410]) assert.equal(fate(status, { code: "expired", sha256: MINE }), "ended");
  assert.equal(fate(409, { code: "not_confirmed" }), "confirm");
});

test("what no server of ours said, and what it could not do, is tried again", () => {
  for (const said of [null, {}, "<html>"])
    for (const status of [400, 403, 413, 422, 502]) assert.ok(refusal(status, said, 0) instanceof Offline, status);
  const full = failureOf({
    status: 507,
    offset: null,
    complete: false,
    retryAfter: 5,
    said: { error: { code: "full", text: "没有空间", sha256: MINE } },
  });
  assert.ok(full instanceof Offline && !(full instanceof Refusal));
  assert.deepEqual([full.text, full.status, full.retryAfter], ["没有空间", 507, 5]);
});
