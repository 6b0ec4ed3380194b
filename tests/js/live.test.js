import "./resolve.js";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const { tightened, side, live } = await import("live/limits");
const { measures, offset, lab } = await import("live/ruler");
const { Judge } = await import("live/judge");
const { Prompter, WELL, foremost, keyOf } = await import("live/prompts");
const { Auto, best } = await import("live/auto");
const { bestCut } = await import("live/cut");
const { worthwhile } = await import("live/worth");
const zh = (await import("words/live.zh")).default;
const en = (await import("words/live.en")).default;

const CHECKS = {
  single_face: [1, 1], eye_line: [200, 300], face_width: [180, 300], hair_line: [50, 110, "warn"], centring: [null, 0.06, "warn"],
  inter_eye_distance: [70, null], roll: [-8, 8], yaw: [-15, 15, "refuse", "hint"], under_exposure: [null, 0.25], over_exposure: [null, 0.25],
  luminance_mean: [0.2, 0.8, "warn"], illumination_uniformity: [40, null], background_uniformity: [null, 30, "refuse", "coarse"],
  background_colour: [null, 20, "warn", "coarse"], sharpness: [0.3, null],
};
const rule = ([low, high, says = "refuse", phone = "yes"]) => ({ low, high, says, phone, advice: {} });
const PACK = {
  margin: 0.1, crop: { width: 480, height: 640 }, background: [[255, 255, 255]],
  checks: Object.fromEntries(Object.entries(CHECKS).map(([name, limits]) => [name, rule(limits)])),
};

/** A face 216 px wide in the middle of 480×640, with its eyes at 250. */
const face = ({ x = 240, y = 250, size = 1, score = 0.9 } = {}) => {
  const at = (dx, dy) => [x + dx * size, y + dy * size];
  return { box: [...at(-116, -70), ...at(116, 162)], points: [at(-50, 0), at(50, 0), at(0, 60), at(0, 110), at(-103, 20), at(103, 20)], score };
};
const LIGHT = { under: 0.01, over: 0, mean: 0.55, even: 85, sharp: 0.45 };
const WALL = { hair: 75, rough: 3, colour: [235, 235, 235] };
const seen = (more = {}) => measures({ faces: [face()], light: LIGHT, wall: WALL, ms: 0, ...more }, PACK, 2);

/** A judge that has looked at the same for a while. */
const judged = (found, frames = 8) => {
  const judge = new Judge(PACK);
  for (let i = 0; i < frames; i++) judge.take(found, i * 40);
  return judge;
};

test("a good face is measured in the pack's own pixels", () => {
  const found = seen();
  assert.equal(found.single_face, 1);
  assert.equal(found.eye_line, 250);
  assert.ok(Math.abs(found.face_width - 216) < 1, String(found.face_width));
  assert.equal(found.inter_eye_distance, 200);
  assert.equal(found.centring, 0);
  assert.equal(found.roll, 0);
  assert.equal(found.yaw, 0);
  assert.equal(found.hair_line, 75);
});

test("roll is positive clockwise, yaw positive towards the right of the picture", () => {
  const turned = face();
  turned.points[1][1] += 10;
  turned.points[2][0] += 20;
  const found = measures({ faces: [turned], light: null, wall: null }, PACK, 1);
  assert.ok(Math.abs(found.roll - 5.71) < 0.01);
  assert.ok(found.yaw > 5);
});

test("a second face counts when it is sure and not tiny", () => {
  const count = (other) => measures({ faces: [face(), other], light: null, wall: null }, PACK, 1).single_face;
  assert.equal(count(face({ x: 60, size: 0.5 })), 2);
  assert.equal(count(face({ x: 60, size: 0.5, score: 0.55 })), 1);
  assert.equal(count(face({ x: 60, size: 0.1 })), 1);
});

test("without a face only the light of its place is told, and nothing is made up", () => {
  const found = measures({ faces: [], light: { ...LIGHT, even: null, sharp: null }, wall: null }, PACK, 1);
  assert.deepEqual(Object.keys(found), ["single_face", "under_exposure", "over_exposure", "luminance_mean"]);
});

