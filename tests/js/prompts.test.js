import assert from "node:assert/strict";
import { test } from "node:test";
import { face, judged, PACK, seen } from "./seen.js";

const { faceOffset } = await import("guidance/measures");
const { Prompter, WELL, checksOf, foremost, promptKey } = await import("guidance/prompts");
const { AutoShutter, bestShot } = await import("guidance/auto-shutter");
const zh = (await import("words/live.zh")).default;
const en = (await import("words/live.en")).default;

test("the most important comes first", () => {
  const order = [
    "single_face",
    "background_uniformity",
    "under_exposure",
    "face_width",
    "eye_line",
    "roll",
    "sharpness",
  ];
  const broken = [2, 60, 0.5, 100, 320, 20, 0.1];
  const all = { ...seen(), ...Object.fromEntries(order.map((check, i) => [check, broken[i]])) };
  const told = [];
  for (const check of order) {
    told.push(foremost(judged(all), 0)?.check);
    all[check] = seen()[check];
  }
  assert.deepEqual(told, order);
  assert.equal(foremost(judged(all), 0), null);
});

test("a face that is not seen in the dark needs light first", () => {
  const told = (found) => foremost(judged({ single_face: 0, over_exposure: 0, ...found }), 0)?.check;
  assert.equal(told({ under_exposure: 0.9, luminance_mean: 0.05 }), "under_exposure");
  assert.equal(told({ under_exposure: 0, over_exposure: 0.9, luminance_mean: 0.95 }), "over_exposure");
  assert.equal(told({ under_exposure: 0.1, luminance_mean: 0.5 }), "single_face");
  assert.equal(told({ under_exposure: 0.3, luminance_mean: 0.5 }), "single_face", "hair and coat are dark too");
});

test("what does not hold back the green light is no prompt", () => {
  assert.equal(foremost(judged({ ...seen(), background_colour: 40 }), 0), null);
});

test("what an office rejected the picture for comes before everything else, while it is not mended", () => {
  const all = { ...seen(), face_width: 100, roll: 20 };
  const before = checksOf(["roll.too_high", "retouched"]);
  assert.deepEqual(before, ["roll"]);
  assert.equal(foremost(judged(all), 0, before)?.check, "roll");
  assert.equal(foremost(judged({ ...all, roll: 0 }), 0, before)?.check, "face_width");
});

test("off the middle, the way to move is named", () => {
  const left = judged({ ...seen(), centring: 0.2 });
  assert.equal(foremost(left, faceOffset(face({ x: 140 }), 480))?.way, "left");
  assert.equal(foremost(left, faceOffset(face({ x: 340 }), 480))?.way, "right");
});

test("that the camera has few px is said as long as it is so", () => {
  const prompter = new Prompter();
  const few = foremost(judged({ ...seen(), face_width: 100 }), 0, [], true);
  prompter.next(few, 0);
  assert.equal(promptKey(prompter.next(few, 1000), false), "live.few-pixels");
  assert.equal(prompter.next(few, 20_000), null);
});

test("a prompt stays until it can be read, and gives way only to one that stays", () => {
  const prompter = new Prompter();
  const [far, dark] = [
    { check: "face_width", way: "too_low" },
    { check: "under_exposure", way: "too_high" },
  ];
  assert.equal(prompter.next(far, 0), null);
  assert.equal(prompter.next(far, 300), far);
  assert.equal(prompter.next(dark, 400), null);
  assert.equal(prompter.next(dark, 1000), null, "not read yet");
  assert.equal(prompter.next(far, 1450), null);
  assert.equal(prompter.next(dark, 1550), null, "it has only just come");
  assert.equal(prompter.next(dark, 1900), dark);
  assert.equal(prompter.next(dark, 4000), null, "said once");
});

test("said anew, a prompt comes at once", () => {
  const prompter = new Prompter();
  prompter.next(WELL, 0);
  assert.equal(prompter.next(WELL, 300), WELL);
  assert.equal(prompter.next(WELL, 400), null);
  prompter.anew();
  assert.equal(prompter.next(WELL, 500), WELL);
});

test("after a long while the whole advice is said", () => {
  const judge = judged({ ...seen(), roll: 20 });
  const prompter = new Prompter();
  const told = [];
  for (let now = 0; now < 30_000; now += 100) told.push(prompter.next(foremost(judge, 0), now));
  assert.deepEqual(
    told.filter(Boolean).map(({ check, long }) => [check, Boolean(long)]),
    [
      ["roll", false],
      ["roll", true],
    ],
  );
});

test("that the camera has too few px is said for as long as it is so", () => {
  const judge = judged({ ...seen(), face_width: 100 });
  const prompter = new Prompter();
  const told = [];
  for (let now = 0; now < 30_000; now += 100) told.push(prompter.next(foremost(judge, 0, [], true), now));
  assert.deepEqual(told.filter(Boolean), [{ check: "face_width", few: true, way: "too_low" }]);
});

test("the shutter goes by itself after all was well for a while, and not before", () => {
  const auto = new AutoShutter();
  const shares = [0, 600, 1500, 2400].map((now) => auto.step(true, now));
  assert.deepEqual(shares, [0, 0, 0.5, 1]);
});

test("one bad frame does not stop the ring, two hundred and fifty milliseconds do", () => {
  const auto = new AutoShutter();
  for (let now = 0; now <= 1000; now += 50) auto.step(true, now);
  auto.step(false, 1050);
  assert.ok(auto.step(true, 1100) > 0.2);
  auto.step(false, 1400);
  assert.equal(auto.step(true, 1450), 0);
});

test("after a retake there is time to move", () => {
  const auto = new AutoShutter(true);
  auto.step(true, 0);
  assert.equal(auto.step(true, 3900), 0);
});

test("of a burst the sharpest that is in order is kept", () => {
  const burst = [
    { green: true, sharp: 0.3 },
    { green: true, sharp: 0.5 },
    { green: false, sharp: 0.9 },
  ];
  assert.equal(bestShot(burst), burst[1]);
  assert.equal(bestShot([burst[2]]), undefined);
});

test("both languages have words for every prompt, to helpers and to oneself, and nothing shouts", () => {
  assert.deepEqual(Object.keys(en), Object.keys(zh));
  for (const [check, { low, high }] of Object.entries(PACK.checks)) {
    const ways =
      check === "centring"
        ? ["left", "right"]
        : [low !== null && "too_low", high !== null && "too_high"].filter(Boolean);
    for (const way of ways)
      for (const self of [false, true]) assert.ok(promptKey({ check, way }, self) in zh, `${check} ${way}`);
  }
  assert.ok(promptKey(WELL, true) in zh);
  for (const text of [...Object.values(zh), ...Object.values(en)]) assert.doesNotMatch(text, /[!！]/);
  for (const [key, text] of Object.entries(zh)) if (!key.startsWith("still")) assert.ok(text.length <= 16, text);
});
