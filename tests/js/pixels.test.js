import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { close, painted, WIDTH } from "./painted.js";
import { MEASURING } from "./seen.js";

const light = await import("guidance/light");
const background = await import("guidance/background");
const lightOn = (frame, points) => light.lightOn(frame, points, MEASURING.light);
const lightIn = (frame, oval) => light.lightIn(frame, oval, MEASURING.light);
const measureBackground = (frame, outline, head) => background.measureBackground(frame, outline, head, MEASURING);

const POINTS = [
  [190, 250],
  [290, 250],
  [240, 310],
  [240, 360],
  [137, 270],
  [343, 270],
];

test("an even face has the mean it was painted with and nothing in the bands", () => {
  const seen = lightOn(
    painted(() => 128),
    POINTS,
  );
  close(seen.mean, 128 / 255, 0.001);
  assert.deepEqual([seen.under, seen.over, Math.round(seen.even)], [0, 0, 100]);
});

test("black is under-exposed, white over-exposed, and the bands are those of the standard", () => {
  const shares = (level) =>
    [
      lightOn(
        painted(() => level),
        POINTS,
      ),
    ].map(({ under, over }) => [Math.round(under), Math.round(over)])[0];
  assert.deepEqual([0, 25, 26, 246, 247, 255].map(shares), [
    [1, 0],
    [1, 0],
    [0, 0],
    [0, 0],
    [0, 1],
    [0, 1],
  ]);
});

test("side light is told by how much of it is gone on one cheek", () => {
  // 147 is half as much light as 200.
  for (const [left, right] of [
    [200, 147],
    [147, 200],
  ])
    close(
      lightOn(
        painted((x) => (x < 240 ? left : right)),
        POINTS,
      ).even,
      50,
      1,
    );
});

test("a black fringe is not a dark face", () => {
  assert.equal(
    lightOn(
      painted((_x, y) => (y < 215 ? 5 : 150)),
      POINTS,
    ).under,
    0,
  );
});

test("blur lowers the sharpness, darkness and noise do not change it", () => {
  const sharpOf = (level) => lightOn(painted(level), POINTS).sharp;
  const ripples = (width) => (x, y) => 128 + 60 * Math.sin(x / width) * Math.sin(y / width);
  const noise = (x, y) => ((Math.imul(y * WIDTH + x + 1, 2654435761) >>> 24) % 17) - 8;
  const [sharp, blurry] = [sharpOf(ripples(5)), sharpOf(ripples(10))];
  assert.ok(blurry < sharp / 2, `${blurry} ${sharp}`);
  close(
    sharpOf((x, y) => ripples(5)(x, y) / 2),
    sharp,
    0.02,
  );
  close(
    sharpOf((x, y) => ripples(10)(x, y) + noise(x, y)),
    blurry,
    0.02,
  );
});

test("where no face is seen only the light is told", () => {
  const seen = lightIn(
    painted(() => 10),
    { cx: 240, cy: 250, rx: 90, ry: 120 },
  );
  close(seen.under, 1, 1e-9);
  assert.deepEqual([seen.even, seen.sharp], [null, null]);
});

/** The outline of someone whose head begins at `top` and whose shoulders fill the lower part. */
function outline(top) {
  const values = new Float32Array(256 * 256);
  for (let y = 0; y < 256; y++)
    for (let x = 0; x < 256; x++) values[y * 256 + x] = (y * 2.5 >= top && Math.abs(x - 128) < 55) || y > 200 ? 1 : 0;
  return { values, side: 256 };
}
const HEAD = { centre: 240, eyes: 250, width: 216 };

test("the hair begins where the person does", () => {
  close(
    measureBackground(
      painted(() => 230),
      outline(80),
      HEAD,
    ).hair,
    80,
    3,
  );
  assert.equal(
    measureBackground(
      painted(() => 230),
      outline(0),
      HEAD,
    ).hair,
    0,
  );
});

test("a plain wall has its colour and no texture; a patterned one has", () => {
  const plain = measureBackground(
    painted(() => [230, 232, 234]),
    outline(80),
    HEAD,
  );
  assert.deepEqual(
    plain.colours,
    [0, 1, 2].map(() => [230, 232, 234]),
  );
  assert.equal(plain.rough, 0);
  assert.ok(
    measureBackground(
      painted((x) => (Math.floor(x / 12) % 2 ? 255 : 180)),
      outline(80),
      HEAD,
    ).rough > 30,
  );
});

test("a wall that fades has the colour of each third", () => {
  const levels = measureBackground(
    painted((x) => 240 - x / 4),
    outline(80),
    HEAD,
  ).colours.map(([red]) => red);
  assert.ok(levels[0] > levels[1] + 20 && levels[1] > levels[2] + 20, String(levels));
});

test("without a wall in sight nothing is said of it", () => {
  const everywhere = { values: new Float32Array(256 * 256).fill(1), side: 256 };
  const { rough, colours } = measureBackground(
    painted(() => 230),
    everywhere,
    HEAD,
  );
  assert.deepEqual([rough, colours], [null, []]);
});
