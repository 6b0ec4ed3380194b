// @ts-check
/**
 * Pictures that the server has not acknowledged, in IndexedDB: one per application, named by its opaque tag, and one per
 * slot of its documents.
 * Phones are borrowed: a picture under another tag is never read here, and none is older than 24 h.
 */

/**
 * @typedef {{tag: string, slot?: string, pairing: string, sha256: string, type: string, bytes: ArrayBuffer, width: number,
 *   height: number, at: number, wanted: boolean}} UnsentPicture `tag` is its name here: keyOf(tag, slot); width 0: not known
 */

export const DAY = 24 * 3600 * 1000;
const STORE = "pictures";
/** When the browser forbids storage (private windows), the picture lives as long as the page. @type {Map<string, UnsentPicture>} */
const memory = new Map();

/** What a picture is called here. @param {string} tag of the application @param {string} [slot] of a document */
export const storeKey = (tag, slot) => (slot ? `${tag}/${slot}` : tag);

/** @param {UnsentPicture} picture */
export async function put(picture) {
  memory.set(picture.tag, picture);
  await act("readwrite", (store) => store.put(picture));
}

/** @param {string} tag from keyOf @param {number} now ms @returns {Promise<UnsentPicture | null>} */
export async function find(tag, now) {
  await sweep(now);
  const kept = (await act("readonly", (store) => store.get(tag))) ?? memory.get(tag);
  return kept && isFresh(kept, now) ? kept : null;
}

/** @param {string} tag from keyOf */
export async function drop(tag) {
  memory.delete(tag);
  await act("readwrite", (store) => store.delete(tag));
}

/** Delete what is older than a day, by its key alone. @param {number} now ms */
async function sweep(now) {
  const old = (await keysOf(() => IDBKeyRange.upperBound(now - DAY))) ?? [];
  const ahead = (await keysOf(() => IDBKeyRange.lowerBound(now, true))) ?? [];
  for (const tag of [...old, ...ahead]) await drop(tag);
}

/** @param {() => IDBKeyRange} times @returns {Promise<string[] | null>} */
function keysOf(times) {
  return act("readonly", (store) => store.index("at").getAllKeys(times()));
}

/** A picture taken before the clock was set back counts as old too. @param {{at: number}} kept @param {number} now */
export function isFresh(kept, now) {
  return kept.at <= now && now - kept.at < DAY;
}

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} what
 * @returns {Promise<any>} null when this browser does not store
 */
async function act(mode, what) {
  try {
    const db = await open();
    const wish = db.transaction(STORE, mode);
    const answer = await done(what(wish.objectStore(STORE)), wish);
    db.close();
    return answer;
  } catch {
    return null;
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const wish = indexedDB.open("zhengzhao", 1);
    wish.onupgradeneeded = () => wish.result.createObjectStore(STORE, { keyPath: "tag" }).createIndex("at", "at");
    wish.onsuccess = () => resolve(wish.result);
    wish.onerror = wish.onblocked = () => reject(wish.error);
  });
}

/** @param {IDBRequest} request @param {IDBTransaction} wish resolves when it is on disk, not merely asked for */
function done(request, wish) {
  return new Promise((resolve, reject) => {
    wish.oncomplete = () => resolve(request.result);
    wish.onerror = wish.onabort = () => reject(wish.error);
  });
}
