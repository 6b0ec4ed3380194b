// @ts-check
/**
 * Follows the Huffman codes of a baseline JPEG through all blocks of the picture, without making a picture of them: a lost
 * or altered part shows as a code that there is not, or as too few or too many blocks. Pure.
 */

import { atMarker, readerAt, restart, skip, symbol } from "look/bit-reader";

/** @import { BitReader, Codes } from "look/bit-reader" */

/**
 * @typedef {{id: number, across: number, down: number}} Component blocks of it in a unit
 * @typedef {{width: number, height: number, components: Component[]}} CodedFrame px
 */

const ZEROS = 15;
const LAST = 63;

/** @param {DataView} segment behind its length @param {Map<number, Codes>} tables by class × 16 + number */
export function readTables(segment, tables) {
  for (let at = 0; at < segment.byteLength; ) {
    const lengths = Array.from({ length: 16 }, (_, i) => segment.getUint8(at + 1 + i));
    const codes = new Uint16Array(1 << 16);
    let next = 0;
    let value = at + 17;
    for (const [i, many] of lengths.entries())
      for (let n = 0; n < many; n++, next += 1 << (15 - i))
        codes.fill(((i + 1) << 8) | segment.getUint8(value++), next, next + (1 << (15 - i)));
    tables.set(segment.getUint8(at), codes);
    at = value;
  }
}

/** @param {DataView} segment behind its length @returns {CodedFrame} */
export function readFrame(segment) {
  const components = Array.from({ length: segment.getUint8(5) }, (_, i) => {
    const sampling = segment.getUint8(7 + 3 * i);
    return { id: segment.getUint8(6 + 3 * i), across: sampling >> 4, down: sampling & 15 };
  });
  return { height: segment.getUint16(1), width: segment.getUint16(3), components };
}

/**
 * @param {Uint8Array} bytes @param {number} from where the coded data begin @param {DataView} segment head of the scan
 * @param {CodedFrame} frame @param {Map<number, Codes>} tables @param {number} restarts units between two of them; 0: none
 * @returns {boolean} every block is there, and nothing else
 */
export function isSound(bytes, from, segment, frame, tables, restarts) {
  const blocks = blocksOf(segment, frame, tables);
  const reader = readerAt(from);
  if (!blocks.codes.length || blocks.codes.some(([dc, ac]) => !dc || !ac)) return false;
  for (let unit = 0; unit < blocks.units; unit++) {
    if (restarts && unit && unit % restarts === 0 && !restart(bytes, reader)) return false;
    for (const [dc, ac] of blocks.codes) if (!block(bytes, reader, dc, ac)) return false;
  }
  return atMarker(bytes, reader);
}

/** The units of a scan, and the tables of each block in one. @param {DataView} segment @param {CodedFrame} frame
 * @param {Map<number, Codes>} tables @returns {{units: number, codes: [Codes, Codes][]}} */
function blocksOf(segment, { width, height, components }, tables) {
  const most = {
    across: Math.max(...components.map((c) => c.across)),
    down: Math.max(...components.map((c) => c.down)),
  };
  const alone = segment.getUint8(0) === 1;
  /** @type {[Codes, Codes][]} */
  const codes = [];
  let units = Math.ceil(width / (8 * most.across)) * Math.ceil(height / (8 * most.down));
  for (let i = 0; i < segment.getUint8(0); i++) {
    const { across, down } = components.find(({ id }) => id === segment.getUint8(1 + 2 * i)) ?? components[0];
    const numbers = segment.getUint8(2 + 2 * i);
    const pair = /** @type {[Codes, Codes]} */ ([tables.get(numbers >> 4), tables.get(16 + (numbers & 15))]);
    for (let n = 0; n < (alone ? 1 : across * down); n++) codes.push(pair);
    if (alone) units = inBlocks(width * across, most.across) * inBlocks(height * down, most.down);
  }
  return { units, codes };
}

/** @param {number} sampled px × blocks of a component in a unit @param {number} most blocks of any */
export const inBlocks = (sampled, most) => Math.ceil(Math.ceil(sampled / most) / 8);

/** One block: the first code and 63 others, or fewer. @param {Uint8Array} bytes @param {BitReader} reader @param {Codes} dc
 * @param {Codes} ac */
function block(bytes, reader, dc, ac) {
  const size = symbol(bytes, reader, dc);
  if (size < 0 || size > 11 || !skip(bytes, reader, size)) return false;
  for (let k = 1; k <= LAST; k++) {
    const found = symbol(bytes, reader, ac);
    if (found < 0) return false;
    const bits = found & 15;
    if (!bits && found >> 4 !== ZEROS) return true;
    k += found >> 4;
    if (k > LAST || !skip(bytes, reader, bits)) return false;
  }
  return true;
}
