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

/** ms. A database that another tab blocks, or that is broken, may never answer. */
const PATIENCE = 2000;
/** Whether it answered in time when it was last waited for; if not, it is asked and not waited for. */
let answering = true;

/**
 * One transaction on the pictures; settled when it is on disk, or after two seconds.
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} act
 * @returns {Promise<any>} the request's result; null when this browser does not store, or does not answer
 */
export function withPictures(mode, act) {
  return new Promise((resolve) => {
    const giveUp = () => {
      answering = false;
      resolve(null);
    };
    const timer = setTimeout(giveUp, answering ? PATIENCE : 0);
    const answered = (/** @type {unknown} */ found) => {
      clearTimeout(timer);
      answering = true;
      resolve(found);
    };
    transact(mode, act).then(answered, () => answered(null));
  });
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} act */
async function transact(mode, act) {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(STORE, mode);
    return await finished(act(transaction.objectStore(STORE)), transaction);
  } finally {
    database.close();
  }
}

/** While another tab blocks it, this waits. @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "tag" }).createIndex("at", "at");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
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
