import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerTo, server } from "./server.js";

const { PIECE_BYTES, backoff, send } = await import("upload/send");
const { Offline, Refusal } = await import("pairing/api");
const { sha256 } = await import("upload/digest");

const KB = 1024;

/** A picture of so many bytes, all different enough to notice a piece in the wrong place. */
async function picture(size) {
  const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) % 251).buffer;
  return { bytes, type: "image/jpeg", sha256: await sha256(bytes) };
}

/** A link that does not really wait, and remembers how long it would have. */
function link(http, more = {}) {
  const waits = [];
  const sent = [];
  return {
    http,
    pause: async (failures, atLeast) => void waits.push([failures, atLeast]),
    told: (n) => sent.push(n),
    waits,
    sent,
    ...more,
  };
}

test("on a good link the picture goes in one piece", async () => {
  const { here, http } = server();
  const shown = await picture(300 * KB);
  const answer = await send(shown, link(http));
  assert.deepEqual(here.requests, ["POST ?1"]);
  assert.deepEqual(answer, answerTo(shown));
});

test("when one piece does not get through, 32 KB pieces do, and progress is what has arrived", async () => {
  const { here, http } = server({
    cut: ({ headers }) => headers["Upload-Complete"] === "?1" && !headers["Upload-Offset"],
  });
  const shown = await picture(100 * KB);
  const by = link(http);
  await send(shown, by);
  assert.deepEqual(here.requests, ["POST ?1", "POST ?0", "PATCH 0", "PATCH 32768", "PATCH 65536", "PATCH 98304"]);
  assert.deepEqual(by.sent, [PIECE_BYTES, 2 * PIECE_BYTES, 3 * PIECE_BYTES, 100 * KB]);
  assert.deepEqual(Buffer.from(here.bytes), Buffer.from(shown.bytes));
});

test("after a break the server is asked what has arrived, and only the rest is sent", async () => {
  const { here, http } = server({ cut: ({ method }, { requests }) => method === "PATCH" && requests.length === 3 });
  await send(await picture(80 * KB), link(http, { slow: true }));
  assert.deepEqual(here.requests, ["POST ?0", "PATCH 0", "PATCH 32768", "HEAD", "PATCH 32768", "PATCH 65536"]);
});

test("a piece that arrived although its answer was lost is not sent again", async () => {
  const { here, http } = server({
    cut: ({ method }, { requests }) => (method === "PATCH" && requests.length === 2 ? "after" : false),
  });
  await send(await picture(80 * KB), link(http, { slow: true }));
  assert.deepEqual(here.requests, ["POST ?0", "PATCH 0", "HEAD", "PATCH 32768", "PATCH 65536"]);
});

test("a lost verdict is asked for again, and the picture counts once", async () => {
  const { here, http } = server({
    cut: ({ headers }, { requests }) => (headers["Upload-Offset"] === "65536" && requests.length < 5 ? "after" : false),
  });
  const shown = await picture(80 * KB);
  const answer = await send(shown, link(http, { slow: true }));
  assert.deepEqual(answer, answerTo(shown));
  assert.deepEqual(here.requests.slice(-2), ["HEAD", "POST ?0"]);
});

test("a wrong offset is put right by the server's own", async () => {
  const { here, http } = server();
  const meddled = async (request, progress) => {
    const answer = await http(request, progress);
    return request.method === "POST" ? { ...answer, offset: PIECE_BYTES } : answer;
  };
  await send(await picture(70 * KB), link(meddled, { slow: true }));
  assert.deepEqual(here.requests, ["POST ?0", "PATCH 32768", "PATCH 0", "PATCH 32768", "PATCH 65536"]);
});

test("where a piece takes longer than the link holds, smaller ones go through", async () => {
  const { here, http } = server({ cut: ({ method, body }) => method === "PATCH" && body.byteLength > 10 * KB });
  const shown = await picture(70 * KB);
  await send(shown, link(http, { slow: true }));
  assert.equal(here.requests.filter((request) => request === "PATCH 0").length, 4, "32 and 32 again, 16, then 8");
  assert.deepEqual(Buffer.from(here.bytes), Buffer.from(shown.bytes));
});

test("an upload that the server has forgotten begins anew", async () => {
  const { here, http } = server({
    cut: ({ method }, state) => {
      if (method !== "PATCH" || state.requests.length !== 3) return false;
      Object.assign(state, { announced: false, bytes: new Uint8Array(0) });
      return true;
    },
  });
  const shown = await picture(70 * KB);
  await send(shown, link(http, { slow: true }));
  assert.deepEqual(here.requests.slice(3), ["HEAD", "POST ?0", "PATCH 0", "PATCH 32768", "PATCH 65536"]);
  assert.deepEqual(Buffer.from(here.bytes), Buffer.from(shown.bytes));
});

test("a busy server is asked again when it said", async () => {
  const { http } = server({ busy: 2 });
  const by = link(http);
  await send(await picture(60 * KB), by);
  assert.deepEqual(by.waits, [
    [1, 3],
    [1, 3],
  ]);
});

test("a dead link ends in Offline after a bounded number of tries", async () => {
  const { here, http } = server({ cut: () => true });
  await assert.rejects(send(await picture(60 * KB), link(http)), Offline);
  assert.equal(here.requests.length, 10);
});

test("a refusal is not repeated", async () => {
  const report = { findings: [] };
  const http = async () => ({
    status: 422,
    offset: null,
    retryAfter: 0,
    said: { error: { code: "refused", text: "" }, report },
  });
  await assert.rejects(
    send(await picture(60 * KB), link(http)),
    (error) => error instanceof Refusal && error.report === report,
  );
});

test("the waits grow, stay below 20 s, and honour the server's wish", () => {
  const waits = [1, 2, 3, 4, 5, 9].map((failures) => backoff(failures, 0, () => 0.5));
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 15_000, 15_000]);
  assert.ok(backoff(30, 0, () => 1) < 20_000);
  assert.equal(
    backoff(1, 7, () => 0),
    7000,
  );
});

test("a server without room is asked again when it said, and no piece is sent twice", async () => {
  const { here, http } = server({ tight: 3 });
  const shown = await picture(40 * KB);
  const why = [];
  await send(shown, {
    ...link(http, { slow: true }),
    pause: async (_failures, atLeast, { text, status }) => void why.push([atLeast, text, status]),
  });
  assert.deepEqual(why, Array(3).fill([5, "没有空间", 507]));
  assert.deepEqual(here.requests, [
    "POST ?0",
    "PATCH 0",
    "PATCH 32768",
    ...Array(3).fill(["HEAD", "POST ?0", "PATCH 40960"]).flat(),
  ]);
  assert.deepEqual(Buffer.from(here.bytes), Buffer.from(shown.bytes));
});

test("an answer about another picture is none about this one", async () => {
  const http = async () => ({ status: 201, offset: null, retryAfter: 0, said: answerTo({ sha256: "another" }) });
  await assert.rejects(send(await picture(60 * KB), link(http)), Offline);
});
