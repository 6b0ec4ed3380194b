// @ts-check
/** The registered picture, large, as it will stand on the certificate, and the original beside it with its place. */

import { el, svg } from "ui/dom";
import { t } from "ui/texts";

/** @import { Area } from "guidance/faces" */

/** What is registered, out of a picture that is on this phone. @param {string} address @param {number} width px of the
 * picture @param {number} height @param {Area} area @param {...SVGElement} marks drawn over it */
export function cutOut(address, width, height, area, ...marks) {
  const image = svg("image", { href: address, width, height });
  const shown = svg("svg", { viewBox: boxOf(area), role: "img", "aria-label": t("look.registered") }, image);
  for (const each of marks) each.setAttribute("viewBox", boxOf(area));
  return registered(shown, ...marks);
}

/** What the server will register. @param {string} sha256 of the picture that was sent */
export function fromServer(sha256) {
  const alt = t("look.registered");
  const image = el("img", { src: `/m/captures/${sha256}/registered`, alt, width: 480, height: 640 });
  const node = registered(image);
  image.addEventListener("error", () => node.remove());
  return node;
}

/** @param {Element} picture @param {...SVGElement} marks */
function registered(picture, ...marks) {
  const caption = el("figcaption", {}, t("look.registered"));
  return el("figure", { class: "registered" }, el("div", {}, picture, ...marks), caption);
}

/** Both: the original is smaller and shows where the other is. @param {HTMLElement} photo @param {HTMLElement} original
 * @param {SVGElement} mark from markOf */
export function besides(photo, original, mark) {
  original.querySelector("button")?.append(mark);
  original.append(el("figcaption", {}, t("look.original")));
  return el("div", { class: "both-pictures" }, photo, original);
}

/** The place of the crop in the original. @param {{width: number, height: number}} size of it @param {Area} area in the
 * same unit */
export function markOf({ width, height }, area) {
  return svg(
    "svg",
    { class: "crop-mark", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { x: area.x, y: area.y, width: area.width, height: area.height }),
  );
}

/** @param {Area} area */
function boxOf({ x, y, width, height }) {
  return `${x} ${y} ${width} ${height}`;
}
