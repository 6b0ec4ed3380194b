// @ts-check
/**
 * The same for a progressive JPEG, as ITU-T T.81, annex G has it: each scan brings some coefficients of all blocks, or one
 * more bit of them. A part that is lost shows also as coefficients that no scan has brought to their last bit. Pure.
 */

import { atMarker, number, readerAt, restart, skip, symbol } from "look/bit-reader";
import { inBlocks } from "look/coded-blocks";

/**
 * @import { BitReader, Codes } from "look/bit-reader"
 * @import { CodedFrame, Component } from "look/coded-blocks"
 */

/**
 * @typedef {{from: number, to: number, fine: boolean, codes: Codes | undefined, bytes: Uint8Array, reader: BitReader,
 *   marks: Uint32Array, run: number}} Band coefficients of one component; `fine`: one more bit of them; `marks` those that are
 *   not 0, a bit each; `run`: so many blocks have nothing more in this scan
 */

const COEFFICIENTS = 64;
const ZEROS = 15;

export class ProgressiveBlocks {
  /** @param {CodedFrame} frame */
  constructor(frame) {
    const { components } = frame;
    this.frame = frame;
    this.most = {
      across: Math.max(...components.map((c) => c.across)),
      down: Math.max(...components.map((c) => c.down)),
    };
    /** By component: which coefficients are not 0, and bits that each still lacks (-1: all). */
    this.marks = components.map((each) => new Uint32Array(2 * this.blocksOf(each)));
    this.lacking = components.map(() => new Int8Array(COEFFICIENTS).fill(-1));
  }

  /** Every coefficient has come to its last bit. */
  get complete() {
    return this.lacking.every((component) => component.every((bits) => bits === 0));
  }

  /** In a scan of its own. @param {Component} component */
  blocksOf({ across, down }) {
    const { width, height } = this.frame;
    return inBlocks(width * across, this.most.across) * inBlocks(height * down, this.most.down);
  }

  /**
   * @param {Uint8Array} bytes @param {number} from where the coded data begin @param {DataView} segment head of the scan
   * @param {Map<number, Codes>} tables @param {number} restarts units between two of them; 0: none
   * @returns {boolean} this scan has every block, and nothing else
   */
  take(bytes, from, segment, tables, restarts) {
    const many = segment.getUint8(0);
    const [first, to, bits] = [0, 1, 2].map((i) => segment.getUint8(1 + 2 * many + i));
    const which = Array.from({ length: many }, (_, i) =>
      this.frame.components.findIndex(({ id }) => id === segment.getUint8(1 + 2 * i)),
    );
    if (which.includes(-1) || to >= COEFFICIENTS || first > to || (first && many > 1)) return false;
    if (!which.every((component) => this.goesOn(component, first, to, bits))) return false;
    const fine = bits >> 4 > 0;
    const reader = readerAt(from);
    const numbers = which.map((_, i) => segment.getUint8(2 + 2 * i));
    if (!first) {
      const codes = fine ? [] : numbers.map((each) => tables.get(each >> 4));
      return this.beginnings(which, bytes, reader, codes, restarts) && atMarker(bytes, reader);
    }
    const band = { from: first, to, fine, codes: tables.get(16 + (numbers[0] & 15)), bytes, reader };
    return this.band(which[0], band, restarts) && atMarker(bytes, reader);
  }

  /** A scan goes on where the one before of these coefficients has ended. @param {number} component @param {number} first
   * @param {number} to @param {number} bits lacking before × 16 + lacking afterwards */
  goesOn(component, first, to, bits) {
    const before = bits >> 4 || -1;
    const lacking = this.lacking[component];
    const right = lacking.subarray(first, to + 1).every((each) => each === before);
    lacking.fill(bits & 15, first, to + 1);
    return right;
  }

