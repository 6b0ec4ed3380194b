// @ts-check
/**
 * Send a picture: in one piece, and when the link breaks in pieces, of which none is sent again after a break. On a slow
 * link the server is asked first what it would say. The picture's hash is its name, so every step may be repeated.
 */

import { Offline, refusal } from "pairing/api";
import { reprDigest } from "upload/digest";
import { Crawling } from "upload/http";

/**
 * @import { Capture, Report } from "pairing/api"
 * @import { Answer } from "upload/http"
 */

/**
 * @typedef {{sha256: string, type: string, bytes: ArrayBuffer}} Sendable
 * @typedef {{capture: Capture, report: Report}} Received
 * @typedef {{
 *   http: typeof import("upload/http").http,
 *   pause: (failures: number, atLeast: number, why: Offline) => Promise<void>,
 *   told: (sent: number) => void,
 *   slow?: boolean,
 *   quick?: () => Promise<boolean>,
 *   ask?: () => Promise<number>,
 * }} Link `slow`: known to be; `quick`: whether it answers quickly; `ask`: the server, what it would say: bytes a second of
 *   the link, 0 when it did not answer; throws when the picture would be refused
 */

/** The server would refuse this picture: nothing of it has been sent yet. */
export class Foreseen extends Error {
  /** @param {Report} report */
  constructor(report) {
    super("foreseen");
    this.report = report;
  }
}

export const PIECE_BYTES = 32 * 1024;
/** Bytes. A link may break before a whole piece is sent: repeated breaks halve the next piece, down to this. */
const LEAST = 4 * 1024;
const PATIENCE = 8;
/** Bytes a second under which a picture is asked about before it is sent: 300 KB then take longer than 12 s. */
export const SLOW = 24 * 1024;
/** What is in the buffers of a socket counts as sent, and has not left the phone. */
const BUFFERED = 64 * 1024;

/**
 * @param {Sendable} picture
 * @param {Link} link
 * @returns {Promise<Received>}
 * @throws {Refusal} the server does not want it
 * @throws {Offline} the link stayed broken; call again later, what has arrived stays there
 */
export async function send(picture, link) {
  const slow = link.slow || (await link.quick?.()) === false;
  if (slow && (await rate(link)) < SLOW) return inPieces(picture, link);
  try {
    return await whole(picture, link, !slow && link.ask !== undefined);
  } catch (error) {
    if (error instanceof Crawling) await rate(link);
    else if (!(error instanceof Offline)) throw error;
    else if (error.retryAfter) await link.pause(1, error.retryAfter, error);
  }
  return inPieces(picture, link);
}

/**
 * Whether so little of a picture has left in the first second that it is better asked about first.
 * @param {number} sent @param {number} total bytes
 */
export function crawls(sent, total) {
  return sent < total && sent <= BUFFERED;
}

/** Of the link, by asking the server about the picture. @param {Link} link @returns {Promise<number>} */
async function rate(link) {
  return (await link.ask?.()) ?? 0;
}

/**
 * @param {Sendable} picture @param {Link} link @param {boolean} watched broken off when the link turns out to be slow
 * @returns {Promise<Received>}
 */
async function whole(picture, link, watched) {
  const request = { ...uploadRequest(picture, true), body: picture.bytes };
  const total = picture.bytes.byteLength;
  const answer = await link.http(request, link.told, (sent) => watched && crawls(sent, total));
  if (received(answer, picture)) return answer.said;
  throw failureOf(answer);
}

/** @param {Sendable} picture @param {Link} link @returns {Promise<Received>} */
async function inPieces(picture, link) {
  /** @type {Answer | null} */
  let last = null;
  let here = -1;
  let size = PIECE_BYTES;
  for (let failures = 0; ; ) {
    try {
      const answer = await step(picture, link, last, size);
      if (received(answer, picture)) return answer.said;
      if ((answer.offset ?? 0) > here) failures = 0;
      else if (last?.offset !== null && ++failures > PATIENCE) throw new Offline();
      here = answer.offset ?? here;
      last = answer;
    } catch (error) {
      if (!(error instanceof Offline) || ++failures > PATIENCE) throw error;
      if (failures > 1 && !error.status) size = Math.max(LEAST, size / 2);
      await link.pause(failures, error.retryAfter, error);
      last = last && { ...last, offset: null, complete: false };
    }
  }
}

