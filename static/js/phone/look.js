// @ts-check
/** Screen 4: look at it at full size; use it or take another. */

import { checked } from "phone/checked";
import { banner, button } from "phone/stage";
import { gateFindings } from "phone/picture";
import { findingsList, localFindings } from "phone/verdict";
import { t } from "phone/words";
import { el } from "shared/dom";

/**
 * @typedef {import("phone/picture").Picture} Picture
 * @param {Picture} picture
 * @param {import("phone/api").Pack} pack
 * @param {{report?: import("phone/api").Report, words?: string, earlier?: boolean, onUse: () => unknown, onRetake: () => unknown}} how
 *   `report`: the server refused it and says why; `words`: its sentence; `earlier`: it was taken before this visit
 * @returns {import("phone/stage").View}
 */
export function lookView(picture, pack, { report, words, earlier, onUse, onRetake }) {
  const local = gateFindings(picture, pack.gate);
  const bad = Boolean(words) || local.length > 0;
  const title = t(bad ? "look.bad" : earlier ? "look.earlier" : "look.title");
  const shown = preview(picture);
  const findings = report ? findingsList(report.findings) : localFindings(local, picture, pack.gate);
  const retake = button(t("look.retake"), onRetake, bad ? "primary" : "secondary");
  const use = button(t("look.use"), () => (judge?.stop(), onUse()));
  const judge = bad ? null : checked(picture, pack, { figure: shown.node, better: retake, other: use });
  return {
    name: "look",
    step: 4,
    title,
    say: words,
    leave: shown.release,
    body: [
      earlier && !bad && banner("inform", t("look.earlier-why")),
      words && banner("bad", words),
      ...(bad ? [findings, shown.node] : [shown.node, judge?.node, findings]),
    ],
    actions: [retake, bad ? null : use],
  };
}

/** The picture itself, by a tap at full size; words where this browser cannot show it (HEIC). @param {Pick<Picture, "bytes" | "type">} picture */
export function preview(picture) {
  const address = URL.createObjectURL(new Blob([picture.bytes], { type: picture.type }));
  const image = el("img", { src: address, alt: t("look.alt"), class: "taken" });
  const zoom = el("button", { type: "button", "aria-label": t("look.zoom"), "aria-pressed": "false" }, image);
  const node = el("figure", { class: "preview" }, zoom);
  zoom.addEventListener("click", () => zoom.setAttribute("aria-pressed", String(node.classList.toggle("is-zoomed"))));
  image.addEventListener("error", () => node.replaceChildren(el("p", { class: "soft" }, t("look.no-preview"))));
  return { node, release: () => URL.revokeObjectURL(address) };
}
