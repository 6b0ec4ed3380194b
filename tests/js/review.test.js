import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { regionBetween, isLarge, moved, parseRegion, resized, formatRegion } = await import("review/region");
const { onlyLayers } = await import("review/layers");
const { setPressed } = await import("review/choose");

test("a region lies between two points, in whatever order, and within the picture", () => {
  assert.deepEqual(regionBetween({ x: 0.5, y: 0.75 }, { x: 0.25, y: 0.25 }), {
    x: 0.25,
    y: 0.25,
    width: 0.25,
    height: 0.5,
  });
  assert.deepEqual(regionBetween({ x: -1, y: 0.5 }, { x: 2, y: 3 }), { x: 0, y: 0.5, width: 1, height: 0.5 });
});

test("keys move and resize it, but never out of the picture", () => {
  const region = { x: 0.5, y: 0.5, width: 0.25, height: 0.25 };
  assert.deepEqual(moved(region, 1, -1), { ...region, x: 0.75, y: 0 });
  assert.deepEqual(resized(region, 1, -1), { ...region, width: 0.5, height: 0.02 });
});

test("it survives the form, and a click is no region", () => {
  const region = { x: 0.125, y: 0.5, width: 0.25, height: 0.0625 };
  assert.deepEqual(parseRegion(formatRegion(region)), region);
  for (const words of ["", "1,2", "a,b,c,d"]) assert.equal(parseRegion(words), null);
  assert.equal(isLarge(regionBetween({ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 })), false);
});

test("of what the checks saw only the wanted layers are left", () => {
  const [wall, point, cut, nothing] = [
    [30, 109, 219, 70],
    [0, 200, 90, 255],
    [240, 60, 40, 255],
    [0, 0, 0, 0],
  ];
  const seen = new Uint8ClampedArray([wall, point, cut, nothing].flat());
  const alpha = (/** @type {string[]} */ ...layers) =>
    [...onlyLayers(seen, layers)].filter((_value, at) => at % 4 === 3);
  assert.deepEqual(alpha("wall"), [70, 0, 0, 0]);
  assert.deepEqual(alpha("points", "cut"), [0, 255, 255, 0]);
});

/** A button as far as choosing it goes. @param {string} value @param {string[]} classes */
function choiceButton(value, classes) {
  const kept = new Set(classes);
  const toggle = (/** @type {string} */ name, /** @type {boolean} */ on) => (on ? kept.add(name) : kept.delete(name));
  return { kept, button: /** @type {any} */ ({ value, classList: { toggle }, setAttribute: () => {} }) };
}

test("a chosen button is filled like the server draws it, and is as before once the other is chosen", () => {
  for (const [value, before, chosen] of [
    ["approve", "secondary", "primary"],
    ["reject", "danger", "danger primary"],
  ]) {
    const { kept, button } = choiceButton(value, ["button", before]);
    setPressed(button, true);
    assert.deepEqual([...kept].sort(), ["button", ...chosen.split(" ")]);
    setPressed(button, false);
    assert.deepEqual([...kept].sort(), ["button", before]);
  }
});