test("white is L 100, and grey has no colour", () => {
  lab([255, 255, 255]).forEach((value, i) => assert.ok(Math.abs(value - [100, 0, 0][i]) < 0.05, String(value)));
  assert.ok(Math.abs(lab([128, 128, 128])[1]) < 0.05);
});

test("the phone's limits are tighter, by a share of the range or of the one limit, and a count stays a count", () => {
  assert.deepEqual(tightened({ low: 200, high: 300 }, 0.1), { low: 210, high: 290 });
  assert.deepEqual(tightened({ low: 70, high: null }, 0.1), { low: 77, high: null });
  assert.deepEqual(tightened({ low: null, high: 0.25 }, 0.1), { low: null, high: 0.225 });
  assert.deepEqual(tightened({ low: 1, high: 1 }, 0.1), { low: 1, high: 1 });
  assert.deepEqual(live(PACK.checks.yaw, 0.1), { low: -15, high: 15 }, "a hint is not held more tightly");
});

test("limits are inclusive", () => {
  assert.deepEqual([199, 200, 300, 301].map((value) => side(value, { low: 200, high: 300 })), ["too_low", "kept", "kept", "too_high"]);
});

test("a good picture is green", () => {
  assert.ok(judged(seen()).green);
});

test("each broken rule turns it off, except a coarse warning", () => {
  const broken = { single_face: 2, eye_line: 320, face_width: 120, roll: 12, under_exposure: 0.5, sharpness: 0.1, illumination_uniformity: 20, background_uniformity: 60, hair_line: 20 };
  for (const [check, value] of Object.entries(broken)) assert.ok(!judged({ ...seen(), [check]: value }).green, check);
  assert.ok(judged({ ...seen(), background_colour: 40 }).green);
});

test("green needs the light to have been looked at", () => {
  assert.ok(!judged(measures({ faces: [face()], light: null, wall: null }, PACK, 1)).green);
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
  judge.take(measures({ faces: [face()], light: null, wall: null }, PACK, 1), 5000);
  assert.equal(judge.side("sharpness"), undefined);
});

test("the most important comes first", () => {
  const all = { ...seen(), single_face: 2, face_width: 100, roll: 20, sharpness: 0.1 };
  const told = [];
  for (const check of ["single_face", "face_width", "roll", "sharpness"]) {
    told.push(foremost(judged(all), 0)?.check);
    all[check] = seen()[check];
  }
  assert.deepEqual(told, ["single_face", "face_width", "roll", "sharpness"]);
  assert.equal(foremost(judged(all), 0), null);
});

test("a face that is not seen in the dark needs light first", () => {
  assert.equal(foremost(judged({ single_face: 0, under_exposure: 0.9 }), 0)?.check, "under_exposure");
  assert.equal(foremost(judged({ single_face: 0, under_exposure: 0.1 }), 0)?.check, "single_face");
});

test("off the middle, the way to move is named", () => {
  const left = judged({ ...seen(), centring: 0.2 });
  assert.equal(foremost(left, offset(face({ x: 140 }), 480))?.way, "left");
  assert.equal(foremost(left, offset(face({ x: 340 }), 480))?.way, "right");
});

test("a prompt stays until it can be read, and gives way only to one that stays", () => {
  const prompter = new Prompter();
  const [far, dark] = [{ check: "face_width", way: "too_low" }, { check: "under_exposure", way: "too_high" }];
  assert.equal(prompter.next(far, 0), null);
  assert.equal(prompter.next(far, 300), far);
  assert.equal(prompter.next(dark, 400), null);
  assert.equal(prompter.next(dark, 1000), null, "not read yet");
  assert.equal(prompter.next(far, 1450), null);
  assert.equal(prompter.next(dark, 1550), null, "it has only just come");
  assert.equal(prompter.next(dark, 1900), dark);
  assert.equal(prompter.next(dark, 4000), null, "said once");
});

