// @ts-check
/** What the live judge draws over the video: the face's box, the guide's lines, the ring around the shutter. */

import { markRule } from "camera/guide";
import { svg } from "ui/dom";

/** @import { Judge } from "guidance/judge" */

/** Lines of the guide and the checks that they stand for. */
const LINES = { hair: ["hair_line"], eyes: ["eye_line"], face_width: ["face_width", "centring"] };
const ROUND = 100;

/**
 * @param {Element} drawn the guide @param {HTMLElement} shutter
 * @param {{width: number}} crop
 */
export function overlay(drawn, shutter, crop) {
  const box = svg("rect", { class: "face-box", rx: 18 });
  const circle = svg("circle", { cx: 50, cy: 50, r: 47, pathLength: ROUND });
  const ring = svg("svg", { viewBox: "0 0 100 100", class: "ring", "aria-hidden": "true" }, circle);
  drawn.append(box);
  shutter.append(ring);
  const remove = () => (box.remove(), ring.remove());
  return { face: place, lines, round, remove };

  /** @param {number[] | undefined} face its box in px of the crop @param {boolean} mirrored @param {boolean} green */
  function place(face, mirrored, green) {
    box.toggleAttribute("hidden", !face);
    box.classList.toggle("is-kept", green);
    if (!face) return;
    const [left, top, right, bottom] = face;
    const at = { x: mirrored ? crop.width - right : left, y: top, width: right - left, height: bottom - top };
    for (const [name, value] of Object.entries(at)) box.setAttribute(name, value.toFixed(1));
  }

  /** @param {Judge} judge */
  function lines(judge) {
    for (const [rule, checks] of Object.entries(LINES))
      markRule(/** @type {SVGElement} */ (drawn), rule, checks.every((check) => judge.side(check) === "kept"));
  }

  /** @param {number} share how far round */
  function round(share) {
    ring.classList.toggle("is-running", share > 0);
    circle.setAttribute("stroke-dasharray", `${ROUND * share} ${ROUND}`);
  }
}
