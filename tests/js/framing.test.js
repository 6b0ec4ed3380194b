import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { close } from "./painted.js";
import { face, fine, LIGHT, PACK } from "./seen.js";

const { WHOLE } = await import("guidance/framing");
const { LiveJudge } = await import("guidance/live-judge");
const { transferred } = await import("guidance/placing");
const { CloseUp } = await import("guidance/close-up");
const { zoomFor, LensZoom } = await import("guidance/lens-zoom");
const { closeUp } = await import("camera/guide");

const pack = { ...PACK, gate: { min_width: 600 } };
const FRAME = { x: 0, y: 0, width: 2160, height: 2880 };

/** A camera and a network of faces: who stands where in the whole frame, seen when it is large enough. */
class Stage {
  constructor(frame = FRAME) {
    this.faces = [face()];
    this.landmarks = true;
    this.behind = { hair: 75, rough: 3, colours: [[235, 235, 235]] };
    this.frame = frame;
    this.looks = [];
  }

  look(_source, area, crop, asked) {
    const by = this.frame.width / crop.width;
    const at = {
      left: (area.x - this.frame.x) / by,
      top: (area.y - this.frame.y) / by,
      scale: this.frame.width / area.width,
    };
    this.looks.push({ ...at, ...asked });
    const seen = this.faces.map((each) => transferred(each, WHOLE, at)).filter(visible(asked.corners ? 20 : 70));
    const [first, ...rest] = seen;
    const hair = (y) => (y - at.top) * at.scale;
    return Promise.resolve({
      faces: first && this.landmarks ? [fine(first), ...rest] : seen,
      light: asked.light ? LIGHT : null,
      background: asked.background && this.behind ? { ...this.behind, hair: hair(this.hair ?? 75) } : null,
      ms: 1,
    });
  }
}

const visible =
  (least) =>
  ({ box }) =>
    box[2] - box[0] >= least && box[2] > 0 && box[0] < 480 && box[1] < 640 && box[3] > 0;

/** A face `share` as wide as the good one, with its eyes at y. */
const standing = (size, { x = 240, y = 250 } = {}) => face({ x, y, size });

/** Look for so many ms, 20 times a second. */
async function watched(stage, ms = 2000, live = new LiveJudge(stage, pack)) {
  const source = { videoWidth: stage.frame.width, videoHeight: stage.frame.height };
  const told = [];
  for (let now = live.now ?? 0, end = now + ms; now < end; now += 50) {
    live.learn(await live.look(source, now), now);
    told.push(live.wanted(now)?.check);
    live.now = now;
  }
  return { live, told };
}

const at = (size, place, hair) => {
  const stage = new Stage();
  stage.faces = [standing(size, place)];
  stage.hair = hair ?? (place?.y ?? 250) - 175 * size;
  return stage;
};

for (const size of [1, 0.6, 0.45, 0.32])
  test(`a face ${size} as large as the oval is green, without a word before`, async () => {
    const { live, told } = await watched(at(size));
    assert.equal(told.at(-1), "", JSON.stringify([...live.judge.known]));
    assert.deepEqual(
      told.filter((each) => each),
      [],
    );
    const wide = live.judge.value("face_width");
    assert.ok(wide > 190 && wide < 230, String(wide));
  });

test("what is shown is the crop: the face fills the oval, its eyes between the lines", async () => {
  const { live } = await watched(at(0.45, { x: 200, y: 300 }));
  const [left, right] = transferred(live.framing.face, WHOLE, live.framing.view).points;
  close(right[0] - left[0], 100, 8, "between the eyes");
  close((left[0] + right[0]) / 2, 240, 12, "centred");
  assert.ok(left[1] > 200 && left[1] < 300, String(left[1]));
});

test("too few px for a crop is a fault that coming closer mends, and is said as such", async () => {
  const stage = at(0.32);
  stage.frame = { x: 0, y: 0, width: 810, height: 1080 };
  const { live } = await watched(stage);
  assert.deepEqual([live.wanted(live.now).check, live.wanted(live.now).few], ["face_width", true]);
  stage.faces = [standing(0.75)];
  stage.hair = 250 - 175 * 0.75;
  const { told } = await watched(stage, 1500, live);
  assert.equal(told.at(-1), "");
});

