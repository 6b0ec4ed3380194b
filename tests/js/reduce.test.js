import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { AIM, MOST, fit, steps } = await import("documents/reduce");

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
  assert.equal(MOST, 1024 * 1024 - 1);
  assert.ok(AIM < MOST);
});

test("quality is stepped down before size", () => {
  const [first, second] = steps(4000, 3000);
  assert.deepEqual(first, { width: 2600, height: 1950, quality: 0.9 });
  assert.deepEqual([second.width, second.quality < first.quality], [2600, true]);
});

test("every quality is tried at 1,600 px before anything smaller", () => {
  const sides = steps(4000, 3000).map(({ width }) => width);
  assert.deepEqual([...sides].sort((a, b) => b - a), sides);
  const qualities = steps(4000, 3000).filter(({ width }) => width === 1600).length;
  assert.ok(sides.indexOf(1280) >= 3 * qualities);
});

test("the shape stays, lying or standing", () => {
  for (const [width, height] of [[4000, 3000], [3000, 4000], [9000, 1000]])
    for (const step of steps(width, height)) assert.ok(Math.abs(step.width / step.height - width / height) < 0.02 * (width / height));
});

test("nothing is made larger than it was", () => {
  for (const step of steps(900, 700)) assert.ok(step.width <= 900 && step.height <= 700);
  assert.deepEqual(steps(500, 400).map(({ width }) => width), [500, 500, 500, 500, 500]);
});

test("an ordinary 12-megapixel picture stays at 2,600 px", async () => {
  const { make, tried } = encoder(1.5);
  const found = await fit(4000, 3000, make);
  assert.equal(found?.step.width, 2600);
  assert.ok(found.made.size <= AIM);
  assert.ok(tried.length <= 5);
});

test("a very detailed one keeps 1,600 px", async () => {
  const found = await fit(4000, 3000, encoder(6.5).make);
  assert.equal(found?.step.width, 1600);
});

test("what cannot be made small enough is said to be so", async () => {
  assert.equal(await fit(4000, 3000, encoder(1000).make), null);
});
