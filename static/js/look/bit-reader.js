// @ts-check
/** The bits and the Huffman codes of a JPEG's coded data, up to the next marker. Pure. */

/**
 * @typedef {Uint16Array} Codes for the next 16 bits: length of the code × 256 + what it stands for; 0: no code
 * @typedef {{at: number, bits: number, count: number, ended: boolean}} BitReader `bits` read ahead, and how many; `ended`: at a
 *   marker
 */

/** @param {number} at where the coded data begin @returns {BitReader} */
export const readerAt = (at) => ({ at, bits: 0, count: 0, ended: false });

/** @param {Uint8Array} bytes @param {BitReader} reader @param {Codes} codes @returns {number} negative: there is no such code */
export function symbol(bytes, reader, codes) {
  fill(bytes, reader);
  const { bits, count } = reader;
  const found = codes[count >= 16 ? (bits >>> (count - 16)) & 0xffff : (bits << (16 - count)) & 0xffff];
  return found && skip(bytes, reader, found >> 8) ? found & 0xff : -1;
}

/** @param {Uint8Array} bytes @param {BitReader} reader @param {number} many bits */
export function skip(bytes, reader, many) {
  if (reader.count < many) fill(bytes, reader);
  reader.count -= many;
  reader.bits &= (1 << reader.count) - 1;
  return reader.count >= 0;
}

/** Read ahead, as far as the data go. @param {Uint8Array} bytes @param {BitReader} reader */
function fill(bytes, reader) {
  while (reader.count <= 16 && !reader.ended) {
    const byte = bytes[reader.at];
    reader.ended = byte === undefined || (byte === 0xff && bytes[reader.at + 1] !== 0);
    if (reader.ended) return;
    reader.bits = (reader.bits << 8) | byte;
    reader.count += 8;
    reader.at += byte === 0xff ? 2 : 1;
  }
}

/** The next bits as a number; 0 where there are too few, which `reader.count` below 0 tells. @param {Uint8Array} bytes
 * @param {BitReader} reader @param {number} many bits */
export function number(bytes, reader, many) {
  fill(bytes, reader);
  const value = many && reader.count >= many ? (reader.bits >>> (reader.count - many)) & ((1 << many) - 1) : 0;
  skip(bytes, reader, many);
  return value;
}

/** Nothing is left but what fills the last byte. @param {Uint8Array} bytes @param {BitReader} reader */
export function atMarker(bytes, reader) {
  fill(bytes, reader);
  return reader.ended && reader.count < 8;
}

/** @param {Uint8Array} bytes @param {BitReader} reader */
export function restart(bytes, reader) {
  if (!atMarker(bytes, reader)) return false;
  while (bytes[reader.at + 1] === 0xff) reader.at++;
  const marker = bytes[reader.at + 1];
  Object.assign(reader, { at: reader.at + 2, bits: 0, count: 0, ended: false });
  return marker >= 0xd0 && marker <= 0xd7;
}
