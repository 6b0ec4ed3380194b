// @ts-check
/**
 * Whether a file is whole: browsers show what they have of a damaged one, and drawn again it would look sound. As
 * app/imaging/intake, which decides; what cameras write behind the picture is no fault here. Pure.
 */

import { isSound, readFrame, readTables } from "look/coded-blocks";
import { ProgressiveBlocks } from "look/progressive-blocks";

/**
 * @import { Codes } from "look/bit-reader"
 * @import { CodedFrame } from "look/coded-blocks"
 */

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const TABLES = 0xc4;
const RESTART_INTERVAL = 0xdd;
/** The codings that are followed to the last block: cameras write the first, what was saved out of chats is often the other. */
const BASELINE = [0xc0, 0xc1];
const PROGRESSIVE = 0xc2;
const RESTARTS = [0xd0, 0xd7];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const IEND = 0x49454e44;
/** Length, name and checksum around the content of a chunk. */
const AROUND = 12;
const FTYP = 0x66747970;
/** Brands of HEIC. */
const HEIC = /^(hei[cxms]|hev[cxms]|mif1|msf1)$/;

/** @param {ArrayBuffer} file @returns {boolean} false for a damaged JPEG or PNG; true for other formats */
export function isComplete(file) {
  const bytes = new Uint8Array(file);
  if (isJpeg(bytes)) return jpegEnds(bytes);
  return isPng(bytes) ? pngEnds(new DataView(file)) : true;
}

/** Whether it is of a kind that the server reads. @param {ArrayBuffer} file */
export function isPicture(file) {
  const bytes = new Uint8Array(file);
  const box = new DataView(file);
  const heic =
    bytes.length > AROUND && box.getUint32(4) === FTYP && HEIC.test(String.fromCharCode(...bytes.slice(8, 12)));
  return isJpeg(bytes) || isPng(bytes) || heic;
}

/** @param {Uint8Array} bytes */
const isJpeg = (bytes) => bytes[0] === 0xff && bytes[1] === SOI;
/** @param {Uint8Array} bytes */
const isPng = (bytes) => PNG.every((byte, i) => bytes[i] === byte);

/** Follows the segments, and the scans between them, to the end marker. @param {Uint8Array} bytes */
function jpegEnds(bytes) {
  const coded = new Coded(bytes);
  for (let at = 2, scans = 0; ; ) {
    at = markerFrom(bytes, at);
    const marker = bytes[at + 1];
    if (marker === undefined) return false;
    if (marker === EOI) return scans > 0 && coded.complete;
    if (marker === SOS) scans++;
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    if (!(length >= 2) || at + 2 + length > bytes.length) return false;
    if (!coded.take(marker, at + 4, length - 2)) return false;
    at += 2 + length;
  }
}

/** What the segments say of the coded data that follow. */
class Coded {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    /** @type {Map<number, Codes>} */
    this.tables = new Map();
    /** Of a coding that can be followed. @type {CodedFrame | null} */
    this.frame = null;
    /** @type {ProgressiveBlocks | null} */
    this.progressive = null;
    this.restarts = 0;
  }

  /** All that the scans should bring has come. */
  get complete() {
    return this.progressive?.complete ?? true;
  }

  /** @param {number} marker @param {number} from @param {number} length @returns {boolean} false: it is damaged */
  take(marker, from, length) {
    const segment = new DataView(this.bytes.buffer, from, length);
    try {
      if (marker === TABLES) readTables(segment, this.tables);
      else if (marker === RESTART_INTERVAL) this.restarts = segment.getUint16(0);
      else if (BASELINE.includes(marker)) this.frame = readFrame(segment);
      else if (marker === PROGRESSIVE) this.progressive = new ProgressiveBlocks(readFrame(segment));
      else if (marker === SOS) return this.scan(from + length, segment);
      return true;
    } catch {
      return false; // a segment that is shorter than what it says
    }
  }

  /** @param {number} from @param {DataView} segment its head @returns {boolean} */
  scan(from, segment) {
    const { bytes, frame, progressive, tables, restarts } = this;
    if (progressive) return progressive.take(bytes, from, segment, tables, restarts);
    return !frame || isSound(bytes, from, segment, frame, tables, restarts);
  }
}

/**
 * Where the next marker is: past coded bytes, stuffed zeros, restarts and filling. @param {Uint8Array} bytes
 * @param {number} from @returns {number}
 */
function markerFrom(bytes, from) {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    const inside = next === 0 || next === 0xff || (next >= RESTARTS[0] && next <= RESTARTS[1]);
    if (!inside) return at;
  }
  return bytes.length;
}

/** @param {DataView} file */
function pngEnds(file) {
  for (let at = PNG.length; at + AROUND <= file.byteLength; ) {
    const end = at + AROUND + file.getUint32(at);
    if (end > file.byteLength || checksum(file, at + 4, end - 4) !== file.getUint32(end - 4)) return false;
    if (file.getUint32(at + 4) === IEND) return true;
    at = end;
  }
  return false;
}

/** CRC-32, as PNG has it. @param {DataView} file @param {number} from @param {number} to */
function checksum(file, from, to) {
  let sum = 0xffffffff;
  for (let at = from; at < to; at++) sum = REST[(sum ^ file.getUint8(at)) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

const REST = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});
