import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { withPictures } = await import("ui/storage");
const { drop, find, isLasting, put } = await import("upload/unsent-store");

const STORES = ["indexed", "DB"].join("");
const NOW = 1_800_000_000_000;
const PICTURE = { tag: "a", sha256: "00", at: NOW };

/** A request whose error must not be read yet. */
function pending() {
  return {
    get error() {
      throw new DOMException("The request has not finished.", "InvalidStateError");
    },
  };
}

/** A database that answers when it is let; until then nothing comes. */
function aDatabase() {
  const waiting = [];
  const later = (request, result) =>
    waiting.push(() => {
      request.result = result;
      request.onsuccess?.();
    });
  const transaction = () => {
    const made = { objectStore: () => ({ put: () => done(made), delete: () => done(made) }) };
    return made;
  };
  const done = (made) => {
    setImmediate(() => made.oncomplete());
    return { result: "a" };
  };
  const open = () => {
    const request = pending();
    later(request, { transaction, close() {} });
    setImmediate(() => request.onblocked?.());
    return request;
  };
  const answer = () => {
    for (const each of waiting.splice(0)) each();
  };
  Object.defineProperty(globalThis, STORES, { value: { open }, configurable: true });
  return { answer };
}

/** How long it took, in seconds, and what came. */
async function timed(promise) {
  const begun = performance.now();
  const found = await promise;
  return [(performance.now() - begun) / 1000, found];
}

test("a database that does not answer, or is blocked by another tab, is waited for two seconds, and then not", async () => {
  const database = aDatabase();
  const [first, nothing] = await timed(withPictures("readwrite", (store) => store.put(PICTURE)));
  assert.ok(first > 1.9 && first < 3, `${first} s`);
  assert.equal(nothing, null);
  const [second] = await timed(withPictures("readwrite", (store) => store.put(PICTURE)));
  assert.ok(second < 0.5, `${second} s`);

  await put(PICTURE);
  assert.ok(!isLasting());
  assert.equal((await find("a", NOW))?.sha256, "00", "the picture lives in memory");

  database.answer();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const kept = put(PICTURE);
  setTimeout(database.answer, 100);
  await kept;
  assert.ok(isLasting(), "it answers again, and is waited for");
  const gone = drop("a");
  database.answer();
  await gone;
});

test("where nothing may be stored there is nothing to wait for", async () => {
  delete globalThis[STORES];
  const [seconds] = await timed(put(PICTURE));
  assert.ok(seconds < 0.5);
  assert.ok(!isLasting());
});
