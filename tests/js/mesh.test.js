/** The landmarks: where the network looks, and what is read of its points. */

import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { close } from "./painted.js";

const { carried, LandmarkReader, lookOf, MESH_SIDE } = await import("guidance/mesh");

/** A face of six points that is no plane, as the canonical one: y up, z towards the viewer. */
const SHAPE = [
  [-4, 3, 1],
  [4, 3, 1],
  [0, 0, 5],
  [-3, -4, 2],
  [3, -4, 2],
  [0, -8, 3],
];
const PARTS = {
  oval: [0, 1, 5],
  below_brows: [0, 1, 5],
  left_cheek: [3],
  right_cheek: [4],
  irises: [0, 1],
  sides: [3, 4],
  lids: [6, 7, 8, 9],
  chin: [5],
  pose: { points: [0, 1, 2, 3, 4, 5], shares: Array(6).fill(1 / 6), shape: SHAPE },
};

/** As the network sees it: y down, z away; turned to the right in the picture. */
function turned(degrees, opening = 1) {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const points = SHAPE.map(([x, y, z]) => [
    100 + 10 * (cosine * x + sine * z),
    100 - 10 * y,
    -10 * (cosine * z - sine * x),
  ]);
  const lids = [0, opening, 0, 2 * opening].map((y, i) => [i < 2 ? 60 : 140, 70 + y, 0]);
  return [...points, ...lids];
}

for (const degrees of [-30, -8, 0, 15, 40])
  test(`a head that is turned by ${degrees}° is read so`, () => {
    close(lookOf(turned(degrees), PARTS).yaw, degrees, 0.01, "yaw");
  });

test("the eye that is more closed counts, beside the distance from eyes to chin", () => {
  close(lookOf(turned(0, 2.2), PARTS).opening, 0.02, 1e-6, "opening");
});

test("points move, turn and grow with the eyes", () => {
  const eyes = [
    [10, 10],
    [20, 10],
  ];
  const now = [
    [50, 50],
    [50, 70],
  ];
  const [[x, y]] = carried([[15, 20]], eyes, now);
  close(x, 30, 1e-9, "x");
  close(y, 60, 1e-9, "y");
});

test("the network sees the face upright, and its points come back to where they were", () => {
  const [width, height] = [200, 200];
  const data = new Uint8ClampedArray(width * height * 4).fill(40);
  for (let y = 98; y <= 102; y++)
    for (let x = 58; x <= 62; x++) data.fill(255, (y * width + x) * 4, (y * width + x) * 4 + 4);
  const face = {
    box: [50, 50, 150, 150],
    points: [[100, 60], [100, 140], ...Array(4).fill([100, 100])],
    score: 0.9,
  };
  let seen = [NaN, NaN];
  const run = (values) => {
    const brightest = Math.floor(values.indexOf(values.reduce((most, each) => Math.max(most, each))) / 3);
    seen = [(brightest % MESH_SIDE) + 0.5, Math.floor(brightest / MESH_SIDE) + 0.5];
    return Float32Array.from(
      Array(10)
        .fill([...seen, 0])
        .flat(),
    );
  };
  const faces = [face];
  new LandmarkReader(run, PARTS).refine({ data, width, height }, faces, true);
  assert.equal(faces[0].points.length, 10);
  close(faces[0].points[6][0], 60.5, 2.6, "x");
  close(faces[0].points[6][1], 100.5, 2.6, "y");
  close(seen[0], 128, 5, "turned upright: across");
  assert.ok(seen[1] > 180, "turned upright: what was on the left of eyes that look down is below them");
});

test("between two readings the points are carried along, and nothing is said of the eyes", () => {
  const reader = new LandmarkReader(() => Float32Array.from(turned(0).flat()), PARTS);
  const frame = { data: new Uint8ClampedArray(4), width: 1, height: 1 };
  const at = (x) => ({
    box: [x, 0, x + 100, 100],
    points: [[x + 30, 40], [x + 70, 40], ...Array(4).fill([x, 0])],
    score: 1,
  });
  const [first, second] = [[at(0)], [at(25)]];
  reader.refine(frame, first, true);
  assert.equal(reader.refine(frame, second, false), null);
  close(second[0].points[6][0] - first[0].points[6][0], 25, 1e-9, "moved");
  assert.ok(first[0].look && !second[0].look);
});
