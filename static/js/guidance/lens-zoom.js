// @ts-check
/** The lens's own zoom, where it has one: it gives somebody far away more px than cutting the frame can. */

/** @import { FramePart } from "camera/guide" */

/** A little nearer than just enough, and at least so much. */
const ROOM = 1.1;
const WORTH = 1.15;
/** ms between two changes: the picture has to settle, and to be looked at. */
const SETTLED = 1500;
/** What is hardly cut fills the frame: the lens need not be so close. */
const HARDLY = 1.02;

/**
 * @param {FramePart} part that is shown @param {number} short how many times more px would be
 * enough
 * @param {{zoom: number, base: number, max: number}} lens @returns {number} the zoom it should have
 */
export function zoomFor({ left, top, scale }, short, { zoom, base, max }) {
  if (scale < HARDLY) return base;
  // What is shown now must still be in the frame, which closes in on its middle.
  const edges = [left, top, left + 1 / scale, top + 1 / scale];
  const closest = 1 / Math.max(...edges.map((edge) => Math.abs(2 * edge - 1)));
  const times = Math.min(Math.max(WORTH, short * ROOM), closest / ROOM);
  return short > 1 && times >= WORTH ? Math.min(max, zoom * times) : zoom;
}

export class LensZoom {
  constructor() {
    /** @type {MediaStreamTrack | undefined} */
    this.track = undefined;
    this.zoom = this.base = this.max = 1;
    this.changed = -Infinity;
  }

  /**
   * @param {MediaStreamTrack | undefined} track that is filming @param {FramePart} part @param {number} short
   * @param {number} now ms @returns {boolean} whether the frame is about to change
   */
  follow(track, part, short, now) {
    if (track !== this.track) this.learn(track);
    if (now - this.changed < SETTLED) return false;
    const zoom = zoomFor(part, short, this);
    if (zoom === this.zoom) return false;
    [this.zoom, this.changed] = [zoom, now];
    const advanced = /** @type {any} */ ([{ zoom }]);
    // A lens that cannot after all stays as it is.
    track?.applyConstraints({ advanced }).catch(() => (this.max = this.base = zoom));
    return true;
  }

  /** It cannot come nearer. */
  get spent() {
    return this.zoom >= this.max;
  }

  /** @param {MediaStreamTrack | undefined} track */
  learn(track) {
    const [able, settings] = /** @type {any[]} */ ([track?.getCapabilities?.(), track?.getSettings()]);
    this.track = track;
    this.zoom = this.base = settings?.zoom ?? 1;
    this.max = able?.zoom?.max ?? this.base;
  }
}
