import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { close } from "./painted.js";
import { PACK } from "./seen.js";
import { at, watched } from "./stage.js";

const { CloseUp } = await import("guidance/close-up");
const { zoomFor, LensZoom } = await import("guidance/lens-zoom");
const { closeUp } = await import("camera/guide");

test("the video is drawn so that the crop fills the frame", () => {
  const frame = { width: 360, height: 480 };
  assert.equal(closeUp({ left: 0, top: 0, scale: 1 }, frame), "scale(1.0000) translate(0.0px, 0.0px)");
  assert.equal(closeUp({ left: 0.25, top: 0.1, scale: 2 }, frame), "scale(2.0000) translate(0.0px, 72.0px)");
});

test("the lens closes in where px are wanting, as far as the face stays in the frame, and back out", () => {
  const lens = { zoom: 1, base: 1, max: 4 };
  const middle = { left: 0.3, top: 0.3, scale: 2.5 };
  assert.equal(zoomFor(middle, 0.95, lens), 1, "there are enough");
  close(zoomFor(middle, 1.02, lens), 1.15, 0.01, "a step that is worth it");
  close(zoomFor(middle, 1.8, lens), 1.98, 0.01, "so many px more");
  close(zoomFor(middle, 9, lens), 2.5 / 1.1, 0.01, "what is shown stays in sight");
  assert.equal(zoomFor({ left: 0, top: 0.3, scale: 2.5 }, 9, lens), 1, "it would leave the frame");
  assert.equal(zoomFor({ left: 0, top: 0, scale: 1 }, 0, { ...lens, zoom: 2 }), 1);
});

/** A viewfinder whose camera notes what it is asked for. */
function viewfinder(zoom) {
  const asked = [];
  const track = {
    getCapabilities: () => (zoom ? { zoom: { min: 1, max: zoom } } : {}),
    getSettings: () => (zoom ? { zoom: 1 } : {}),
    applyConstraints: async ({ advanced }) => asked.push(`zoom ${advanced[0].zoom.toFixed(1)}`),
  };
  const camera = { track, enlarge: () => asked.push("more px") > 0 };
  return { asked, camera, showPart: ({ scale }) => asked.push(`shown ${scale.toFixed(1)}`) };
}

test("where px are wanting the lens comes nearer, and one that cannot films with more of them", async () => {
  const stage = at(0.32);
  stage.frame = { x: 0, y: 0, width: 1080, height: 1440 };
  for (const [zoom, wanted] of [
    [4, ["shown 1.8", "zoom 1.6"]],
    [0, ["shown 1.8", "more px"]],
  ]) {
    const { live } = await watched(stage);
    const shown = viewfinder(zoom);
    const near = new CloseUp(shown, live, PACK.crop);
    near.follow(false, live.now);
    assert.deepEqual(shown.asked, wanted);
    assert.equal(live.framing.face === null, Boolean(zoom), "a lens that moves is looked through anew");
  }
  const { live } = await watched(at(0.45));
  const shown = viewfinder(4);
  new CloseUp(shown, live, PACK.crop).follow(false, live.now);
  assert.deepEqual(shown.asked, ["shown 2.3"], "nothing is wanting");
});

test("a lens without zoom is left alone, one with it is asked once and may say no", async () => {
  const asked = [];
  const track = (zoom, answer = Promise.resolve()) => ({
    getCapabilities: () => (zoom ? { zoom: { min: 0.5, max: zoom } } : {}),
    getSettings: () => (zoom ? { zoom: 1 } : {}),
    applyConstraints: ({ advanced: [{ zoom }] }) => {
      asked.push(zoom);
      return answer;
    },
  });
  const part = { left: 0.3, top: 0.3, scale: 2.5 };
  const lens = new LensZoom();
  assert.equal(lens.follow(track(0), part, 3, 0), false);
  assert.equal(lens.follow(undefined, part, 3, 0), false);
  const able = track(2);
  assert.equal(lens.follow(able, part, 3, 0), true);
  assert.equal(lens.follow(able, part, 3, 5000), false, "it is as near as it can be");
  const unable = track(8, Promise.reject(new Error("no")));
  assert.equal(lens.follow(unable, part, 3, 10_000), true);
  await Promise.resolve().then(() => undefined);
  assert.equal(lens.follow(unable, part, 3, 20_000), false);
  assert.deepEqual(
    asked.map((zoom) => zoom.toFixed(2)),
    ["2.00", "2.27"],
  );
});
