// @ts-check
/** From the token in the address to a state. Only a successful claim clears the fragment. */

import * as api from "pairing/api";
import { tokenOf } from "pairing/journey";

/**
 * @param {string} [last4] for a link from support
 * @returns {Promise<api.State>} of the claimed pairing; without a token, of the cookie's
 * @throws {api.Refusal | api.Offline}
 */
export async function arrive(last4) {
  const token = tokenOf(location.hash);
  if (!token) return api.fetchState();
  const state = await api.claim({ token, nonce: nonce(), last4 });
  history.replaceState(null, "", location.pathname);
  return state;
}

/** The pairing was handed to another browser, which cannot: it comes back here. @returns {Promise<api.State>} */
export async function comeBack() {
  const state = await api.takeBack();
  history.replaceState(null, "", location.pathname);
  return state;
}

/**
 * A secret that belongs to this visit of this link, and outlives a reload with it: when the answer to the claim is lost,
 * the next try is known to come from the same browser.
 * @returns {string}
 */
function nonce() {
  const made = history.state?.nonce ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join("");
  history.replaceState({ nonce: made }, "");
  return made;
}

/** @param {number} byte */
function hex(byte) {
  return byte.toString(16).padStart(2, "0");
}
