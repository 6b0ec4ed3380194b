import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { close } from "./painted.js";
import { PACK } from "./seen.js";
import { at, standing, watched } from "./stage.js";

const { WHOLE } = await import("guidance/framing");
const { lookCloser } = await import("guidance/picture-look");
const { transferred } = await import("guidance/placing");

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

test("of a face that is far too small nothing is told but that", async () => {
  const stage = at(0.11);
  stage.lit = { even: 5 };
  assert.deepEqual(new Set((await watched(stage)).told), new Set([undefined, "face_width"]));
  stage.faces = [standing(0.3)];
  assert.equal((await watched(stage)).told.at(-1), "illumination_uniformity");
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

/** What looks to the network a little like a large face. */
const pattern = (score = 0.55) => ({ ...standing(0.8, { y: 420 }), score });

test("a pattern on clothes that looks like a nearer face is not followed, and is nobody else", async () => {
  const stage = at(0.45);
  stage.faces.push(pattern(0.65));
  const { live, told } = await watched(stage, 4500);
  assert.ok(Math.abs(live.framing.face.points[2][1] - (250 + 60 * 0.45)) < 1);
  assert.deepEqual(new Set(told.filter((each) => each !== undefined)), new Set([""]));
});

test("before what may be a pattern is followed, the middle is looked at: there a small face is seen", async () => {
  const stage = at(0.3);
  const { faces } = stage;
  const look = stage.look.bind(stage);
  stage.look = (source, area, crop, asked) => {
    stage.faces = area.width === stage.frame.width ? [pattern()] : faces;
    return look(source, area, crop, asked);
  };
  const { live } = await watched(stage, 100);
  assert.ok(Math.abs(live.framing.face.points[2][1] - (250 + 60 * 0.3)) < 1);
  assert.equal((await watched(stage, 2500, live)).told.at(-1), "");
});

test("neither is it taken for the face of the picture that was taken", async () => {
  const looks = [];
  const look = (_bitmap, area) => {
    looks.push(area);
    const faces = area.width === 480 ? [pattern()] : [transferred(standing(0.3), WHOLE, scaled(area))];
    return Promise.resolve({ faces, light: null, background: null });
  };
  const scaled = ({ x, y, width }) => ({ left: x, top: y, scale: 480 / width });
  const { crop } = await lookCloser({ look }, { width: 480, height: 640 }, { ...PACK, gate: { min_width: 160 } });
  assert.ok(crop.scale > 2, JSON.stringify(crop));
  close(crop.left + 240 / crop.scale, 240, 8, "the face is in the middle");
});

test("a face that is never certain is followed all the same", async () => {
  const stage = at(0.45);
  stage.faces[0].score = 0.6;
  assert.equal((await watched(stage)).told.at(-1), "");
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

test("a slow phone measures light less often, and follows the face all the same", async () => {
  const lit = async (slow) => {
    const stage = at(1);
    stage.slow = slow;
    const { live } = await watched(stage, 6000);
    assert.ok(live.green(live.now), `${slow} ms`);
    return stage.looks.filter(({ light, background }) => light && !background).length;
  };
  const [fast, slower] = [await lit(10), await lit(300)];
  assert.ok(fast > 20, String(fast));
  assert.ok(slower < 8, String(slower));
});
