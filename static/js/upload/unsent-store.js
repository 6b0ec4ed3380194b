// @ts-check
/**
 * Pictures that the server has not acknowledged, in IndexedDB: one per application, named by its opaque tag, and one
 * per slot of its documents. Phones are borrowed: a picture under another tag is never read here, and none is older
 * than 24 h.
 */

import { withPictures } from "ui/storage";

/**
 * @typedef {{tag: string, slot?: string, pairing: string, sha256: string, type: string, bytes: ArrayBuffer,
 *   width: number, height: number, incomplete?: boolean, foreign?: boolean, at: number, wanted: boolean}} UnsentPicture `tag`: storeKey(tag, slot); width 0: not
 *   known; `at`: ms
 */

export const DAY = 24 * 3600 * 1000;
/**
 * When the browser forbids storage (private windows) or does not answer, the picture lives as long as the page.
 * @type {Map<string, UnsentPicture>}
 */
const memory = new Map();
/** Whether the last picture lies on this device, and not in this page alone. */
let lasting = true;

export const isLasting = () => lasting;

/** What a picture is called here. @param {string} tag of the application @param {string} [slot] of a document */
export const storeKey = (tag, slot) => (slot ? `${tag}/${slot}` : tag);

/** @param {UnsentPicture} picture */
export async function put(picture) {
  memory.set(picture.tag, picture);
  lasting = (await withPictures("readwrite", (store) => store.put(picture))) !== null;
}

/** @param {string} tag from storeKey @param {number} now ms @returns {Promise<UnsentPicture | null>} */
export async function find(tag, now) {
  await sweep(now);
  const kept = (await withPictures("readonly", (store) => store.get(tag))) ?? memory.get(tag);
  return kept && isFresh(kept, now) ? kept : null;
}

/** @param {string} tag from storeKey */
export async function drop(tag) {
  memory.delete(tag);
  await withPictures("readwrite", (store) => store.delete(tag));
}

/** Delete what is older than a day, by its key alone. @param {number} now ms */
async function sweep(now) {
  const old = (await keysOf(() => IDBKeyRange.upperBound(now - DAY))) ?? [];
  const ahead = (await keysOf(() => IDBKeyRange.lowerBound(now, true))) ?? [];
  for (const tag of [...old, ...ahead]) await drop(tag);
}

/** @param {() => IDBKeyRange} times @returns {Promise<string[] | null>} */
function keysOf(times) {
  return withPictures("readonly", (store) => store.index("at").getAllKeys(times()));
}

/** A picture taken before the clock was set back counts as old too. @param {{at: number}} kept @param {number} now */
export function isFresh(kept, now) {
  return kept.at <= now && now - kept.at < DAY;
}
