import "./resolve.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { progressive } from "./progressive.js";

const { isComplete, isPicture } = await import("look/file-structure");

const file = (...parts) => Uint8Array.from(parts.flat()).buffer;
const segment = (marker, content) => [0xff, marker, 0, content.length + 2, ...content];
const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];
const thumbnail = [...SOI, ...segment(0xda, [1]), 5, 6, ...EOI];
// Of a coding (arithmetic) that is followed from marker to marker only.
const before = [...SOI, ...segment(0xe1, thumbnail), ...segment(0xc9, [8, 0, 1, 0, 1])];
// A scan with a stuffed zero, a restart, and filling before the marker.
const scan = [...segment(0xda, [1, 2]), 7, 0xff, 0, 9, 0xff, 0xd3, 4, 0xff];

test("a JPEG is whole when its end marker follows the coded picture", () => {
  assert.equal(isComplete(file(before, scan, EOI)), true);
  assert.equal(isComplete(file(before, scan, segment(0xdb, [1, 2, 3]), scan, EOI)), true, "two scans");
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

// 32×8 px of grey: four blocks, each of them the code 0 (no change) and the code 0 (nothing else): 00 00 00 00, filled by ones.
const codes = (kind) => [kind, 1, ...Array(15).fill(0), 0];
const grey = [...SOI, ...segment(0xc4, [...codes(0), ...codes(16)]), ...segment(0xc0, [8, 0, 8, 0, 32, 1, 1, 0x11, 0])];
const coded = (...bytes) => [...grey, ...segment(0xda, [1, 1, 0, 0, 63, 0]), ...bytes, ...EOI];

test("a baseline JPEG is whole when each block of it is there, and nothing else", () => {
  assert.equal(isComplete(file(coded(0))), true);
  assert.equal(isComplete(file(coded())), false, "nothing");
  assert.equal(isComplete(file(coded(0b00100000))), false, "a code that there is not");
  assert.equal(isComplete(file(coded(0, 0))), false, "more than there is of the picture");
  const restarted = [...grey, ...segment(0xdd, [0, 2]), ...segment(0xda, [1, 1, 0, 0, 63, 0])];
  assert.equal(isComplete(file(restarted, [0x0f, 0xff, 0xd0, 0x0f], EOI)), true, "restarts");
  assert.equal(isComplete(file(restarted, [0x0f], EOI)), false, "a restart is missing");
  assert.equal(isComplete(file(SOI, segment(0xc0, [8]), segment(0xda, [1]), [0], EOI)), false, "a segment cut short");
});

test("a progressive JPEG is whole when every coefficient has come to its last bit", () => {
  const whole = progressive;
  const scans = whole.flatMap((byte, at) => (byte === 0xff && whole[at + 1] === 0xda ? [at] : []));
  assert.ok(scans.length > 5);
  assert.equal(isComplete(file(whole)), true);
  for (let length = scans[0]; length < whole.length - 3; length++)
    assert.equal(isComplete(file(whole.slice(0, length), EOI)), false, `cut at ${length}, with an end mark`);
  for (const at of scans) {
    const next = [...scans, whole.length - 2].find((each) => each > at);
    assert.equal(isComplete(file(whole.slice(0, at), whole.slice(next))), false, `without the scan at ${at}`);
  }
});

test("what is no picture for the server is known by its first bytes", () => {
  assert.equal(isPicture(file(SOI, [0xff])), true);
  for (const brand of ["heic", "mif1"])
    assert.equal(isPicture(file([0, 0, 0, 24], [...Buffer.from(`ftyp${brand}`)], [0])), true);
  for (const other of ["%PDF-1.7 and so on", "RIFF....WEBPVP8 ", "....ftypavif....", ""])
    assert.equal(isPicture(file([...Buffer.from(other)])), false, other);
});

/** CRC-32, bit by bit. */
function checksum(content) {
  let sum = -1;
  for (const byte of content)
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (((sum ^ (byte >> bit)) & 1) * 0xedb88320);
  return [24, 16, 8, 0].map((by) => (~sum >>> by) & 0xff);
}

test("a PNG is whole with its last chunk, and with the checksum of each", () => {
  const chunk = (name, content) => {
    const named = Buffer.from([...Buffer.from(name), ...content]);
    return [0, 0, 0, content.length, ...named, ...checksum(named)];
  };
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
  const altered = whole.with(whole.length - 18, 9);
  assert.equal(isComplete(file(altered)), false, "an altered byte of the picture");
});

test("what is neither is left to the browser and to the server", () => {
  assert.equal(isComplete(file([0, 0, 0, 24], [...Buffer.from("ftypheic")])), true);
  assert.equal(isComplete(file([])), true);
});
