// @ts-check
/** The findings on the picture just taken, beside it and on it, before anything is sent. The server decides. */

import { placeOf } from "live/places";
import { judged } from "live/still";
import { findingsList, worthSaying } from "phone/verdict";
import { also, t } from "phone/words";
import { el, svg } from "shared/dom";

/**
 * @typedef {import("phone/picture").Picture} Picture
 * @typedef {import("phone/api").Pack} Pack
 * @param {Picture} picture @param {Pack} pack
 * @returns {Promise<{list: HTMLElement, marks: SVGElement, bad: boolean}>} `bad`: the server would surely refuse it
 */
export async function instant(picture, pack) {
  const [found] = await Promise.all([judged(picture, pack), also("live")]);
  const said = worthSaying(found.findings);
  const places = said.map(({ check }) => placeOf(check, found, pack));
  const marks = svg("svg", { viewBox: `0 0 ${picture.width} ${picture.height}`, class: "marks", "aria-hidden": "true" }, ...places);
  const list = said.length ? pointed(findingsList(said), places) : el("p", { class: "soft" }, t("still.good"));
  return { list, marks, bad: said.some(({ verdict }) => verdict === "refuse") };
}

/** Each line shows its place when it is pressed; the worst from the beginning. @param {HTMLElement} list @param {SVGElement[]} places */
function pointed(list, places) {
  const lines = [...list.children].map((line, i) => {
    const press = el("button", { type: "button", class: "pointer", "aria-pressed": "false", onclick: () => point(i) });
    press.append(...line.childNodes);
    line.append(press);
    return press;
  });
  const point = (/** @type {number} */ chosen) => {
    places.forEach((place, i) => place.classList.toggle("is-pointed", i === chosen));
    lines.forEach((line, i) => line.setAttribute("aria-pressed", String(i === chosen)));
  };
  point(0);
  return list;
}
