// @ts-check
/**
 * The viewfinder: keeps the camera running and the frame in its place, and enables the shutter only for a usable
 * picture.
 */

import { Camera } from "camera/camera";
import { frameSize, lookAtShape } from "camera/frames";
import { closeUp, layout, WHOLE_FRAME } from "camera/guide";
import { cropOf, LONGEST_SIDE } from "camera/picture";
import { keepAwake } from "camera/wake-lock";
import { say } from "ui/speech";
import { t } from "ui/texts";

/**
 * @import { FramePart } from "camera/guide"
 * @import { Pack } from "pairing/api"
 */

/**
 * @typedef {{video: HTMLVideoElement, frame: HTMLElement, prompt: HTMLElement, which: HTMLElement, room: HTMLElement,
 *   shutter: HTMLButtonElement, swap: HTMLButtonElement, choices: HTMLElement, instead: HTMLElement}} Parts
 * @typedef {{onReady: () => unknown, onTrouble: (error: unknown) => unknown,
 *   onPrompt?: (key: string) => unknown}} ViewfinderEvents `onPrompt`: "" where the words are not for others
 * @typedef {Pick<Pack["gate"], "min_width" | "min_height">} LeastSize
 * @typedef {{ratio?: number, prompt?: string}} Shape of the picture that is wanted, and what is said about it
 */

/** ms to wait for the permission, which some in-app browsers never ask for; then a file is offered instead. */
const SLOW = 10_000;

export class Viewfinder {
  /** @param {Parts} parts @param {LeastSize} gate @param {ViewfinderEvents} uses @param {Shape} [shape] */
  constructor(parts, gate, uses, shape = {}) {
    this.shape = shape;
    this.parts = parts;
    this.gate = gate;
    this.uses = uses;
    this.camera = new Camera(parts.video, () => this.revive());
    this.leaving = new AbortController();
    this.awake = keepAwake();
    /** What of the frame is shown. */
    this.part = WHOLE_FRAME;
    /** Longest side of the picture to take, px. */
    this.longest = LONGEST_SIDE;
    this.listen();
  }

  listen() {
    const { signal } = this.leaving;
    globalThis.addEventListener("resize", () => this.turned(), { signal });
    this.parts.video.addEventListener("resize", () => this.turned(), { signal });
    document.addEventListener("visibilitychange", () => this.revive(), { signal });
  }

  /** @param {() => Promise<boolean>} [opening] */
  async start(opening = () => this.camera.open()) {
    this.parts.shutter.disabled = true;
    const slow = setTimeout(() => this.warn("shoot.slow"), SLOW);
    try {
      if (await opening()) this.ready();
    } catch (error) {
      if (!this.leaving.signal.aborted) this.uses.onTrouble(error);
    } finally {
      clearTimeout(slow);
    }
  }

  switchLens() {
    return this.start(() => this.camera.switchLens());
  }

  /** iOS leaves a black picture after a call or a locked screen: open again once the page is visible. */
  revive() {
    if (!document.hidden && this.camera.stream && this.camera.dead) this.start();
  }

  /** Whether there is a live picture to take. */
  get alive() {
    return this.camera.live && this.parts.video.videoWidth > 0;
  }

  leave() {
    this.leaving.abort();
    this.awake.stop();
    this.camera.close();
  }

  ready() {
    this.arrange();
    this.describe();
    this.parts.swap.hidden = this.camera.lenses.length < 2;
    this.uses.onReady();
  }

  /** Say which camera it is and what to do, or that this camera's pictures would be too small. */
  describe() {
    const { video, which, room, shutter } = this.parts;
    const { min_width, min_height } = this.gate;
    const { width, height } = frameSize(video);
    const crop = cropOf(width, height, this.shape.ratio);
    const small = crop.width < min_width || crop.height < min_height;
    const facts = { width: crop.width, height: crop.height, least: `${min_width}×${min_height}` };
    shutter.disabled = small;
    room.classList.toggle("is-mirrored", this.camera.front);
    which.textContent = t(`shoot.${this.camera.facing}`);
    if (small) this.warn("shoot.too-small", facts);
    else if (this.shape.prompt) this.prompt(this.shape.prompt);
    else this.prompt(t("shoot.prompt"), false, "shoot.prompt");
  }

  /**
   * One sentence at the top; the judge of the live picture speaks here too.
   * @param {string} text @param {"is-well" | "is-long" | false} [kind] @param {string} [key] of what is asked
   */
  prompt(text, kind = false, key = "") {
    this.parts.prompt.textContent = text;
    this.parts.prompt.className = kind ? `prompt ${kind}` : "prompt";
    this.parts.instead.hidden = true;
    this.uses.onPrompt?.(key);
    say(text);
  }

  /**
   * Say what is wrong, and offer a file instead.
   * @param {string} key @param {Record<string, string | number>} [facts]
   */
  warn(key, facts) {
    this.prompt(t(key, facts));
    this.parts.prompt.classList.add("is-warned");
    this.parts.instead.hidden = false;
  }

  /** The window, or the picture in it, has another shape. */
  turned() {
    this.arrange();
    return lookAtShape(this.parts.video).then(() => this.arrange());
  }

  arrange() {
    const { room, video, frame } = this.parts;
    if (!video.videoWidth) return;
    const placed = layout(room.getBoundingClientRect(), frameSize(video), this.shape.ratio);
    size(video, placed.video);
    size(frame, placed.frame);
    video.style.transform = closeUp(this.part, placed.frame);
  }

  /** Show a part of the frame; the picture that is taken is the whole. @param {FramePart} part */
  showPart(part) {
    this.part = part;
    this.arrange();
  }
}

/** @param {HTMLElement} node @param {{width: number, height: number}} to CSS pixels */
function size(node, { width, height }) {
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
}