test("somebody far away is sent with more px, others with the usual", async () => {
  const far = await watched(at(0.28));
  assert.ok(far.live.framing.longest > 2400, String(far.live.framing.longest));
  assert.equal(far.told.at(-1), "");
  const near = await watched(at(0.45));
  assert.equal(near.live.framing.longest, 2000);
});

test("in front of a street the wall is the first that is said, however far the person is", async () => {
  for (const size of [0.45, 0.2]) {
    const stage = at(size);
    stage.behind = { ...stage.behind, rough: 80 };
    const { told } = await watched(stage);
    assert.equal(
      told.find((each) => each),
      "background_uniformity",
    );
  }
});

test("while the silhouette's network is not there yet nothing is said about the rest, and in the end without it", async () => {
  const stage = at(0.15);
  stage.behind = null;
  const { told } = await watched(stage, 4500);
  assert.deepEqual(new Set(told), new Set([undefined]));
  const { told: later } = await watched(stage, 7000);
  assert.equal(later.at(-1), "face_width");
});

test("light is measured on the face alone, and on the empty oval only when nobody is there", async () => {
  const { live } = await watched(at(0.32));
  const { looks } = live.detector;
  assert.ok(looks.some(({ light, scale }) => light && scale > 2));
  assert.deepEqual(looks.filter(({ light, scale }) => light && scale < 2).slice(1), []);
});

test("a look in which the face is missed changes nothing; after three it is gone, and then nobody is there", async () => {
  const stage = at(0.45);
  const { live } = await watched(stage);
  const { faces } = stage;
  stage.faces = [];
  await watched(stage, 100, live);
  assert.ok(live.green(live.now));
  const { told } = await watched(stage, 1000, live);
  assert.equal(told.at(-1), "single_face");
  assert.deepEqual(live.framing.view, WHOLE);
  stage.faces = faces;
  assert.equal((await watched(stage, 1500, live)).told.at(-1), "");
});

test("somebody else in the frame is told although the crop leaves him out", async () => {
  const stage = at(0.45, { x: 320 });
  const { live } = await watched(stage, 1000);
  stage.faces.push(standing(0.3, { x: 60, y: 200 }));
  const { told } = await watched(stage, 2500, live);
  assert.equal(told.at(-1), "single_face");
  assert.equal(live.judge.value("single_face"), 2);
});

test("somebody who comes nearer than the first one is the one who is photographed", async () => {
  const stage = at(0.45, { x: 120 });
  const { live } = await watched(stage, 1000);
  stage.faces.unshift(standing(0.7, { x: 350 }));
  await watched(stage, 2600, live);
  assert.ok(Math.abs(live.framing.face.points[2][0] - 350) < 1);
});

test("a hand that trembles does not move what is shown", async () => {
  const stage = at(0.45);
  const { live } = await watched(stage);
  const { view } = live.framing;
  for (const [x, size] of [
    [242, 0.45],
    [238, 0.46],
    [241, 0.44],
    [239, 0.45],
  ]) {
    stage.faces = [standing(size, { x })];
    await watched(stage, 200, live);
    assert.equal(live.framing.view, view);
  }
  stage.faces = [standing(0.45, { x: 290 })];
  await watched(stage, 1000, live);
  assert.notEqual(live.framing.view, view);
});

test("hair that the crop hides is not called cut off", async () => {
  const stage = at(0.45, {}, 250 - 243 * 0.45);
  const { live, told } = await watched(stage, 4000);
  assert.deepEqual(
    told.filter((each) => each === "hair_line"),
    [],
  );
  close(live.framing.hair * 103 * 2 * 0.45, 243 * 0.45, 15, "above the eyes");
});

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
  const camera = { track, enlarge: () => asked.push("more px") };
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