/**
 * The next request, given the last answer: announce; send a piece; or, after a break, ask what has arrived. When all
 * has arrived, announcing returns the verdict if there is one; if not, an empty last piece asks for it.
 * @param {Sendable} picture @param {Link} link @param {Answer | null} last @param {number} size of a piece, bytes
 * @returns {Promise<Answer>}
 */
async function step(picture, link, last, size) {
  const all = last?.offset === picture.bytes.byteLength && last.status !== 201;
  const lost = last?.status === 404 || last?.complete || all;
  if (!last || lost) return usable(await link.http(uploadRequest(picture, false)), picture);
  if (last.offset === null)
    return usable(await link.http({ method: "HEAD", path: pathOf(picture), headers: {} }), picture);
  return usable(await piece(picture, last.offset, size, link), picture);
}

/** @param {Sendable} picture @param {number} offset @param {number} size @param {Link} link */
function piece(picture, offset, size, link) {
  const body = picture.bytes.slice(offset, offset + size);
  const end = offset + body.byteLength === picture.bytes.byteLength;
  const headers = {
    "Content-Type": "application/partial-upload",
    "Upload-Offset": String(offset),
    "Upload-Complete": end ? "?1" : "?0",
  };
  return link.http({ method: "PATCH", path: pathOf(picture), headers, body }, (sent) => link.told(offset + sent));
}

/** @param {Sendable} picture @param {boolean} complete @param {string} [path] */
export function uploadRequest(picture, complete, path = "/m/captures") {
  const headers = {
    "Content-Type": picture.type,
    "Upload-Complete": complete ? "?1" : "?0",
    "Upload-Length": String(picture.bytes.byteLength),
    "Repr-Digest": reprDigest(picture.sha256),
  };
  return { method: "POST", path, headers };
}

/** @param {Sendable} picture */
function pathOf(picture) {
  return `/m/captures/${picture.sha256}`;
}

/** The server has this very picture. @param {Answer} answer @param {Sendable} picture */
function received(answer, picture) {
  return (answer.status === 200 || answer.status === 201) && answer.said?.capture?.sha256 === picture.sha256;
}

/** Answers that say how to go on: 201, 204, an offset that differs, an upload that is not there.
 * @param {Answer} answer @param {Sendable} picture */
function usable(answer, picture) {
  const offset = answer.offset !== null && [200, 201, 204, 409].includes(answer.status);
  if (offset || received(answer, picture) || answer.status === 404) return answer;
  throw failureOf(answer);
}

/** The error of a bad answer: a refusal, or Offline where trying again helps. @param {Answer} answer */
export function failureOf(answer) {
  const broken =
    answer.said?.error?.code === "digest" ||
    (answer.status === 429 && answer.retryAfter <= 30 && answer.retryAfter > 0);
  return broken
    ? new Offline(answer.retryAfter, answer.said?.error?.text, answer.status)
    : refusal(answer.status, answer.said, answer.retryAfter);
}

/**
 * Wait before the next try: 1, 2, 4, 8, then 15 s, with some jitter so that many phones do not retry at the
 * same time.
 * @param {number} failures @param {number} [atLeast] seconds the server asked for @param {() => number} [chance]
 * @returns {number} milliseconds
 */
export function backoff(failures, atLeast = 0, chance = Math.random) {
  const base = Math.min(15_000, 1000 * 2 ** (failures - 1));
  return Math.max(base * (0.75 + chance() / 2), Math.min(atLeast, 60) * 1000);
}
