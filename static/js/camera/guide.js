// @ts-check
/**
 * Where the head belongs, drawn from the rule pack's numbers: pixels of the registered picture (480×640).
 * Each mark carries `data-rule`, so that whoever judges the live picture can turn it green with `mark`.
 */

import { svg } from "ui/dom";

/** @import { Pack } from "pairing/api" */

/**
 * @typedef {Pack["crop"]} PackCrop
 * @typedef {{left: number, top: number, scale: number}} FramePart corner as shares of the frame, and how much larger it is
 *   shown
 */

/** @type {FramePart} */
export const WHOLE_FRAME = { left: 0, top: 0, scale: 1 };

/**
 * Head oval, eye band, hair band. The eyes stand half way between the top of the hair and the chin.
 * @param {PackCrop} crop
 */
export function geometry(crop) {
  const top = middle(crop.hair);
  const eyes = middle(crop.eyes);
  return {
    oval: { cx: crop.width / 2, cy: eyes, rx: middle(crop.face_width) / 2, ry: eyes - top },
    hair: { y: crop.hair[0], height: crop.hair[1] - crop.hair[0] },
    eyes: { y: crop.eyes[0], height: crop.eyes[1] - crop.eyes[0] },
  };
}

/** @param {PackCrop} crop @param {{hair: string, eyes: string}} labels @returns {SVGElement} */
export function guide(crop, labels) {
  const { oval, hair, eyes } = geometry(crop);
  return svg(
    "svg",
    { viewBox: `0 0 ${crop.width} ${crop.height}`, class: "guide", "aria-hidden": "true" },
    svg("ellipse", { ...oval, class: "mark", "data-rule": "face_width" }),
    band(hair, crop.width, "hair", labels.hair),
    band(eyes, crop.width, "eyes", labels.eyes),
  );
}

/** @param {SVGElement} drawn @param {string} rule @param {boolean} kept */
export function markRule(drawn, rule, kept) {
  drawn.querySelector(`[data-rule="${rule}"]`)?.classList.toggle("is-kept", kept);
}

/**
 * Where the frame and the video lie on the screen, in CSS pixels: the frame as large as fits, the video so that its
 * largest centred part of that shape fills the frame exactly; what is outside is dimmed.
 * @param {{width: number, height: number}} room
 * @param {{width: number, height: number}} video
 * @param {number} [ratio] of the frame, width ÷ height
 */
export function layout(room, video, ratio = 3 / 4) {
  const width = Math.floor(Math.min(room.width, room.height * ratio));
  const frame = { width, height: Math.round(width / ratio) };
  const scale = Math.max(frame.width / video.width, frame.height / video.height);
  return { frame, video: { width: Math.round(video.width * scale), height: Math.round(video.height * scale) } };
}

/**
 * How the video is drawn so that a part of the frame fills the frame on the screen: as CSS, before it is mirrored.
 * @param {FramePart} part @param {{width: number, height: number}} frame CSS pixels
 */
export function closeUp({ left, top, scale }, { width, height }) {
  const [x, y] = [width * (0.5 - left - 0.5 / scale), height * (0.5 - top - 0.5 / scale)];
  return `scale(${scale.toFixed(4)}) translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}

/** Two short strokes at either side, and a name. @param {{y: number, height: number}} at @param {number} width
 * @param {string} rule @param {string} label */
function band({ y, height }, width, rule, label) {
  const lines = [y, y + height].map((line) => svg("path", { d: `M24 ${line}h64M${width - 88} ${line}h64` }));
  const name = svg("text", { x: 28, y: y + height / 2 + 7 }, label);
  return svg("g", { class: "mark", "data-rule": rule }, ...lines, name);
}

/** @param {number[]} limits */
function middle([low, high]) {
  return (low + high) / 2;
}
