import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { close, HEIGHT, painted, WIDTH } from "./painted.js";
import { face, MEASURING } from "./seen.js";

const { FACES_SIDE, cornersOf, facesIn, largestFirst, others, sampled, squareAround } = await import("guidance/faces");

test("the network sees the whole frame in the middle of a square", () => {
  const square = squareAround({ width: WIDTH, height: HEIGHT });
  assert.deepEqual(square, { x: -80, y: 0, width: 640, height: 640 }, MEASURING.faces);
  const values = sampled(
    painted(() => 255),
    square,
    FACES_SIDE,
    FACES_SIDE,
    (level) => level / 127.5 - 1,
  );
  const at = (x, y) => values[(y * FACES_SIDE + x) * 3];
  assert.deepEqual([at(0, 0), at(15, 64), at(16, 64), at(111, 64), at(112, 64)], [-1, -1, 1, 1, -1]);
});

test("what the network says becomes a face in px of the frame, once", () => {
  const objects = new Float32Array(896 * 17).fill(-20);
  // The cell at row 8, column 8 of the first grid, both of its anchors: middle of the square plus half a cell.
  for (const anchor of [8 * 16 + 8].flatMap((cell) => [2 * cell, 2 * cell + 1])) {
    objects.fill(0, anchor * 17, anchor * 17 + 17);
    objects.set([4, -4, -4, 32, 32], anchor * 17);
  }
  const [face, ...others] = facesIn(objects, { x: -80, y: 0, width: 640, height: 640 }, MEASURING.faces);
  assert.deepEqual(others, []);
  for (const [i, px] of face.box.entries()) close(px, [160, 240, 320, 400][i], 0.01);
  close(face.score, 0.982, 0.001);
});

test("the corners meet in the middle, and a face that was seen already is not another", () => {
  const corners = cornersOf({ width: WIDTH, height: HEIGHT }, MEASURING.faces);
  assert.deepEqual(
    corners.map(({ x, y, width }) => [x, y, x + width]),
    [
      [0, 0, 288],
      [192, 0, 480],
    ],
  );
  const [large, part, small] = [
    [130, 150, 350, 380],
    [190, 150, 330, 270],
    [30, 60, 70, 110],
  ].map((box) => ({ box, points: [], score: 0.9 }));
  assert.deepEqual(others([part, small, small], [large], MEASURING.faces), [small]);
});

test("the largest certain face comes first, before larger ones that may be patterns", () => {
  const [small, large] = [face({ size: 0.4 }), face({ size: 0.5 })];
  const [pattern, vague] = [face({ size: 0.8, score: 0.55 }), face({ size: 0.3, score: 0.7 })];
  const { faces } = MEASURING;
  assert.deepEqual(largestFirst([pattern, small, vague, large], faces), [large, small, pattern, vague]);
  assert.deepEqual(largestFirst([vague, pattern], faces), [pattern, vague], "also where none is certain");
});
