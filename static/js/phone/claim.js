// @ts-check
/** From the token in the address to a state. Only a successful claim clears the fragment. */

import * as api from "phone/api";
import { tokenOf } from "phone/journey";

/**
 * @param {string} [last4] for a link from support
 * @returns {Promise<api.State>} of the claimed pairing; without a token, of the cookie's
 * @throws {api.Refusal | api.Offline}
 */
export async function arrive(last4) {
  const token = tokenOf(location.hash);
  if (!token) return api.state();
  const state = await api.claim(token, last4);
  history.replaceState(null, "", location.pathname);
  return state;
}
