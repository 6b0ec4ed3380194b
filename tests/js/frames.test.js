import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { hidden: false };
const { FrameWatch, Stillness, frameSize, lookAtShape } = await import("camera/frames");

/** A stream after so many looks: a frame for each "f", none for "-", muted with frames for "m". */
function after(looks, stillness = new Stillness()) {
  let frames = stillness.frames;
  for (const look of looks) stillness.look(look === "-" ? frames : ++frames, look === "m");
  return stillness;
}

test("a stream that stands still is over after 2.5 s, a slow one is not", () => {
  assert.ok(!after("ff----").over);
  assert.ok(after("ff-----").over);
  assert.ok(!after("f----f----f----f").over);
});

test("at the start a camera may be muted, or give nothing, for longer", () => {
  assert.ok(!after("-".repeat(19)).over);
  assert.ok(!after("m".repeat(19)).over);
  assert.ok(after("m".repeat(20)).over);
  assert.ok(after("fffmmmmm").over);
  assert.ok(!after("fffmmmmfm").over);
});

test("a page in the background shows no frames, and nothing is concluded", () => {
  const stillness = after("ff----");
  stillness.rest();
  assert.ok(!after("----", stillness).over);
});

test("opening again is done less and less often while it does not help, and soon again once it has", () => {
  const stillness = after("f-----");
  stillness.giveUp();
  assert.ok(!after("f---------", stillness).over);
  assert.ok(after("-", stillness).over);
  stillness.giveUp();
  after("f".repeat(20), stillness);
  assert.ok(after("-----", stillness).over);
});

/** A video that shows a frame when told to. */
function aVideo(more = {}) {
  const video = { currentTime: 0, asked: null, ...more };
  video.requestVideoFrameCallback = (call) => {
    video.asked = call;
    return 1;
  };
  video.cancelVideoFrameCallback = () => {
    video.asked = null;
  };
  video.frame = () => video.asked?.();
  return video;
}

test("a live and unmuted track without frames is noticed, once", () => {
  let told = 0;
  const track = { muted: false, readyState: "live" };
  const video = aVideo();
  const watch = new FrameWatch(video, () => told++);
  watch.start(track);
  for (let i = 0; i < 30; i++) {
    video.frame();
    watch.look(track);
  }
  assert.equal(told, 0);
  for (let i = 0; i < 5; i++) watch.look(track);
  assert.equal(told, 1);
  assert.ok(watch.gaveUp);
  watch.start(track);
  assert.ok(!watch.gaveUp);
  watch.stop();
});

test("a browser that never tells of frames is believed by the time that was played", () => {
  let told = 0;
  const track = { muted: false };
  const video = { currentTime: 0 };
  const watch = new FrameWatch(video, () => told++);
  watch.start(track);
  for (let i = 1; i < 40; i++) {
    video.currentTime = i / 2;
    watch.look(track);
  }
  assert.equal(told, 0);
  for (let i = 0; i < 5; i++) watch.look(track);
  assert.equal(told, 1);
});

test("width and height that are the wrong way round are told by what is drawn", async () => {
  const video = { videoWidth: 1920, videoHeight: 1440 };
  const draws = (width, height) => {
    globalThis.createImageBitmap = async () => ({ width, height, close() {} });
    return lookAtShape(video);
  };
  await draws(1920, 1440);
  assert.deepEqual(frameSize(video), { width: 1920, height: 1440 });
  await draws(1440, 1920);
  assert.deepEqual(frameSize(video), { width: 1440, height: 1920 });
  await draws(1920, 1440);
  assert.deepEqual(frameSize(video), { width: 1920, height: 1440 });
  delete globalThis.createImageBitmap;
  await lookAtShape(video);
  assert.deepEqual(frameSize(video), { width: 1920, height: 1440 });
});
