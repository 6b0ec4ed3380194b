// @ts-check
/** Which of a phone's cameras to use. Pure: labels and capabilities in, an order out. */

/** @typedef {{deviceId: string, label: string, width?: number}} Lens */

const NEVER = /infrared|\bir\b|depth|tof|红外|景深|深度/i;
const FRONT = /front|facetime|user|selfie|前置|前摄/i;
const BACK = /back|rear|environment|后置|后摄|背面/i;
const SPECIAL = /ultra|wide|tele|macro|zoom|超广角|广角|长焦|微距/i;

/** Lenses that may be used, the best first: the main back camera, other back ones, unknown ones, front ones.
 * @param {Lens[]} lenses @returns {Lens[]} */
export function rankedLenses(lenses) {
  return lenses
    .filter((lens) => !NEVER.test(lens.label))
    .map((lens, order) => ({ lens, order, rank: rank(lens) }))
    .sort((a, b) => b.rank - a.rank || (b.lens.width ?? 0) - (a.lens.width ?? 0) || a.order - b.order)
    .map(({ lens }) => lens);
}

/**
 * @param {string} label @param {string} [mode] facingMode, where the track says it
 * @returns {"front" | "back" | "other"}
 */
export function facingOf(label, mode) {
  if (mode) return mode === "user" ? "front" : "back";
  if (FRONT.test(label)) return "front";
  return BACK.test(label) ? "back" : "other";
}

/** Whether the camera is one of a device that is held in the hand. @param {string} agent */
export const isHeld = (agent) => /Android|iPhone|iPad|Mobile|HarmonyOS/i.test(agent);

/** The one after the current, round and round. @param {Lens[]} lenses @param {string} deviceId */
export function nextLens(lenses, deviceId) {
  return lenses[(lenses.findIndex((lens) => lens.deviceId === deviceId) + 1) % lenses.length];
}

/** @param {Lens} lens */
function rank({ label }) {
  if (FRONT.test(label)) return 0;
  if (!BACK.test(label)) return 1;
  // "camera2 0, facing back" is the main camera on Android; the others are its wide and tele sisters.
  if (/camera2? 0\b/i.test(label)) return 4;
  return SPECIAL.test(label) ? 2 : 3;
}
