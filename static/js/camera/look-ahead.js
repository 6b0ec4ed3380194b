// @ts-check
/** What is needed after the shutter is loaded before it, and before the judge's networks: a slow link is theirs for minutes. */

/** @returns {Promise<unknown>} settled when all has come, or cannot come now */
export function loadLook() {
  return Promise.allSettled([import("look/own-check"), import("look/registered"), import("look/file-structure")]);
}
