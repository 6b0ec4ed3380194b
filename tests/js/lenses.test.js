import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { aPhone, aVideo } from "./a-phone.js";

globalThis.document = { hidden: false };
const { Camera } = await import("camera/camera");

/** What phones call the front camera and the back one. */
const LABELS = {
  Korean: ["전면 카메라", "후면 카메라"],
  German: ["Frontkamera", "Rückkamera"],
  Thai: ["กล้องด้านหน้า", "กล้องด้านหลัง"],
  Vietnamese: ["Camera trước", "Camera sau"],
  Russian: ["Передняя камера", "Задняя камера"],
  French: ["Appareil photo avant", "Appareil photo arrière"],
  Kazakh: ["Алдыңғы камера", "Артқы камера"],
  "traditional Chinese": ["前置鏡頭", "後置鏡頭"],
  Japanese: ["前面カメラ", "背面カメラ"],
  "no words": ["camera", "camera"],
  "the words of the other": ["rear camera", "front camera"],
};

/** Open the camera of a phone; the lens that runs in the end. */
async function opened(phone) {
  const camera = new Camera(aVideo(), () => {});
  await camera.open();
  camera.frames.stop();
  return { camera, last: phone.opened.at(-1) };
}

const pair = ([front, back], more = {}) => [
  { id: "f", label: front, faces: "front", ...more },
  { id: "b", label: back, faces: "back", ...more },
];

for (const [language, labels] of Object.entries(LABELS)) {
  test(`a back camera is not left for a front one: ${language}`, async () => {
    for (const lenses of [pair(labels), pair(labels).reverse(), pair(labels, { able: { facing: true } })]) {
      const { camera, last } = await opened(aPhone(lenses, { chooses: "b" }));
      assert.equal(last, "b");
      assert.equal(camera.facing, "back");
    }
  });

  test(`a front camera is left for the back one: ${language}`, async () => {
    for (const more of [{}, { able: { facing: true } }]) {
      const { camera, last } = await opened(aPhone(pair(labels, more), { chooses: "f" }));
      assert.equal(last, "b");
      assert.equal(camera.facing, "back");
    }
  });
}

test("a front camera is left for whatever may be the back one, and for that only", async () => {
  const lenses = [...pair(LABELS.Korean), { id: "g", label: "전면 광각", faces: "front" }].reverse();
  const phone = aPhone(lenses, { chooses: "f" });
  const { last } = await opened(phone);
  assert.deepEqual(phone.opened, ["f", "g", "b"]);
  assert.equal(last, "b");
});

test("what a name promised and the camera does not keep is undone, and remembered", async () => {
  const lenses = [
    { id: "b", label: "Kamera 2", faces: "back" },
    { id: "f", label: "camera2 0, facing back", faces: "front" },
  ];
  const phone = aPhone(lenses, { chooses: "b" });
  const { camera } = await opened(phone);
  assert.deepEqual(phone.opened, ["b", "f", "b"]);
  assert.equal(camera.facing, "back");
  await camera.open();
  camera.frames.stop();
  assert.deepEqual(phone.opened, ["b", "f", "b", "b"]);
});

test("of several back cameras without known words the one with far more pixels is the main one", async () => {
  const lenses = [
    { id: "depth", label: "Kamera 3", faces: "back", able: { facing: true, width: 1600 } },
    { id: "main", label: "Kamera 1", faces: "back", able: { facing: true, width: 4000 } },
    { id: "tele", label: "Kamera 2", faces: "back", able: { facing: true, width: 4080 } },
    { id: "selfie", label: "Kamera 0", faces: "front", able: { facing: true, width: 6000 } },
  ];
  assert.equal((await opened(aPhone(lenses, { chooses: "main" }))).last, "main");
  assert.notEqual((await opened(aPhone(lenses, { chooses: "depth" }))).last, "depth");
  assert.notEqual((await opened(aPhone(lenses, { chooses: "selfie" }))).last, "selfie");
});

test("a browser that gives a track another deviceId than the list does not open twice", async () => {
  const phone = aPhone(pair(["Front Camera", "Back Camera"]), { chooses: "b" });
  const { getUserMedia } = navigator.mediaDevices;
  navigator.mediaDevices.getUserMedia = async (what) => {
    const stream = await getUserMedia(what);
    const [track] = stream.getTracks();
    const settings = track.getSettings();
    track.getSettings = () => ({ ...settings, deviceId: "of this track alone" });
    return stream;
  };
  const { camera } = await opened(phone);
  assert.deepEqual(phone.opened, ["b"]);
  await camera.switchLens();
  camera.frames.stop();
  assert.deepEqual(phone.opened, ["b", "f"]);
});

test("a lens that is refused until the one before is free is asked for again", async () => {
  const phone = aPhone(pair(LABELS.German), { chooses: "b", freed: 2 });
  const { camera } = await opened(phone);
  await camera.switchLens();
  assert.deepEqual(phone.opened, ["b", "f"]);
  assert.deepEqual(phone.asked, ["any", "f", "f", "f"]);
  assert.equal(camera.facing, "front");
  camera.frames.stop();
});

test("a lens that never opens gives way to the one before", async () => {
  const lenses = pair(LABELS.Thai);
  lenses[0].broken = true;
  const phone = aPhone(lenses, { chooses: "b" });
  const { camera } = await opened(phone);
  await camera.switchLens();
  assert.deepEqual(phone.opened, ["b", "b"]);
  assert.equal(camera.facing, "back");
  camera.frames.stop();
});

test("the lens that a person chose is opened again after the stream ended", async () => {
  const phone = aPhone(pair(LABELS.French), { chooses: "b" });
  const { camera } = await opened(phone);
  await camera.switchLens();
  await camera.open();
  camera.frames.stop();
  assert.deepEqual(phone.opened, ["b", "f", "f"]);
});
