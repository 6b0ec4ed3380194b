import "./resolve.js";
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";

const { LONGEST_SIDE, cropOf, gateFindings, reducedSize } = await import("camera/picture");
const { geometry, layout } = await import("camera/guide");
const { reprDigest, sha256 } = await import("upload/digest");

const GATE = { min_bytes: 51200, min_width: 600, min_height: 800, max_bytes: 10485760 };
const picture = (size, width, height) => ({ bytes: new ArrayBuffer(size), width, height });

test("the crop is 3:4, centred, and inside every frame a camera gives", () => {
  assert.deepEqual(cropOf(1440, 1920), { x: 0, y: 0, width: 1440, height: 1920 });
  assert.deepEqual(cropOf(1920, 1080), { x: 555, y: 0, width: 810, height: 1080 });
  assert.deepEqual(cropOf(1080, 1920), { x: 0, y: 240, width: 1080, height: 1440 });
  assert.deepEqual(cropOf(1280, 720), { x: 370, y: 0, width: 540, height: 720 });
});

test("a picture is made smaller, never larger", () => {
  assert.deepEqual(reducedSize({ width: 600, height: 800 }), { width: 600, height: 800 });
  assert.deepEqual(reducedSize({ width: 3000, height: 4000 }), { width: 1500, height: LONGEST_SIDE });
  assert.ok(LONGEST_SIDE >= 1600 && LONGEST_SIDE <= 2400);
});

test("the phone's gate says what the server's would", () => {
  assert.deepEqual(gateFindings(picture(60_000, 1440, 1920), GATE), []);
  assert.deepEqual(gateFindings(picture(51_199, 600, 800), GATE), ["too_few_bytes"]);
  assert.deepEqual(gateFindings(picture(60_000, 540, 720), GATE), ["too_few_pixels"]);
  assert.deepEqual(gateFindings(picture(10_485_761, 600, 800), GATE), ["too_many_bytes"]);
  assert.deepEqual(gateFindings(picture(60_000, 0, 0), GATE), [], "not decodable here: the server judges");
  assert.deepEqual(gateFindings({ ...picture(40_000, 0, 0), incomplete: true }, GATE), ["incomplete"]);
  assert.deepEqual(gateFindings({ ...picture(60_000, 0, 0), foreign: true }, GATE), ["foreign"]);
});

test("the guide stands where the rule pack wants head, hair and eyes", () => {
  const drawn = geometry({ width: 480, height: 640, hair: [50, 110], eyes: [200, 300], face_width: [180, 300] });
  assert.deepEqual(drawn.oval, { cx: 240, cy: 250, rx: 120, ry: 170 });
  assert.deepEqual(drawn.hair, { y: 50, height: 60 });
  assert.deepEqual(drawn.eyes, { y: 200, height: 100 });
});

test("what is in the frame on the screen is what is in the picture", () => {
  for (const video of [
    { width: 1440, height: 1920 },
    { width: 1920, height: 1080 },
    { width: 1080, height: 1920 },
  ]) {
    const placed = layout({ width: 360, height: 560 }, video);
    const crop = cropOf(video.width, video.height);
    const scale = placed.video.width / video.width;
    assert.ok(Math.abs(crop.width * scale - placed.frame.width) < 2, `${video.width}×${video.height}`);
    assert.ok(Math.abs(crop.height * scale - placed.frame.height) < 2, `${video.width}×${video.height}`);
  }
  assert.deepEqual(layout({ width: 900, height: 400 }, { width: 4, height: 3 }).frame, { width: 300, height: 400 });
});

test("with and without crypto.subtle the hash is the same", async () => {
  const { subtle } = crypto;
  for (const here of [subtle, undefined]) {
    Object.defineProperty(crypto, "subtle", { value: here, configurable: true });
    for (const size of [0, 1, 55, 56, 63, 64, 65, 70_001]) {
      const bytes = Uint8Array.from(randomBytes(size));
      assert.equal(
        await sha256(bytes.buffer),
        createHash("sha256").update(bytes).digest("hex"),
        `${size} ${Boolean(here)}`,
      );
    }
  }
  Object.defineProperty(crypto, "subtle", { value: subtle, configurable: true });
});

test("the digest is announced in the form of RFC 9530", () => {
  assert.equal(reprDigest("00ff"), "sha-256=:AP8=:");
});
