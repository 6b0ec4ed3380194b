// @ts-check
/**
 * Everything that a page keeps in the browser, apart from what the service worker caches. Storage may be forbidden or
 * full: then nothing is kept, and nothing fails.
 */

const DATABASE = "zhengzhao";
const VERSION = 1;
/** Of the database: pictures that were not sent, by their tag, with the time at which they were taken. */
const STORE = "pictures";

/**
 * What lives as long as this tab.
 * @template Found @param {(kept: Storage) => Found} act @returns {Found | null} null when this browser does not store
 */
export function withTabStorage(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}

/**
 * What stays on this device. Phones and PCs are shared: nothing about anybody belongs here.
 * @template Found @param {(kept: Storage) => Found} act @returns {Found | null} null when this browser does not store
 */
export function withDeviceStorage(act) {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

/** Whether the service worker has kept this file. @param {string} address @returns {Promise<boolean>} */
export async function isCached(address) {
  return Boolean("caches" in globalThis && (await caches.match(address, { ignoreVary: true }).catch(() => undefined)));
}

/**
 * One transaction on the pictures; settled when it is on disk.
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} act
 * @returns {Promise<any>} the request's result; null when this browser does not store
 */
export async function withPictures(mode, act) {
  try {
    const database = await openDatabase();
    const transaction = database.transaction(STORE, mode);
    const result = await finished(act(transaction.objectStore(STORE)), transaction);
    database.close();
    return result;
  } catch {
    return null;
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "tag" }).createIndex("at", "at");
    request.onsuccess = () => resolve(request.result);
    const fail = () => reject(request.error);
    request.onerror = fail;
    request.onblocked = fail;
  });
}

/** @param {IDBRequest} request @param {IDBTransaction} transaction */
function finished(request, transaction) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(transaction.error);
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = fail;
    transaction.onabort = fail;
  });
}