test("after a long while the whole advice is said", () => {
  const judge = judged({ ...seen(), roll: 20 });
  const prompter = new Prompter();
  const told = [];
  for (let now = 0; now < 30_000; now += 100) told.push(prompter.next(foremost(judge, 0), now));
  assert.deepEqual(told.filter(Boolean).map(({ check, long }) => [check, Boolean(long)]), [["roll", false], ["roll", true]]);
});

test("the shutter goes by itself after all was well for a while, and not before", () => {
  const auto = new Auto();
  const shares = [0, 600, 1500, 2400].map((now) => auto.step(true, now));
  assert.deepEqual(shares, [0, 0, 0.5, 1]);
});

test("one bad frame does not stop the ring, two hundred and fifty milliseconds do", () => {
  const auto = new Auto();
  for (let now = 0; now <= 1000; now += 50) auto.step(true, now);
  auto.step(false, 1050);
  assert.ok(auto.step(true, 1100) > 0.2);
  auto.step(false, 1400);
  assert.equal(auto.step(true, 1450), 0);
});

test("after a retake there is time to move", () => {
  const auto = new Auto(true);
  auto.step(true, 0);
  assert.equal(auto.step(true, 3900), 0);
});

test("of a burst the sharpest that is in order is kept", () => {
  const burst = [{ green: true, sharp: 0.3 }, { green: true, sharp: 0.5 }, { green: false, sharp: 0.9 }];
  assert.equal(best(burst), burst[1]);
  assert.equal(best([burst[2]]), undefined);
});

test("a small head is cut out only as far as there are pixels", () => {
  const head = { hair: 240, eyes: 320, width: 110, centre: 240 };
  assert.equal(bestCut(head, PACK.crop, 1, PACK.checks).scale, 1);
  const near = bestCut(head, PACK.crop, 3, PACK.checks);
  const width = head.width * near.scale;
  assert.ok(width >= 180 && width <= 200, String(width));
  assert.ok((head.eyes - near.top) * near.scale >= 200 && (head.eyes - near.top) * near.scale <= 300);
});

test("a head in its place is hardly cut", () => {
  assert.ok(bestCut({ hair: 75, eyes: 250, width: 216, centre: 240 }, PACK.crop, 3, PACK.checks).scale < 1.01);
});

test("the judge is not loaded where it would be a burden", () => {
  assert.ok(worthwhile({}));
  assert.ok(worthwhile({ connection: { effectiveType: "4g" }, deviceMemory: 4 }));
  assert.ok(!worthwhile({ connection: { saveData: true } }));
  assert.ok(!worthwhile({ connection: { effectiveType: "3g" } }));
  assert.ok(worthwhile({ connection: { effectiveType: "3g" } }, true), "it is here already");
  assert.ok(!worthwhile({ deviceMemory: 1 }, true));
});

test("both languages have words for every prompt, to helpers and to oneself, and nothing shouts", () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  for (const [check, { low, high }] of Object.entries(PACK.checks)) {
    const ways = check === "centring" ? ["left", "right"] : [low !== null && "too_low", high !== null && "too_high"].filter(Boolean);
    for (const way of ways) for (const self of [false, true]) assert.ok(keyOf({ check, way }, self) in zh, `${check} ${way}`);
  }
  assert.ok(keyOf(WELL, true) in zh);
  for (const text of [...Object.values(zh), ...Object.values(en)]) assert.doesNotMatch(text, /[!！]/);
  for (const [key, text] of Object.entries(zh)) if (!key.startsWith("still")) assert.ok(text.length <= 14, text);
});

test("modules of the live judge are short, write no HTML, and those in the worker import nothing", () => {
  const folder = new URL("../../static/js/live/", import.meta.url);
  for (const name of readdirSync(folder)) {
    const source = readFileSync(new URL(name, folder), "utf8");
    assert.ok(source.split("\n").length <= 200, name);
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|eval\(|new Function/, name);
    if (["faces.js", "light.js", "wall.js", "worker.js"].includes(name)) assert.doesNotMatch(source, /^import /m, name);
  }
});
