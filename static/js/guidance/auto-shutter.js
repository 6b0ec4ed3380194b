// @ts-check
/** When to press the shutter without being asked: all was well for a while, then a ring fills. Pure. */

const STEADY = 600;
const RING = 1800;
/** After a picture was taken again the person may want to move first. */
const LATER = 4000;
/** ms: a single bad frame does not restart the ring. */
const BLINK = 250;

export class AutoShutter {
  /** @param {boolean} again a picture has been taken before */
  constructor(again = false) {
    this.steady = again ? LATER : STEADY;
    /** @type {number | null} */
    this.since = null;
    this.lastGreen = -Infinity;
  }

  /**
   * @param {boolean} green @param {number} now ms @returns {number} how far round the ring is: 0 not begun, 1 press now
   */
  step(green, now) {
    if (green) this.lastGreen = now;
    else if (now - this.lastGreen > BLINK) this.since = null;
    if (green) this.since ??= now;
    return this.since === null ? 0 : Math.min(1, Math.max(0, (now - this.since - this.steady) / RING));
  }

  /** Begin again: the person did something. */
  rest() {
    this.since = null;
  }
}

/** The best of a burst: the sharpest of those that are in order. @template {{green: boolean, sharp: number}} Shot
 * @param {Shot[]} burst @returns {Shot | undefined} */
export function bestShot(burst) {
  return burst.filter(({ green }) => green).sort((a, b) => b.sharp - a.sharp)[0];
}
