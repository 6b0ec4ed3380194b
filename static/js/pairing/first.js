// @ts-check
/**
 * What the server is asked before the rest of the page is there: loaded first, runs by itself. On a slow link the answers
 * come with the scripts, not after them.
 */

import { cameraUnavailable } from "camera/trouble";
import * as api from "pairing/api";
import { arrive } from "pairing/claim";
import { tokenOf } from "pairing/journey";

/** Who cannot take a picture here is asked what to do before the token is used. */
const unusable = cameraUnavailable() && tokenOf(location.hash);

/** @type {Promise<api.State> | null} */
let state = unusable ? null : arrive();
const pack = api.fetchPack().catch(() => null);
state?.catch(() => undefined);

/** @returns {Promise<api.State> | null} the first answer, once */
export function firstAnswer() {
  const answer = state;
  state = null;
  return answer;
}

/** The rule pack, which is the same for everybody. @returns {Promise<api.Pack>} */
export async function firstPack() {
  return (await pack) ?? api.fetchPack();
}
