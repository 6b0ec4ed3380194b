// @ts-check
/**
 * Whether a file is whole: browsers show what they have of a damaged one, and drawn again it would look sound. As
 * app/imaging/intake, which decides; what cameras write behind the picture is no fault here. Pure.
 */

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const RESTARTS = [0xd0, 0xd7];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const IEND = 0x49454e44;
/** Length, name and checksum around the content of a chunk. */
const AROUND = 12;

/** @param {ArrayBuffer} file @returns {boolean} false for a JPEG or PNG that ends too early; true for other formats */
export function isComplete(file) {
  const bytes = new Uint8Array(file);
  if (bytes[0] === 0xff && bytes[1] === SOI) return jpegEnds(bytes);
  return PNG.every((byte, i) => bytes[i] === byte) ? pngEnds(new DataView(file)) : true;
}

/** Follows the segments, and the scans between them, to the end marker. @param {Uint8Array} bytes */
function jpegEnds(bytes) {
  for (let at = 2, scans = 0; ; ) {
    at = markerFrom(bytes, at);
    const marker = bytes[at + 1];
    if (marker === undefined) return false;
    if (marker === EOI) return scans > 0;
    if (marker === SOS) scans++;
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    if (!(length >= 2)) return false;
    at += 2 + length;
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
  for (let at = PNG.length; at + AROUND <= file.byteLength; at += AROUND + file.getUint32(at))
    if (file.getUint32(at + 4) === IEND) return true;
  return false;
}
