// @ts-check
/** Which screen is right, from what the server and this phone know. Pure. */

import { Refusal } from "pairing/api";

/** @import { State } from "pairing/api" */

/**
 * @typedef {"confirm" | "rules" | "camera" | "look" | "sending" | "done"} Screen
 * @typedef {{pairing: string, wanted: boolean}} Unsent
 * @typedef {{fail: (error: unknown) => unknown, later: () => void, route: () => void,
 *   settle: (state: State) => unknown}} Page what the page does for the screens of a purpose: `later` loads what can
 *   wait; `route` shows where the person is; `settle` does so by what the server said
 */

/** One permission of one phone: a new scan gives a new one. @param {State} state */
export function pairingOf(state) {
  return `${state.number}@${state.until}`;
}

/**
 * @param {State} state
 * @param {Unsent | null} unsent a picture of this application that the server has not acknowledged
 * @param {boolean} rulesRead the specification was seen in this visit
 * @returns {Screen}
 */
export function screenFor(state, unsent, rulesRead) {
  if (state.state === "claimed" && !state.alone) return "confirm";
  if (unsent) return unsent.wanted && unsent.pairing === pairingOf(state) ? "sending" : "look";
  if (state.state === "received") return "done";
  return rulesRead || state.alone ? "camera" : "rules";
}

/** The desktop asked for another picture while this phone showed that it was done.
 * @param {State} before @param {State} now */
export function askedAgain(before, now) {
  return before.state === "received" && now.state !== "received";
}

/**
 * What a refused upload means for the picture. The phone's copy may be the only one: it is given up when the server has
 * judged this very picture, which its answer names, and for nothing else.
 * @param {unknown} error @param {string} sha256 of the picture that was sent
 * @returns {"judged" | "ended" | "confirm" | "keep"} `ended`: the pairing; `confirm`: the person has to, first
 */
export function afterRefusal(error, sha256) {
  if (!(error instanceof Refusal) || error.ended) return "ended";
  if (error.sha256 === sha256) return "judged";
  return error.code === "not_confirmed" ? "confirm" : "keep";
}

/** The token of an address such as `/m#token`. @param {string} hash @returns {string | null} */
export function tokenOf(hash) {
  const token = hash.replace(/^#/, "");
  return /^[\w.~-]{8,300}$/.test(token) ? token : null;
}

/** A page for a phone, opened on a computer: it works, and the person should know.
 * @param {{touch: number, width: number}} device */
export function onDesktop({ touch, width }) {
  return touch === 0 && width >= 900;
}
