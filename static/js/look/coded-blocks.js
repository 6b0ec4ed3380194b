// @ts-check
/**
 * Follows the Huffman codes of a baseline JPEG through all blocks of the picture, without making a picture of them: a lost
 * or altered part shows as a code that there is not, or as too few or too many blocks. Pure.
 */

/**
 * @typedef {{id: number, across: number, down: number}} Component blocks of it in a unit
 * @typedef {{width: number, height: number, components: Component[]}} CodedFrame px
 * @typedef {Uint16Array} Codes for the next 16 bits: length of the code × 256 + what it stands for; 0: no code
 * @typedef {{at: number, bits: number, count: number, ended: boolean}} BitReader `bits` read ahead, and how many; `ended`: at a
 *   marker
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
  const reader = { at: from, bits: 0, count: 0, ended: false };
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
const inBlocks = (sampled, most) => Math.ceil(Math.ceil(sampled / most) / 8);

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

/** @param {Uint8Array} bytes @param {BitReader} reader @param {Codes} codes @returns {number} negative: there is no such code */
function symbol(bytes, reader, codes) {
  fill(bytes, reader);
  const { bits, count } = reader;
  const found = codes[count >= 16 ? (bits >>> (count - 16)) & 0xffff : (bits << (16 - count)) & 0xffff];
  return found && skip(bytes, reader, found >> 8) ? found & 0xff : -1;
}

/** @param {Uint8Array} bytes @param {BitReader} reader @param {number} many bits */
function skip(bytes, reader, many) {
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

/** Nothing is left but what fills the last byte. @param {Uint8Array} bytes @param {BitReader} reader */
function atMarker(bytes, reader) {
  fill(bytes, reader);
  return reader.ended && reader.count < 8;
}

/** @param {Uint8Array} bytes @param {BitReader} reader */
function restart(bytes, reader) {
  if (!atMarker(bytes, reader)) return false;
  while (bytes[reader.at + 1] === 0xff) reader.at++;
  const marker = bytes[reader.at + 1];
  Object.assign(reader, { at: reader.at + 2, bits: 0, count: 0, ended: false });
  return marker >= 0xd0 && marker <= 0xd7;
}
