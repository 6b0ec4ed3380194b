// @ts-check
/** Where on the picture each fault is: a shape over it, in px of the registered picture. */

import { svg } from "ui/dom";

/**
 * @import { Detection } from "guidance/detector"
 * @import { Judged } from "guidance/picture-judge"
 * @import { Pack } from "pairing/api"
 */

/** @param {string} check @param {Judged} judged @param {Pack} pack @returns {SVGElement} */
export function placeOf(check, { detection, area }, { crop }) {
  const kind = KINDS[check] ?? whole;
  return svg(
    "g",
    {
      class: "place",
      "data-check": check,
      transform: `translate(${area.x} ${area.y}) scale(${area.width / crop.width})`,
    },
    ...kind(detection, crop),
  );
}

/** @typedef {(detection: Detection, crop: Pack["crop"]) => SVGElement[]} Kind */

/** @type {Kind} */
const faces = ({ faces: found }, crop) =>
  found.length ? found.map(({ box }) => boxed(box)) : whole(/** @type {any} */ (null), crop);
/** @type {Kind} */
const face = ({ faces: [first] }, crop) => (first ? [boxed(first.box)] : whole(/** @type {any} */ (null), crop));
/** @type {Kind} */
const eyes = ({ faces: [first] }, crop) => {
  if (!first) return [];
  const [[x1, y1], [x2, y2]] = first.points;
  const [reach, slope] = [(x2 - x1) * 0.8, (y2 - y1) / (x2 - x1)];
  return [
    svg("path", { d: `M${x1 - reach} ${y1 - reach * slope}L${x2 + reach} ${y2 + reach * slope}` }),
    ...limit(crop.eyes, crop.width),
  ];
};
/** @type {Kind} */
const lids = ({ faces: [first] }) => {
  if (!first) return [];
  const [[x1, y1], [x2, y2]] = first.points;
  const radius = (x2 - x1) * 0.32;
  return [circle(x1, y1, radius), circle(x2, y2, radius)];
};
/** @type {Kind} */
const hair = ({ background }, crop) => [
  svg("path", { d: `M0 ${background?.hair ?? 0}H${crop.width}` }),
  ...limit(crop.hair, crop.width),
];
/** @type {Kind} */
const beside = ({ faces: [first] }, crop) => [
  svg("path", { d: `M${crop.width / 2} 0V${crop.height}`, class: "limit" }),
  ...(first ? [boxed(first.box)] : []),
];
/** @type {Kind} */
const whole = (_detection, crop) => [
  svg("rect", { x: 4, y: 4, width: crop.width - 8, height: crop.height - 8, rx: 8 }),
];

/** @type {Record<string, Kind>} */
const KINDS = {
  single_face: faces,
  face_width: face,
  inter_eye_distance: face,
  yaw: face,
  under_exposure: face,
  over_exposure: face,
  luminance_mean: face,
  illumination_uniformity: face,
  sharpness: face,
  eye_line: eyes,
  roll: eyes,
  eyes_open: lids,
  hair_line: hair,
  centring: beside,
};

/** @param {number[]} box */
function boxed([left, top, right, bottom]) {
  return svg("rect", { x: left, y: top, width: right - left, height: bottom - top, rx: 18 });
}

/** @param {number} cx @param {number} cy @param {number} r */
function circle(cx, cy, r) {
  return svg("circle", { cx, cy, r });
}

/** @param {number[]} lines @param {number} width */
function limit(lines, width) {
  return lines.map((y) => svg("path", { d: `M0 ${y}H${width}`, class: "limit" }));
}
