// @ts-check
/**
 * Which of a phone's cameras to use. Pure: what is known of each in, an order out. Labels are translated and differ with
 * the maker: what the running track and the device's capabilities say comes first, words are a guess.
 */

/**
 * @typedef {"front" | "back"} Facing
 * @typedef {{deviceId: string, label: string, facing?: Facing, width?: number}} Lens `facing`: as the camera itself
 *   says; `width`: px, the largest
 */

const NEVER = /infrared|\bir\b|depth|tof|红外|景深|深度/i;
const FRONT = /front|facetime|user|selfie|前置|前摄/i;
const BACK = /back|rear|environment|后置|后摄|背面/i;
const SPECIAL = /ultra|wide|tele|macro|zoom|超广角|广角|长焦|微距/i;
/** A camera with so many times the pixels in a row is the main one of two that are else equal. */
const LARGER = 1.5;

/** Lenses that may be used, the best first: the main back camera, other back ones, unknown ones, front ones.
 * @param {Lens[]} lenses @returns {Lens[]} */
export function rankedLenses(lenses) {
  return lenses
    .map((lens, order) => ({ lens, order, rank: rank(lens) }))
    .filter((ranked) => ranked.rank >= 0)
    .sort((a, b) => b.rank - a.rank || (b.lens.width ?? 0) - (a.lens.width ?? 0) || a.order - b.order)
    .map(({ lens }) => lens);
}

/**
 * The lens to change to: one that is better than the running one for certain, and was not tried.
 * @param {Lens[]} ranked @param {Lens} running @param {Set<string>} tried their deviceIds
 * @returns {Lens | undefined}
 */
export function betterLens(ranked, running, tried) {
  return ranked.find((lens) => lens.deviceId !== running.deviceId && !tried.has(lens.deviceId) && beats(lens, running));
}

/** @param {Lens} lens @param {Lens} running */
function beats(lens, running) {
  const gain = rank(lens) - rank(running);
  return gain > 0 || (gain === 0 && Boolean(running.width) && (lens.width ?? 0) >= LARGER * (running.width ?? 0));
}

/**
 * The running one among the lenses. Some browsers give a track another deviceId than the list: then by its name.
 * @param {Lens[]} lenses @param {Lens} running as its track says
 * @returns {Lens} with all that is known
 */
export function knownLens(lenses, running) {
  const namesakes = lenses.filter((lens) => lens.label && lens.label === running.label);
  const same = lenses.find((lens) => lens.deviceId === running.deviceId) ?? (namesakes.length === 1 && namesakes[0]);
  return same ? { ...same, facing: running.facing ?? same.facing } : running;
}

/**
 * What the camera says of itself, where it says anything.
 * @param {string | string[]} [mode] facingMode, of a track's settings or of capabilities
 * @returns {Facing | undefined}
 */
export function saidFacing(mode) {
  const [first] = [mode ?? []].flat();
  return first === "user" ? "front" : first === "environment" ? "back" : undefined;
}

/** @param {Pick<Lens, "label" | "facing">} lens @returns {Facing | "other"} */
export function facingOf({ label, facing }) {
  if (facing) return facing;
  if (FRONT.test(label)) return "front";
  return BACK.test(label) ? "back" : "other";
}

/** Whether the camera is one of a device that is held in the hand. @param {string} agent */
export const isHeld = (agent) => /Android|iPhone|iPad|Mobile|HarmonyOS/i.test(agent);

/** The one after the current, round and round. @param {Lens[]} lenses @param {string} deviceId */
export function nextLens(lenses, deviceId) {
  return lenses[(lenses.findIndex((lens) => lens.deviceId === deviceId) + 1) % lenses.length];
}

/** @param {Lens} lens @returns {number} negative: never to be used */
function rank(lens) {
  if (NEVER.test(lens.label)) return -1;
  const facing = facingOf(lens);
  if (facing === "front") return lens.facing ? 0 : 1;
  if (facing === "other") return 2;
  // "camera2 0, facing back" is the main camera on Android; the others are its wide and tele sisters.
  if (/camera2? 0\b/i.test(lens.label)) return 5;
  return SPECIAL.test(lens.label) ? 3 : 4;
}
