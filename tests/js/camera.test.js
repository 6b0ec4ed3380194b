import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { facingOf, isHeld, nextLens, rankedLenses, saidFacing } = await import("camera/lens");
const { TROUBLE_CODES, browserOf, troubleOf, cameraUnavailable } = await import("camera/trouble");

const lenses = (...labels) => labels.map((label, i) => ({ deviceId: String(i), label }));
const order = (...labels) => rankedLenses(lenses(...labels)).map((lens) => lens.label);

test("the main back camera comes first on Android", () => {
  assert.deepEqual(order("camera2 1, facing front", "camera2 2, facing back", "camera2 0, facing back"), [
    "camera2 0, facing back",
    "camera2 2, facing back",
    "camera2 1, facing front",
  ]);
});

test("the main back camera comes first on an iPhone, in either language", () => {
  assert.equal(order("Front Camera", "Back Ultra Wide Camera", "Back Camera")[0], "Back Camera");
  assert.equal(order("前置相机", "后置超广角相机", "后置相机")[0], "后置相机");
});

test("infrared and depth cameras are never offered", () => {
  assert.deepEqual(order("Integrated IR Camera", "Intel Depth Camera", "红外摄像头", "Integrated Camera"), [
    "Integrated Camera",
  ]);
});

test("of two equal lenses the one with the larger picture comes first", () => {
  const [first] = rankedLenses([
    { deviceId: "a", label: "back", width: 1280 },
    { deviceId: "b", label: "back", width: 4000 },
  ]);
  assert.equal(first.deviceId, "b");
});

test("the switch goes round and round", () => {
  const two = lenses("back", "front");
  assert.equal(nextLens(two, "0").deviceId, "1");
  assert.equal(nextLens(two, "1").deviceId, "0");
});

test("which camera it is comes from the camera itself, else from its name", () => {
  const of = (label, mode) => facingOf({ label, facing: saidFacing(mode) });
  assert.equal(of("anything", "user"), "front");
  assert.equal(of("Front Camera", "environment"), "back");
  assert.equal(of("Back Camera", ["user"]), "front");
  assert.equal(of("FaceTime HD Camera", []), "front");
  assert.equal(of("USB Camera"), "other");
});

test("every way to fail has its own message and a code from the closed list", () => {
  const of = (name, permission) => troubleOf({ name }, permission);
  assert.equal(of("NotAllowedError", "prompt"), "denied");
  assert.equal(of("NotAllowedError", "denied"), "blocked");
  assert.equal(of("NotFoundError"), "missing");
  assert.equal(of("NotReadableError"), "busy");
  assert.equal(of("OverconstrainedError"), "failed");
  assert.equal(of("SomethingNew"), "failed");
  for (const code of Object.values(TROUBLE_CODES)) assert.match(code, /^camera_(denied|missing|busy|failed|insecure)$/);
});

test("a page that cannot have a camera knows why before it claims", () => {
  const here = (isSecureContext, mediaDevices) => cameraUnavailable({ isSecureContext, navigator: { mediaDevices } });
  assert.equal(here(false, undefined), "insecure");
  assert.equal(here(true, undefined), "old");
  assert.equal(here(true, { getUserMedia() {} }), null);
});

test("the browser's family decides whose words are used", () => {
  assert.equal(browserOf("Mozilla/5.0 (iPhone) MicroMessenger/8.0"), "wechat");
  assert.equal(browserOf("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari"), "ios");
  assert.equal(browserOf("Mozilla/5.0 (Linux; Android 14) Chrome"), "android");
});

test("a camera is in the hand on phones and tablets, above the screen on a PC", () => {
  assert.ok(
    isHeld("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36"),
  );
  assert.ok(isHeld("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"));
  assert.ok(!isHeld("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36"));
  assert.ok(
    !isHeld("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"),
  );
});
