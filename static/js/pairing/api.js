// @ts-check
/** The calls of docs/api.md, except the picture itself (upload/send). */

import { spoken } from "ui/choice";

/** @import { Measuring, Rule } from "guidance/limits" */

/**
 * @typedef {{name: string, id_number: string}} Person
 * @typedef {{check: string, value: number, unit: string, low: number | null, high: number | null,
 *   verdict: "pass" | "warn" | "unsure" | "refuse" | "inform", advice: {zh: string, en: string}}} Finding
 * @typedef {{pack: string, version: string, verdict: "pass" | "warn" | "unsure" | "refuse",
 *   findings: Finding[]}} Report
 * @typedef {{sha256: string, bytes: number, width: number, height: number, received_at: string, report: Report,
 *   registered_sha256?: string | null, crop?: number[] | null}} Capture
 * @typedef {{reasons: string[], texts: string[], opinion: string, region: number[] | null}} Rejected
 * @typedef {{zh: string, en: string}} Both
 * @typedef {{slot: string, label: Both, hint: Both, frame: "card" | "page" | "person",
 *   state: "missing" | "rejected" | "received" | "kept", document: {sha256: string} | null,
 *   rejected: {width: number, height: number, region: number[] | null} | null, opinion: string,
 *   reasons: string[]}} Slot
 * @typedef {{tag: string, state: "claimed" | "confirmed" | "received", purpose: "portrait" | "documents",
 *   person: Person, id_type: string, id_type_name: Both, number: string, language: "zh" | "en",
 *   alone: boolean, until: string, uploads_left: number, consent: {version: string, given: boolean}, capture: Capture | null, rejected?: Rejected,
 *   documents?: {slots: Slot[], complete: boolean, submit: Both}}} State
 * @typedef {{name: string, version: string, gallery?: boolean,
 *   crop: {width: number, height: number, hair: number[], eyes: number[], face_width: number[],
 *     min_quality: number, oval: {cx: number, cy: number, rx: number, ry: number}},
 *   gate: {min_bytes: number, min_width: number, min_height: number, max_bytes: number}, background?: number[][],
 *   margin: number, coarse_margin: number, checks: Record<string, Rule>, measuring: Measuring}} Pack
 * @typedef {{code: string, text: string, left?: number, purpose?: string, why?: string, language?: string,
 *   sha256?: string, back?: boolean, alone?: boolean}} Fault
 */

/** The server said no, and why. */
export class Refusal extends Error {
  /** @param {number} status @param {Fault} fault @param {number} [retryAfter] seconds @param {Report} [report] */
  constructor(status, fault, retryAfter = 0, report = undefined) {
    super(fault.code);
    this.status = status;
    this.code = fault.code;
    this.text = fault.text;
    this.left = fault.left;
    this.purpose = fault.purpose;
    this.why = fault.why;
    this.language = fault.language;
    this.sha256 = fault.sha256;
    this.back = fault.back;
    this.alone = fault.alone;
    this.retryAfter = retryAfter;
    this.report = report;
  }

  /** The pairing is over, or never was: nothing more can be done with this cookie. */
  get ended() {
    return this.status === 410 || this.status === 401;
  }
}

/** No answer, an answer of something in between, or a server that cannot for now. Trying again is safe. */
export class Offline extends Error {
  /**
   * @param {number} [retryAfter] seconds the other side asked for
   * @param {string} [text] what our server said, when it was the one that could not
   * @param {number} [status] 0: nobody answered
   */
  constructor(retryAfter = 0, text = "", status = 0) {
    super("offline");
    this.retryAfter = retryAfter;
    this.text = text;
    this.status = status;
  }
}

const PATIENCE = 15_000;

/** @returns {Promise<State>} */
export const fetchState = () => call("GET", "/m/state");

/** @returns {Promise<Pack>} */
export const fetchPack = () => call("GET", "/m/pack", undefined, "default");

/** @param {{token?: string, typed?: string, nonce: string, last4?: string}} asking `typed`: a code instead of a token @returns {Promise<State>} */
export const claim = (asking) => call("POST", "/m/claim", asking);

/** @returns {Promise<{url: string, minutes: number}>} a link that moves this pairing to another browser, and its life */
export const transfer = () => call("POST", "/m/transfer", {});

/** @returns {Promise<State>} after the pairing has returned to this browser */
export const takeBack = () => call("POST", "/m/back", {});

/** @param {string} consent version of the text that was accepted @returns {Promise<State>} */
export const confirm = (consent) => call("POST", "/m/progress", { code: "confirmed", consent });

/**
 * Tell the desktop where the person is. Nothing fails without it.
 * @param {string} code @returns {Promise<unknown>} once there was an answer, or none
 */
export function tell(code) {
  return call("POST", "/m/progress", { code }).catch(() => undefined);
}

/**
 * @param {string} method @param {string} path @param {object} [body] @param {RequestCache} [cache]
 * @returns {Promise<any>}
 * @throws {Refusal | Offline}
 */
async function call(method, path, body, cache = "no-store") {
  const answer = await ask(method, path, body, cache);
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said;
  throw refusal(answer.status, said, Number(answer.headers.get("Retry-After")) || 0);
}

/**
 * @param {string} method @param {string} path @param {object | undefined} body @param {RequestCache} cache
 * @returns {Promise<Response>}
 */
async function ask(method, path, body, cache) {
  const headers = { "X-Zhengzhao": "phone", "Content-Type": "application/json", ...spoken() };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(path, { method, headers, body: body && JSON.stringify(body), signal: stop.signal, cache });
  } catch {
    throw new Offline();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The error for a bad status. A gateway's page is not our server's answer: Offline.
 * @param {number} status @param {{error?: Fault, report?: Report} | null} said @param {number} retryAfter
 * @returns {Refusal | Offline}
 */
export function refusal(status, said, retryAfter) {
  if (status >= 500 || !said?.error) return new Offline(retryAfter, said?.error?.text, status);
  return new Refusal(status, said.error, retryAfter, said.report);
}
