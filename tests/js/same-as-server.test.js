import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { close } from "./painted.js";
import { frameOf, objectsOf, PHONE_PACK, SHARED, silhouetteOf } from "./shared.js";

const { lightIn, lightOn } = await import("guidance/light");
const { measureBackground } = await import("guidance/background");
const { cornersOf, facesIn, squareAround } = await import("guidance/faces");
const { headOf } = await import("guidance/head");
const { measures } = await import("guidance/measures");
const { findingsOf } = await import("guidance/picture-judge");
const { bestCrop } = await import("guidance/crop");

const { measuring, crop, checks } = PHONE_PACK;

/** The measures and the findings, as after the shutter, of a picture in which everything is seen. */
function judged(picture) {
  const [frame, [face]] = [frameOf(picture), picture.faces];
  const light = face ? lightOn(frame, face.points, measuring.light) : lightIn(frame, crop.oval, measuring.light);
  const background = measureBackground(frame, silhouetteOf(picture), face ? headOf(face) : null, measuring);
  const found = measures({ faces: picture.faces, light, background, ms: 0 }, PHONE_PACK, picture.scale);
  return {
    found,
    verdicts: Object.fromEntries(findingsOf(found, PHONE_PACK, false).map((each) => [each.check, each.verdict])),
  };
}

for (const picture of SHARED.pictures)
  test(`the phone measures the same as the server: ${picture.name}`, () => {
    const { found, verdicts } = judged(picture);
    for (const [check, { value, within, phone }] of Object.entries(picture.expected)) {
      if (value === null) assert.equal(found[check] ?? null, null, check);
      else close(found[check], value, within, check);
      assert.equal(verdicts[check], phone, check);
    }
    assert.deepEqual(
      Object.keys(found).filter((check) => found[check] !== null && check !== "yaw" && !(check in picture.expected)),
      [],
    );
  });

for (const { head, finest, expected } of SHARED.crops)
  test(`the phone crops where the server does: ${JSON.stringify(head)}`, () => {
    const found = bestCrop(head, crop, finest, checks, measuring.crop);
    for (const side of ["left", "top", "scale"]) close(found[side], expected[side], 1e-6, side);
  });

for (const { name, found, expected } of SHARED.detections)
  test(`the phone reads the network of faces as the server does: ${name}`, () => {
    const faces = facesIn(objectsOf({ found }), squareAround(crop), measuring.faces);
    assert.equal(faces.length, expected.length);
    for (const [i, face] of faces.entries()) {
      for (const [j, px] of face.box.entries()) close(px, expected[i].box[j], 0.02, "box");
      for (const [j, point] of face.points.flat().entries()) close(point, expected[i].points[j], 0.02, "point");
      close(face.score, expected[i].score, 1e-5, "score");
    }
  });

test("the phone looks for small faces in the same corners", () => {
  assert.deepEqual(
    cornersOf(crop, measuring.faces).map(({ x, y, width }) => [x, y, width]),
    SHARED.corners,
  );
});
