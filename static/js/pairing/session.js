// @ts-check
/** What this page knows during one visit. The server decides; this is its last answer. */

import * as api from "pairing/api";
import { firstPack } from "pairing/first";
import { pairingOf } from "pairing/journey";
import { withTabStorage } from "ui/storage";
import * as store from "upload/unsent-store";

/**
 * @import { Picture } from "camera/picture"
 * @import { Sendable } from "upload/send"
 */

const RULES = "rules-read";

/** @type {api.State | null} */
let state = null;
/** @type {api.Pack | null} */
let pack = null;
/** @type {store.UnsentPicture | null} */
let unsent = null;

/** A file that was chosen where there is no camera, before the claim. @type {File | null} */
let early = null;

/** @returns {api.State} @throws when the server has not answered yet */
export function currentState() {
  if (!state) throw new Error("no state yet");
  return state;
}

/** @returns {api.State | null} */
export const lastState = () => state;

/** @returns {api.Pack} */
export const rulePack = () => /** @type {api.Pack} */ (pack);

/** @returns {store.UnsentPicture | null} */
export const unsentPicture = () => unsent;

/** @returns {File | null} */
export const earlyFile = () => early;

/** @param {File | null} file */
export function setEarlyFile(file) {
  early = file;
}

/** Take in what the server said, with the rule pack and the picture that belongs to it. @param {api.State} said */
export async function learnState(said) {
  const other = state?.tag !== said.tag || state.purpose !== said.purpose;
  state = said;
  const kept = other ? left(said) : unsent;
  pack ??= await firstPack();
  unsent = await kept;
}

/**
 * What was taken before and has not arrived: the portrait, or the first of the document's pictures.
 * @param {api.State} said
 */
async function left({ tag, purpose, documents }) {
  const slots = purpose === "documents" ? (documents?.slots ?? []).map(({ slot }) => slot) : [""];
  for (const slot of slots) {
    const found = await store.find(store.storeKey(tag, slot), Date.now());
    if (found) return found;
  }
  return null;
}

/** The pairing has ended: the cookie is worth nothing, an unsent picture stays where it is. */
export function forgetState() {
  state = null;
}

/**
 * A picture was taken: it is stored before it is shown.
 * @param {Sendable & Partial<Picture>} picture @param {string} [slot] of a document
 */
export async function keepPicture(picture, slot = "") {
  const tag = store.storeKey(currentState().tag, slot);
  unsent = {
    width: 0,
    height: 0,
    ...picture,
    tag,
    slot,
    pairing: pairingOf(currentState()),
    at: Date.now(),
    wanted: false,
  };
  await store.put(unsent);
}

/**
 * 使用这张照片: from now on it is sent until the server has it, also after a reload.
 * @param {boolean} [wanted] false: the person has to decide again
 */
export async function wantSent(wanted = true) {
  if (!unsent) return;
  unsent = { ...unsent, wanted, pairing: pairingOf(currentState()) };
  await store.put(unsent);
}

/** The picture has no place to be sent to now: it stays stored until it is a day old. */
export function leaveUnsent() {
  unsent = null;
}

/**
 * Acknowledged, judged or taken again: delete the picture with this hash, if it is still the current one.
 * @param {string} [sha256] else whichever
 */
export async function dropUnsent(sha256 = unsent?.sha256) {
  if (unsent?.sha256 !== sha256) return;
  const tag = unsent?.tag;
  unsent = null;
  if (tag) await store.drop(tag);
}

/** @returns {boolean} */
export function specificationRead() {
  return withTabStorage((kept) => kept.getItem(RULES) === currentState().tag) ?? false;
}

export function markSpecificationRead() {
  withTabStorage((kept) => kept.setItem(RULES, currentState().tag));
}
