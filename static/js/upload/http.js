// @ts-check
/** One request with real progress. XMLHttpRequest, because fetch cannot tell how much has been sent. */

import { Offline } from "pairing/api";
import { spoken } from "ui/choice";

/**
 * @typedef {{status: number, offset: number | null, complete: boolean, retryAfter: number, said: any}} Answer
 * @typedef {{method: string, path: string, headers: Record<string, string>, body?: ArrayBuffer | null, within?: number}}
 *   Request `within`: ms for all of it, where its answer is of no use later
 */

/** Idle timeouts in ms: while bytes should be moving; afterwards, while the server reads and inspects. */
const STALL = 12_000;
const VERDICT = 40_000;
/** ms after which it is asked whether enough has been sent. */
const BEGINNING = 1000;

/** Too little has been sent in the beginning: the request was broken off, the link is there. */
export class Crawling extends Error {}

/**
 * @param {Request} request
 * @param {(sent: number) => void} [progress] bytes of this body that have left
 * @param {(sent: number) => boolean} [crawls] whether to break off, when so many have left in the beginning
 * @returns {Promise<Answer>}
 * @throws {Offline | Crawling} nobody answered, or nothing moved
 */
export function http({ method, path, headers, body = null, within }, progress = () => undefined, crawls = () => false) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const watch = watchdog(() => xhr.abort());
    const moved = inTheBeginning(xhr, crawls, reject);
    if (within) setTimeout(() => xhr.abort(), within);
    xhr.open(method, path);
    for (const [name, value] of Object.entries({ "X-Zhengzhao": "phone", ...spoken(), ...headers }))
      xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      watch.wait(STALL);
      moved(event.loaded);
      progress(event.loaded);
    };
    xhr.upload.onload = () => watch.wait(VERDICT);
    xhr.onload = () => {
      watch.stop();
      resolve(answerOf(xhr));
    };
    xhr.onerror = xhr.onabort = () => {
      watch.stop();
      reject(new Offline());
    };
    watch.wait(body ? STALL : VERDICT);
    xhr.send(body);
  });
}

/**
 * Breaks a request off that crawls. @param {XMLHttpRequest} xhr @param {(sent: number) => boolean} crawls
 * @param {(why: Crawling) => void} reject @returns {(sent: number) => void} takes how much has left
 */
function inTheBeginning(xhr, crawls, reject) {
  let left = 0;
  const timer = setTimeout(() => {
    if (!crawls(left)) return;
    reject(new Crawling());
    xhr.abort();
  }, BEGINNING);
  xhr.onloadend = () => clearTimeout(timer);
  return (sent) => {
    left = sent;
  };
}

/** @param {() => void} expired */
function watchdog(expired) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => clearTimeout(timer);
  const wait = (/** @type {number} */ ms) => {
    stop();
    timer = setTimeout(expired, ms);
  };
  return { stop, wait };
}

/** @param {XMLHttpRequest} xhr @returns {Answer} */
function answerOf(xhr) {
  const offset = xhr.getResponseHeader("Upload-Offset");
  return {
    status: xhr.status,
    offset: offset === null ? null : Number(offset),
    complete: xhr.getResponseHeader("Upload-Complete") === "?1",
    retryAfter: Number(xhr.getResponseHeader("Retry-After")) || 0,
    said: parsed(xhr.responseText),
  };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
