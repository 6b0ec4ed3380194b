// @ts-check
/** The findings on the picture just taken, beside it and on it, before anything is sent. The server decides. */

import { findingsList, worthSaying } from "camera/findings";
import { judgePicture } from "guidance/picture-judge";
import { placeOf } from "guidance/places";
import { el, svg } from "ui/dom";
import { loadMoreTexts, t } from "ui/texts";

/**
 * @import { Picture } from "camera/picture"
 * @import { Area } from "guidance/faces"
 * @import { Pack } from "pairing/api"
 */

/**
 * @param {Picture} picture @param {Pack} pack
 * @returns {Promise<{list: HTMLElement, marks: SVGElement, bad: boolean, unsure: boolean, area: Area}>} `bad`: the server
 *   would surely refuse it; `unsure`: it might, for something that cannot be told here; `area`: the crop that it would
 *   register, in px of the picture
 */
export async function pictureFindings(picture, pack) {
  const [found] = await Promise.all([judgePicture(picture, pack), loadMoreTexts("live")]);
  const said = worthSaying(found.findings);
  const places = said.map(({ check }) => placeOf(check, found, pack));
  const marks = svg(
    "svg",
    { viewBox: `0 0 ${picture.width} ${picture.height}`, class: "marks", "aria-hidden": "true" },
    ...places,
  );
  const list = said.length ? pointed(findingsList(said), places) : el("p", { class: "soft" }, t("still.good"));
  const bad = said.some(({ verdict }) => verdict === "refuse");
  return { list, marks, bad, unsure: found.unsure, area: found.area };
}

/**
 * Each line shows its place when it is pressed; the worst from the beginning.
 * @param {HTMLElement} list @param {SVGElement[]} places
 */
function pointed(list, places) {
  const lines = [...list.children].map((line, i) => {
    const press = el("button", { type: "button", class: "pointer", "aria-pressed": "false", onclick: () => point(i) });
    press.append(...line.childNodes);
    line.append(press);
    return press;
  });
  const point = (/** @type {number} */ chosen) => {
    for (const [i, place] of places.entries()) place.classList.toggle("is-pointed", i === chosen);
    for (const [i, line] of lines.entries()) line.setAttribute("aria-pressed", String(i === chosen));
  };
  point(0);
  return list;
}
