import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { face, judged, LIGHT, MEASURING, PACK, seen } from "./seen.js";

const { liveLimits, side, tightened } = await import("guidance/limits");
const { lab, measures } = await import("guidance/measures");
const { bestCrop } = await import("guidance/crop");
const { worthLoading } = await import("guidance/capability");

test("a good face is measured in the pack's own pixels", () => {
  const found = seen();
  assert.equal(found.single_face, 1);
  assert.equal(found.eye_line, 250);
  assert.ok(Math.abs(found.face_width - 207) < 1, String(found.face_width));
  assert.equal(found.inter_eye_distance, 194);
  assert.equal(found.centring, 0);
  assert.equal(found.roll, 0);
  assert.equal(found.yaw, 0);
  assert.equal(found.hair_line, 75);
});

test("roll is positive clockwise, yaw positive towards the right of the picture", () => {
  const turned = face();
  turned.points[1][1] += 10;
  turned.points[2][0] += 20;
  const found = measures({ faces: [turned], light: null, background: null }, PACK, 1);
  assert.ok(Math.abs(found.roll - 5.71) < 0.01);
  assert.ok(found.yaw > 5 && found.yaw < 10, String(found.yaw));
});

test("a second face counts when it is sure and not tiny", () => {
  const count = (other) => measures({ faces: [face(), other], light: null, background: null }, PACK, 1).single_face;
  assert.equal(count(face({ x: 60, size: 0.5 })), 2);
  assert.equal(count(face({ x: 60, size: 0.5, score: 0.55 })), 1);
  assert.equal(count(face({ x: 60, size: 0.15 })), 2);
  assert.equal(count(face({ x: 60, size: 0.08 })), 1);
  assert.equal(count(face({ y: 500, size: 1.5 })), 2, "somebody nearer");
  assert.equal(count(face({ y: 500, size: 1.5, score: 0.65 })), 1, "a pattern on clothes");
});

test("without a face only the light of its place is told, and nothing is made up", () => {
  const found = measures({ faces: [], light: { ...LIGHT, even: null, sharp: null }, background: null }, PACK, 1);
  assert.deepEqual(Object.keys(found), ["single_face", "under_exposure", "over_exposure", "luminance_mean"]);
});

test("white is L 100, and grey has no colour", () => {
  for (const [i, value] of lab([255, 255, 255], MEASURING.colour.to_xyz).entries())
    assert.ok(Math.abs(value - [100, 0, 0][i]) < 0.05, String(value));
  assert.ok(Math.abs(lab([128, 128, 128], MEASURING.colour.to_xyz)[1]) < 0.05);
});

test("the phone's limits are tighter, by a share of the range or of the one limit, and a count stays a count", () => {
  assert.deepEqual(tightened({ low: 200, high: 300 }, 0.1), { low: 210, high: 290 });
  assert.deepEqual(tightened({ low: 70, high: null }, 0.1), { low: 77, high: null });
  assert.deepEqual(tightened({ low: null, high: 0.25 }, 0.1), { low: null, high: 0.225 });
  assert.deepEqual(tightened({ low: 1, high: 1 }, 0.1), { low: 1, high: 1 });
  assert.deepEqual(liveLimits("yaw", PACK, false), { low: -15, high: 15 }, "a hint is not held more tightly");
  const [coarse, fine] = [false, true].map((each) => liveLimits("eye_line", PACK, each));
  assert.deepEqual([coarse, fine], [tightened(PACK.checks.eye_line, 0.1), tightened(PACK.checks.eye_line, 0.03)]);
});

test("limits are inclusive", () => {
  assert.deepEqual(
    [199, 200, 300, 301].map((value) => side(value, { low: 200, high: 300 })),
    ["too_low", "kept", "kept", "too_high"],
  );
});

test("a good picture is green", () => {
  assert.ok(judged(seen()).green);
});

test("each broken rule turns it off, except a coarse warning", () => {
  const broken = {
    single_face: 2,
    eye_line: 320,
    face_width: 120,
    roll: 12,
    under_exposure: 0.5,
    sharpness: 0.1,
    illumination_uniformity: 20,
    background_uniformity: 60,
    hair_line: 20,
  };
  for (const [check, value] of Object.entries(broken)) assert.ok(!judged({ ...seen(), [check]: value }).green, check);
  assert.ok(judged({ ...seen(), background_colour: 40 }).green);
});

test("green needs the light to have been looked at", () => {
  assert.ok(!judged(measures({ faces: [face()], light: null, background: null }, PACK, 1)).green);
});

test("a value on the edge does not flicker", () => {
  const judge = judged({ ...seen(), eye_line: 289 });
  judge.take({ ...seen(), eye_line: 292 }, 400);
  judge.take({ ...seen(), eye_line: 293 }, 440);
  assert.equal(judge.side("eye_line"), "kept");
  for (let i = 0; i < 6; i++) judge.take({ ...seen(), eye_line: 299 }, 500 + i * 40);
  assert.equal(judge.side("eye_line"), "too_high");
  for (let i = 0; i < 8; i++) judge.take({ ...seen(), eye_line: 291 }, 800 + i * 40);
  assert.equal(judge.side("eye_line"), "too_high", "to be kept again it has to be inside");
});

test("what has not been seen for long is forgotten", () => {
  const judge = judged(seen());
  judge.take(measures({ faces: [face()], light: null, background: null }, PACK, 1), 5000);
  assert.equal(judge.side("sharpness"), undefined);
});

test("a small head is cut out only as far as there are pixels", () => {
  const head = { hair: 240, eyes: 320, width: 110, centre: 240 };
  assert.equal(bestCrop(head, PACK.crop, 1, PACK.checks, MEASURING.crop).scale, 1);
  const near = bestCrop(head, PACK.crop, 3, PACK.checks, MEASURING.crop);
  const width = head.width * near.scale;
  assert.ok(width >= 210 && width <= 222, String(width));
  assert.ok((head.eyes - near.top) * near.scale >= 200 && (head.eyes - near.top) * near.scale <= 300);
});

test("a head in its place is hardly cut", () => {
  assert.ok(
    bestCrop({ hair: 75, eyes: 250, width: 216, centre: 240 }, PACK.crop, 3, PACK.checks, MEASURING.crop).scale < 1.01,
  );
});

test("the judge is not loaded where it would be a burden", () => {
  assert.ok(worthLoading({}));
  assert.ok(worthLoading({ connection: { effectiveType: "4g" }, deviceMemory: 4 }));
  assert.ok(!worthLoading({ connection: { saveData: true } }));
  assert.ok(worthLoading({ connection: { effectiveType: "3g" } }), "it comes while people read");
  assert.ok(!worthLoading({ connection: { effectiveType: "2g" } }));
  assert.ok(worthLoading({ connection: { effectiveType: "2g" } }, true), "it is here already");
  assert.ok(!worthLoading({ deviceMemory: 1 }, true));
  assert.ok(worthLoading({ connection: { effectiveType: "4g" } }, false, 30_000));
  assert.ok(!worthLoading({ connection: { effectiveType: "4g" } }, false, 8000), "it would come too late");
  assert.ok(worthLoading({}, true, 8000));
});

test("modules of the live judge are short and write no HTML", () => {
  const folder = new URL("../../static/js/guidance/", import.meta.url);
  for (const name of readdirSync(folder)) {
    const source = readFileSync(new URL(name, folder), "utf8");
    assert.ok(source.split("\n").length <= 200, name);
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|eval\(|new Function/, name);
  }
});
