import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { TARGET_BYTES, MAX_BYTES, firstThatFits, reductionSteps } = await import("documents/reduce");

/** A camera picture in which a pixel costs so many bits at the best quality tried. */
const encoder = (bits) => {
  const tried = [];
  const make = async (step) => {
    tried.push(step);
    return { size: (step.width * step.height * bits * step.quality) / 8 };
  };
  return { tried, make };
};

test("what is aimed at is smaller than what is taken, which is smaller than 1 MB", () => {
  assert.equal(MAX_BYTES, 1024 * 1024 - 1);
  assert.ok(TARGET_BYTES < MAX_BYTES);
});

test("quality is stepped down before size", () => {
  const [first, second] = reductionSteps(4000, 3000);
  assert.deepEqual(first, { width: 2600, height: 1950, quality: 0.9 });
  assert.deepEqual([second.width, second.quality < first.quality], [2600, true]);
});

test("every quality is tried at 1,600 px before anything smaller", () => {
  const sides = reductionSteps(4000, 3000).map(({ width }) => width);
  assert.deepEqual(
    [...sides].sort((a, b) => b - a),
    sides,
  );
  const qualities = reductionSteps(4000, 3000).filter(({ width }) => width === 1600).length;
  assert.ok(sides.indexOf(1280) >= 3 * qualities);
});

test("the shape stays, lying or standing", () => {
  for (const [width, height] of [
    [4000, 3000],
    [3000, 4000],
    [9000, 1000],
  ])
    for (const step of reductionSteps(width, height))
      assert.ok(Math.abs(step.width / step.height - width / height) < 0.02 * (width / height));
});

test("nothing is made larger than it was", () => {
  for (const step of reductionSteps(900, 700)) assert.ok(step.width <= 900 && step.height <= 700);
  assert.deepEqual(
    reductionSteps(500, 400).map(({ width }) => width),
    [500, 500, 500, 500, 500],
  );
});

test("an ordinary 12-megapixel picture stays at 2,600 px", async () => {
  const { make, tried } = encoder(1.5);
  const found = await firstThatFits(4000, 3000, make);
  assert.equal(found?.step.width, 2600);
  assert.ok(found.made.size <= TARGET_BYTES);
  assert.ok(tried.length <= 5);
});

test("a very detailed one keeps 1,600 px", async () => {
  const found = await firstThatFits(4000, 3000, encoder(6.5).make);
  assert.equal(found?.step.width, 1600);
});

test("what cannot be made small enough is said to be so", async () => {
  assert.equal(await firstThatFits(4000, 3000, encoder(1000).make), null);
});
