import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { server } from "./server.js";

const { isSlow, rateOf } = await import("look/link-rate");
const { SLOW, crawls, send } = await import("upload/send");
const { Crawling } = await import("upload/http");
const { sha256 } = await import("upload/digest");

const KB = 1024;

/** A resource as Resource Timing has it. */
const loaded = (requestStart, responseStart, responseEnd, transferSize, more = {}) => ({
  startTime: requestStart,
  requestStart,
  responseStart,
  responseEnd,
  transferSize,
  workerStart: 0,
  ...more,
});

async function picture(size = 200 * KB) {
  const bytes = Uint8Array.from({ length: size }, (_, i) => i % 251).buffer;
  return { bytes, type: "image/jpeg", sha256: await sha256(bytes) };
}

const link = (http, more) => ({ http, pause: async () => undefined, told: () => undefined, ...more });

test("a link is slow by what the browser says of it", () => {
  assert.equal(isSlow({ effectiveType: "2g", downlink: 10 }, []), true);
  assert.equal(isSlow({ effectiveType: "4g", downlink: 0.05 }, []), true);
  assert.equal(isSlow({ effectiveType: "4g", downlink: 1.5 }, []), false);
});

test("where nothing is known a link is not called slow", () => {
  assert.equal(isSlow(undefined, []), false);
  assert.equal(isSlow({}, [loaded(0, 900, 1000, 700)]), false, "a small answer tells of the latency alone");
});

test("a link is slow by what the page has loaded", () => {
  assert.equal(isSlow(undefined, [loaded(0, 100, 5100, 40 * KB)]), true);
  assert.equal(isSlow(undefined, [loaded(0, 100, 300, 40 * KB)]), false);
});

test("resources that come at the same time share the link", () => {
  const four = [0, 1, 2, 3].map(() => loaded(100, 200, 1200, 10 * KB));
  assert.equal(rateOf(four), 40 * KB);
  assert.equal(isSlow(undefined, four), false);
});

test("what came out of a cache or through the service worker tells nothing", () => {
  assert.equal(rateOf([loaded(0, 0, 5000, 0), loaded(0, 0, 5000, 40 * KB, { workerStart: 1 })]), Infinity);
});

test("the last resources count: a link may have become slow, or quick", () => {
  const quick = [0, 1, 2].map((at) => loaded(at, at, at + 50, 20 * KB));
  const slow = [0, 1, 2].map((at) => loaded(9000 * at + 100, 9000 * at + 100, 9000 * at + 8100, 20 * KB));
  assert.ok(rateOf([...quick, ...slow]) < SLOW);
  assert.ok(
    rateOf(
      slow.concat(quick.map((each) => ({ ...each, requestStart: 30_000, responseStart: 30_000, responseEnd: 30_050 }))),
    ) > SLOW,
  );
});

test("what is in the buffers of a socket has not left", () => {
  assert.equal(crawls(16 * KB, 300 * KB), true);
  assert.equal(crawls(64 * KB, 300 * KB), true);
  assert.equal(crawls(150 * KB, 300 * KB), false);
  assert.equal(crawls(60 * KB, 60 * KB), false);
});

test("a good link pays nothing: no question, one request", async () => {
  const { here, http } = server();
  const ask = () => assert.fail("asked");
  await send(await picture(), link(http, { quick: async () => true, ask }));
  assert.deepEqual(here.requests, ["POST ?1"]);
});

test("on a slow link the server is asked first, and the picture then goes in pieces", async () => {
  const { here, http } = server();
  const asked = [];
  await send(
    await picture(40 * KB),
    link(http, { slow: true, ask: async () => asked.push(here.requests.length) && 4 * KB }),
  );
  assert.deepEqual(asked, [0], "before anything is sent");
  assert.deepEqual(here.requests, ["POST ?0", "PATCH 0", "PATCH 32768"]);
});

test("a picture that would be refused is not sent", async () => {
  const { here, http } = server();
  const foreseen = new Error("foreseen");
  const ask = () => Promise.reject(foreseen);
  for (const how of [{ slow: true }, { quick: async () => false }])
    await assert.rejects(send(await picture(), link(http, { ...how, ask })), foreseen);
  assert.deepEqual(here.requests, []);
});

test("when the question shows that the link is good, the picture goes in one piece", async () => {
  const { here, http } = server();
  await send(await picture(), link(http, { quick: async () => false, ask: async () => 200 * KB }));
  assert.deepEqual(here.requests, ["POST ?1"]);
});

test("an upload that crawls is broken off, asked about, and sent in pieces", async () => {
  const { here, http } = server();
  const asked = [];
  const crawling = async (request, progress, tooSlow) => {
    if (request.headers["Upload-Complete"] === "?1" && tooSlow?.(16 * KB)) throw new Crawling();
    return http(request, progress);
  };
  await send(await picture(), link(crawling, { quick: async () => true, ask: async () => asked.push(1) }));
  assert.deepEqual([asked, here.requests[0]], [[1], "POST ?0"]);
});

test("whoever was told that it will be refused, and sends it, is not asked about again", async () => {
  const { here, http } = server();
  await send(await picture(40 * KB), link(http, { slow: true }));
  assert.deepEqual(here.requests, ["POST ?0", "PATCH 0", "PATCH 32768"]);
});
