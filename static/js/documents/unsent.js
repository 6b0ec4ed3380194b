// @ts-check
/** What to do with a picture of a document that was taken before and has not been acknowledged. Pure. */

import { pairingOf } from "pairing/journey";

/**
 * @import { Slot, State } from "pairing/api"
 * @import { UnsentPicture } from "upload/unsent-store"
 */

/**
 * @typedef {Pick<UnsentPicture, "slot" | "sha256" | "pairing" | "wanted">} Left
 */

/**
 * The slot that it is for, if the document has it.
 * @param {State} state @param {Left} left @returns {Slot | undefined}
 */
export function slotOf(state, left) {
  return state.documents?.slots.find(({ slot }) => slot === left.slot);
}

/**
 * It has arrived after all; there is no place for it now; it goes on being sent, as the person wished; or they look at
 * it again, after another scan or when another picture has come into its slot.
 * @param {State} state @param {Left} left @returns {"drop" | "pass" | "send" | "look"}
 */
export function fateOf(state, left) {
  const slot = slotOf(state, left);
  if (!slot) return "pass";
  if (slot.document?.sha256 === left.sha256) return "drop";
  const goesOn = left.wanted && left.pairing === pairingOf(state) && slot.state !== "received";
  return goesOn ? "send" : "look";
}
