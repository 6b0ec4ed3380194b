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

/** @param {string} typed the code below the QR code @returns {Promise<api.State>} @throws {api.Refusal | api.Offline} */
export async function arriveByCode(typed) {
  const state = await api.claim({ typed, nonce: nonce() });
  history.replaceState(null, "", location.pathname);
  return state;
}

/** The pairing was moved to another browser that has no camera: it comes back here. @returns {Promise<api.State>} */
export async function comeBack() {
  const state = await api.takeBack();
  history.replaceState(null, "", location.pathname);
  return state;
}

/**
 * A secret of this history entry, kept over a reload: when the answer to the claim is lost, the server knows the next
 * try as the same browser's.
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
