// @ts-check
/** One prompt at a time: the most important first, and long enough to be read. Pure. */

/** @import { Judge } from "guidance/judge" */

/**
 * @typedef {{check: string, way: string, few?: boolean, long?: boolean}} Prompt check "" when all is well; few: the
 *   camera's px are too few; long: the whole advice
 */

/** What means moving comes first: then a wall, light, distance, place, pose, stillness. */
const ORDER = [
  "single_face",
  "background_uniformity",
  "background_colour",
  "under_exposure",
  "over_exposure",
  "luminance_mean",
  "illumination_uniformity",
  "face_width",
  "inter_eye_distance",
  "centring",
  "eye_line",
  "hair_line",
  "roll",
  "yaw",
  "eyes_open",
  "sharpness",
  "derived_size",
];
/** Checks that a camera with more px would keep. */
const FAR = ["face_width", "inter_eye_distance"];
const READ = 1200;
const SURE = 300;
/** ms after which the pack's whole advice is shown instead of the short text. */
const LONG = 8000;

/** @type {Prompt} */
export const WELL = { check: "", way: "" };

/** The most important fault; null when none is known. @param {Judge} judge
 * @param {number} offset of the face, right in the picture above 0 @param {string[]} [before] the checks for which an
 * office has rejected the picture before: they come first @param {boolean} [few] the camera has few px
 * @returns {Prompt | null} */
export function foremost(judge, offset, before = [], few = false) {
  const broken = ORDER.filter((check) => (judge.side(check) ?? "kept") !== "kept" && judge.holds(check));
  const check = inTheDark(judge) ?? broken.find((each) => before.includes(each)) ?? broken[0];
  if (!check) return null;
  return {
    check,
    few: few && FAR.includes(check) && judge.side(check) === "too_low",
    way: check === "centring" ? (offset < 0 ? "left" : "right") : /** @type {string} */ (judge.side(check)),
  };
}

/** A face that is not seen may only be in the dark, or in glaring light. @param {Judge} judge */
function inTheDark(judge) {
  if (judge.value("single_face") !== 0) return undefined;
  const causes = { too_low: "under_exposure", kept: "", too_high: "over_exposure" };
  const cause = causes[judge.side("luminance_mean") ?? "kept"];
  return judge.side(cause) === "too_high" ? cause : undefined;
}

/** Whether two prompts say the same. @param {Prompt | null} a @param {Prompt | null} b */
function samePrompt(a, b) {
  const same = (/** @type {"few" | "long"} */ flag) => Boolean(a?.[flag]) === Boolean(b?.[flag]);
  return a?.check === b?.check && a?.way === b?.way && same("few") && same("long");
}

/**
 * The checks that stand behind the reasons of a rejection: `eye_line.too_high` is about `eye_line`.
 * @param {string[]} reasons
 */
export function checksOf(reasons) {
  return reasons.map((code) => code.split(".")[0]).filter((check) => ORDER.includes(check));
}

/** Keeps a prompt until it was read, and changes it only for one that stays. */
export class Prompter {
  constructor() {
    /** @type {Prompt | null} */
    this.shown = null;
    this.since = -Infinity;
    /** @type {Prompt | null} */
    this.wanted = null;
    this.wantedSince = 0;
  }

  /** @param {Prompt} asked @param {number} now ms @returns {Prompt | null} a prompt to show now, null: leave it */
  next(asked, now) {
    const wanted = this.stuck(asked, now) ? { ...asked, long: true } : asked;
    if (!samePrompt(wanted, this.wanted)) [this.wanted, this.wantedSince] = [wanted, now];
    if (samePrompt(wanted, this.shown) || now - this.wantedSince < SURE || now - this.since < READ) return null;
    [this.shown, this.since] = [wanted, now];
    return wanted;
  }

  /** What is shown is no longer the right thing to say: the next prompt need not wait until it was read. */
  anew() {
    [this.shown, this.since] = [null, -Infinity];
  }

  /** The same prompt has been shown for long without effect. That the camera has few px is said as long as it is so.
   * @param {Prompt} asked @param {number} now */
  stuck(asked, now) {
    if (asked.few) return false;
    return asked.check !== "" && asked.check === this.shown?.check && (this.shown.long || now - this.since > LONG);
  }
}

/** The key of its words: helpers hold the phone, the others are told what to do themselves.
 * @param {Prompt} prompt @param {boolean} self the person films himself */
export function promptKey({ check, way, few }, self) {
  if (few) return "live.few-pixels";
  return check ? `live.${check}.${way}${self ? ".self" : ""}` : "live.well";
}
