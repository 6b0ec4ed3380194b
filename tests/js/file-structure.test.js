import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { isComplete } = await import("look/file-structure");

const file = (...parts) => Uint8Array.from(parts.flat()).buffer;
const segment = (marker, content) => [0xff, marker, 0, content.length + 2, ...content];
const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];
const thumbnail = [...SOI, ...segment(0xda, [1]), 5, 6, ...EOI];
const before = [...SOI, ...segment(0xe1, thumbnail), ...segment(0xc0, [8, 0, 1, 0, 1])];
// A scan with a stuffed zero, a restart, and filling before the marker.
const scan = [...segment(0xda, [1, 2]), 7, 0xff, 0, 9, 0xff, 0xd3, 4, 0xff];

test("a JPEG is whole when its end marker follows the coded picture", () => {
  assert.equal(isComplete(file(before, scan, EOI)), true);
  assert.equal(isComplete(file(before, scan, segment(0xc4, [1, 2, 3]), scan, EOI)), true, "progressive");
});

test("what makers write behind the picture is no fault here", () => {
  assert.equal(isComplete(file(before, scan, EOI, [0, 0, 0])), true);
  assert.equal(isComplete(file(before, scan, EOI, thumbnail)), true, "a second picture");
});

test("a JPEG that was cut off anywhere is not whole", () => {
  const whole = [...before, ...scan, ...EOI];
  for (let length = 2; length < whole.length; length++)
    assert.equal(isComplete(file(whole.slice(0, length))), false, `${length} bytes`);
});

test("the end of the picture inside the metadata is not the end", () => {
  assert.equal(isComplete(file(before)), false);
  assert.equal(isComplete(file(SOI, EOI)), false, "no picture at all");
});

test("a PNG is whole with its last chunk", () => {
  const chunk = (name, content) => [0, 0, 0, content.length, ...Buffer.from(name), ...content, 1, 2, 3, 4];
  const whole = [
    0x89,
    ...Buffer.from("PNG\r\n\x1a\n"),
    ...chunk("IHDR", Array(13).fill(1)),
    ...chunk("IDAT", [1, 2]),
    ...chunk("IEND", []),
  ];
  assert.equal(isComplete(file(whole)), true);
  assert.equal(isComplete(file(whole, [0, 0])), true);
  for (let length = 8; length < whole.length; length++) assert.equal(isComplete(file(whole.slice(0, length))), false);
});

test("what is neither is left to the browser and to the server", () => {
  assert.equal(isComplete(file([0, 0, 0, 24], [...Buffer.from("ftypheic")])), true);
  assert.equal(isComplete(file([])), true);
});
