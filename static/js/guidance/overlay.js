// @ts-check
/** What the live judge draws over the video: the face's box, the guide's lines, the ring around the shutter. */

import { markRule } from "camera/guide";
import { svg } from "ui/dom";

/** @import { Judge } from "guidance/judge" */

/** Lines of the guide and the checks that they stand for. */
const LINES = { hair: ["hair_line"], eyes: ["eye_line"], face_width: ["face_width", "centring"] };
const ROUND = 100;

export class Overlay {
  /** @param {Element} guide @param {HTMLElement} shutter @param {{width: number}} crop */
  constructor(guide, shutter, crop) {
    this.guide = /** @type {SVGElement} */ (guide);
    this.crop = crop;
    this.box = svg("rect", { class: "face-box", rx: 18 });
    this.circle = svg("circle", { cx: 50, cy: 50, r: 47, pathLength: ROUND });
    this.ring = svg("svg", { viewBox: "0 0 100 100", class: "ring", "aria-hidden": "true" }, this.circle);
    guide.append(this.box);
    shutter.append(this.ring);
  }

  /** @param {number[] | null} face its box in px of what is shown @param {boolean} mirrored @param {boolean} green */
  place(face, mirrored, green) {
    this.box.toggleAttribute("hidden", !face);
    this.box.classList.toggle("is-kept", green);
    if (!face) return;
    const [left, top, right, bottom] = face;
    const at = { x: mirrored ? this.crop.width - right : left, y: top, width: right - left, height: bottom - top };
    for (const [name, value] of Object.entries(at)) this.box.setAttribute(name, value.toFixed(1));
  }

  /** @param {Judge} judge */
  markLines(judge) {
    for (const [rule, checks] of Object.entries(LINES)) {
      const kept = checks.every((check) => judge.side(check) === "kept");
      markRule(this.guide, rule, kept);
    }
  }

  /** @param {number} share how far round the ring is, 0 to 1 */
  turn(share) {
    this.ring.classList.toggle("is-running", share > 0);
    this.circle.setAttribute("stroke-dasharray", `${ROUND * share} ${ROUND}`);
  }

  remove() {
    this.box.remove();
    this.ring.remove();
  }
}
