// @ts-check
/** Screen 4: the picture at full size; use it or take another. */

import { findingsList, localFindings } from "camera/findings";
import { ownCheck } from "camera/own-check";
import { gateFindings } from "camera/picture";
import { el } from "ui/dom";
import { banner, button } from "ui/screens";
import { t } from "ui/texts";
import { keepOpen } from "upload/keep-open";

/**
 * @import { Picture } from "camera/picture"
 * @import { Pack, Report } from "pairing/api"
 * @import { View } from "ui/screens"
 */

/**
 * @param {Picture} picture
 * @param {Pack} pack
 * @param {{report?: Report, words?: string, earlier?: boolean, onUse: () => unknown, onRetake: () => unknown}} how
 *   `report`: the server refused it and says why; `words`: its sentence; `earlier`: it was taken before this visit
 * @returns {View}
 */
export function previewView(picture, pack, { report, words, earlier, onUse, onRetake }) {
  const local = gateFindings(picture, pack.gate);
  const bad = Boolean(words) || local.length > 0;
  const title = t(bad ? "look.bad" : earlier ? "look.earlier" : "look.title");
  const shown = pictureFigure(picture);
  const findings = report ? findingsList(report.findings) : localFindings(local, picture, pack.gate);
  const retake = button(t("look.retake"), onRetake, bad ? "primary" : "secondary");
  const use = button(t("look.use"), () => {
    judge?.stop();
    return onUse();
  });
  const judge = bad ? null : ownCheck(picture, pack, { figure: shown.node, better: retake, other: use });
  return {
    name: "look",
    step: 4,
    title,
    say: words,
    leave: shown.release,
    body: [
      !bad && keepOpen(),
      earlier && !bad && banner("inform", t("look.earlier-why")),
      words && banner("bad", words),
      ...(bad ? [findings, shown.node] : [shown.node, judge?.node, findings]),
    ],
    actions: [retake, bad ? null : use],
  };
}

/**
 * The picture, enlarged by a tap; a text where this browser cannot show it (HEIC).
 * @param {Pick<Picture, "bytes" | "type">} picture
 */
export function pictureFigure(picture) {
  const address = URL.createObjectURL(new Blob([picture.bytes], { type: picture.type }));
  const image = el("img", { src: address, alt: t("look.alt"), class: "taken" });
  const zoom = el("button", { type: "button", "aria-label": t("look.zoom"), "aria-pressed": "false" }, image);
  const node = el("figure", { class: "preview" }, zoom);
  zoom.addEventListener("click", () => zoom.setAttribute("aria-pressed", String(node.classList.toggle("is-zoomed"))));
  image.addEventListener("error", () => node.replaceChildren(el("p", { class: "soft" }, t("look.no-preview"))));
  return { node, release: () => URL.revokeObjectURL(address) };
}