  /**
   * The first coefficient of all blocks. @param {number[]} which components @param {Uint8Array} bytes
   * @param {BitReader} reader @param {(Codes | undefined)[]} codes none: one more bit of each @param {number} restarts
   */
  beginnings(which, bytes, reader, codes, restarts) {
    const { width, height, components } = this.frame;
    const alone = which.length === 1;
    const units = alone
      ? this.blocksOf(components[which[0]])
      : inBlocks(width, this.most.across) * inBlocks(height, this.most.down);
    const blocks = which.flatMap((component, i) => {
      const { across, down } = components[component];
      return Array(alone ? 1 : across * down).fill(codes[i]);
    });
    if (codes.includes(undefined)) return false;
    return eachUnit(units, restarts, bytes, reader, () =>
      blocks.every((table) => {
        const size = table ? symbol(bytes, reader, table) : 1;
        return size >= 0 && size <= ZEROS && skip(bytes, reader, size);
      }),
    );
  }

  /** @param {number} component @param {Omit<Band, "marks" | "run">} given @param {number} restarts */
  band(component, given, restarts) {
    if (!given.codes) return false;
    const band = { ...given, marks: this.marks[component], run: 0 };
    const look = band.fine ? refined : begun;
    const { reader, bytes } = band;
    const anew = () => {
      band.run = 0;
    };
    const units = band.marks.length / 2;
    return eachUnit(units, restarts, bytes, reader, (block) => look(band, 2 * block), anew);
  }
}

/**
 * @param {number} units @param {number} restarts @param {Uint8Array} bytes @param {BitReader} reader
 * @param {(unit: number) => boolean} take @param {() => void} [anew] after a restart
 */
function eachUnit(units, restarts, bytes, reader, take, anew) {
  for (let unit = 0; unit < units; unit++) {
    if (restarts && unit && unit % restarts === 0) {
      if (!restart(bytes, reader)) return false;
      anew?.();
    }
    if (!take(unit)) return false;
  }
  return true;
}

/** Coefficients of a block for the first time. @param {Band} band @param {number} block place of its marks */
function begun(band, block) {
  const { from, to, bytes, reader, marks } = band;
  if (band.run) return band.run-- > 0;
  for (let k = from; k <= to; k++) {
    const found = code(band);
    if (found < 0) return false;
    const bits = found & 15;
    k += found >> 4;
    if (!bits) {
      if (found >> 4 < ZEROS) return runs(band, found >> 4);
    } else if (k > to || !skip(bytes, reader, bits)) return false;
    else marks[block + (k >> 5)] |= 1 << (k & 31);
  }
  return true;
}

/** One more bit of what is not 0, and those that are not 0 with this bit. @param {Band} band @param {number} block */
function refined(band, block) {
  const { to, bytes, reader, marks } = band;
  let k = band.from;
  while (!band.run && k <= to) {
    const found = code(band);
    const bits = found & 15;
    if (found < 0 || bits > 1) return false;
    if (!bits && found >> 4 < ZEROS) {
      if (!runs(band, found >> 4)) return false;
      band.run++; // this block belongs to it
    } else {
      if (!skip(bytes, reader, bits)) return false;
      k = past(band, block, k, found >> 4);
      if (bits && k > to) return false;
      if (bits) marks[block + (k >> 5)] |= 1 << (k & 31);
      k++;
    }
    if (reader.count < 0) return false;
  }
  if (!band.run) return true;
  past(band, block, k, COEFFICIENTS);
  band.run--;
  return reader.count >= 0;
}

/**
 * Past so many that are 0, to the next; each that is not gets its bit. @param {Band} band @param {number} block
 * @param {number} from @param {number} zeros @returns {number} where that is, behind the band when there is none
 */
function past({ to, bytes, reader, marks }, block, from, zeros) {
  let left = zeros;
  for (let k = from; k <= to; k++)
    if ((marks[block + (k >> 5)] >>> (k & 31)) & 1) {
      if (!skip(bytes, reader, 1)) return to + 1;
    } else if (left-- === 0) return k;
  return to + 1;
}

/** This block and some that follow have nothing more. @param {Band} band @param {number} size bits of how many */
function runs(band, size) {
  band.run = (1 << size) - 1 + number(band.bytes, band.reader, size);
  return band.reader.count >= 0;
}

/** @param {Band} band */
function code({ bytes, reader, codes }) {
  return symbol(bytes, reader, /** @type {Codes} */ (codes));
}
