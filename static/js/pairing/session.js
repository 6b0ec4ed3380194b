// @ts-check
/** What this page knows during one visit. The truth is the server's; this is the last that it said. */

import * as api from "pairing/api";
import { pairingOf } from "pairing/journey";
import * as keep from "upload/unsent-store";

/** @typedef {import("camera/picture").Picture} Picture */

const RULES = "rules-read";

/** @type {api.State | null} */
let state = null;
/** @type {api.Pack | null} */
let pack = null;
/** @type {keep.Kept | null} */
let unsent = null;

/** @returns {api.State} @throws when nothing was learnt yet */
export function now() {
  if (!state) throw new Error("no state yet");
  return state;
}

/** @returns {api.State | null} */
export const known = () => state;

/** @returns {api.Pack} */
export const limits = () => /** @type {api.Pack} */ (pack);

/** @returns {keep.Kept | null} */
export const kept = () => unsent;

/** Take in what the server said, with the rule pack and the picture that belongs to it. @param {api.State} said */
export async function learn(said) {
  const other = state?.tag !== said.tag || state.purpose !== said.purpose;
  state = said;
  pack ??= await api.pack();
  if (other) unsent = await left(said);
}

/** What was taken before and has not arrived: the portrait, or the first of the document's pictures. @param {api.State} said */
async function left({ tag, purpose, documents }) {
  const slots = purpose === "documents" ? (documents?.slots ?? []).map(({ slot }) => slot) : [""];
  for (const slot of slots) {
    const found = await keep.mine(keep.keyOf(tag, slot), Date.now());
    if (found) return found;
  }
  return null;
}

/** The pairing has ended: the cookie is worth nothing, an unsent picture stays where it is. */
export function forget() {
  state = null;
}

/**
 * A picture was taken: on disk before anybody looks at it.
 * @param {import("upload/send").Picture & Partial<Picture>} picture @param {string} [slot] of a document
 */
export async function took(picture, slot = "") {
  const tag = keep.keyOf(now().tag, slot);
  unsent = { width: 0, height: 0, ...picture, tag, slot, pairing: pairingOf(now()), at: Date.now(), wanted: false };
  await keep.put(unsent);
}

/** 使用这张照片: from now on it is sent until the server has it, also after a reload. */
export async function want() {
  if (!unsent) return;
  unsent = { ...unsent, wanted: true, pairing: pairingOf(now()) };
  await keep.put(unsent);
}

/** There is nowhere to send it now: it stays on the disk until it is a day old. */
export function pass() {
  unsent = null;
}

/** Acknowledged, judged or taken again: the picture of this name, if it is still the one. @param {string} [sha256] else whichever */
export async function drop(sha256 = unsent?.sha256) {
  if (unsent?.sha256 !== sha256) return;
  const tag = unsent?.tag;
  unsent = null;
  if (tag) await keep.drop(tag);
}

/** @returns {boolean} */
export function rulesRead() {
  try {
    return sessionStorage.getItem(RULES) === now().tag;
  } catch {
    return false;
  }
}

export function readRules() {
  try {
    sessionStorage.setItem(RULES, now().tag);
  } catch {
    // Shown once more after a reload, nothing worse.
  }
}
