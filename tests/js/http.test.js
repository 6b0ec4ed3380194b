import "./resolve.js";
import assert from "node:assert/strict";
import { mock, test } from "node:test";

mock.timers.enable({ apis: ["setTimeout"] });
globalThis.XMLHttpRequest = class {
  upload = {};
  open() {}
  setRequestHeader() {}
  send() {
    this.upload.onload(); // all of it has left, and nothing is answered
  }
  abort() {
    this.onabort();
  }
};
globalThis.document ??= { documentElement: { lang: "zh" } };

const { http } = await import("upload/http");
const request = { method: "POST", path: "/m/probes", headers: {}, body: new ArrayBuffer(1) };

/** Whether it has ended by then. */
async function ended(given, ms) {
  let end = null;
  http(given).catch((why) => {
    end = why.constructor.name;
  });
  mock.timers.tick(ms);
  await Promise.resolve();
  return end;
}

test("a request without an answer ends after 40 s", async () => {
  assert.equal(await ended(request, 39_999), null);
  assert.equal(await ended(request, 40_000), "Offline");
});

test("one whose answer is of no use later ends then", async () => {
  assert.equal(await ended({ ...request, within: 24_000 }, 23_999), null);
  assert.equal(await ended({ ...request, within: 24_000 }, 24_000), "Offline");
});
