// Frames that tests paint, and numbers that are near enough.
import assert from "node:assert/strict";

export const [WIDTH, HEIGHT] = [480, 640];

/** A frame painted px by px: `level(x, y)` 0 to 255, or three of them. */
export function painted(level) {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (let y = 0, i = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++, i += 4)
      data.set([level(x, y)].flat().length === 3 ? level(x, y) : [level(x, y), level(x, y), level(x, y)], i);
  return { data, width: WIDTH, height: HEIGHT };
}

export const close = (value, wanted, by, what) =>
  assert.ok(Math.abs(value - wanted) <= by, `${what ?? ""} ${value} is not ${wanted} ± ${by}`);
