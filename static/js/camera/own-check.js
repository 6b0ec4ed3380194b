// @ts-check
/** The phone's own findings on the picture, where the live judge is loaded; the picture can be used meanwhile. */

import { el } from "ui/dom";
import { t } from "ui/texts";

/**
 * @import { Picture } from "camera/picture"
 * @import { Pack } from "pairing/api"
 */

/**
 * @param {Picture} picture @param {Pack} pack
 * @param {{figure: HTMLElement, better: HTMLElement, other: HTMLElement}} parts `better` stands out once something is
 * bad
 */
export function ownCheck(picture, pack, { figure, better, other }) {
  const node = el("div", { class: "checked", role: "status" }, el("p", { class: "soft" }, t("look.checking")));
  let left = false;
  const show = async () => {
    const { pictureFindings } = await import("guidance/picture-findings");
    if (left) return;
    const { list, marks, bad } = await pictureFindings(picture, pack);
    node.replaceChildren(list);
    figure.querySelector("button")?.append(marks);
    better.classList.replace("secondary", bad ? "primary" : "secondary");
    other.classList.replace("primary", bad ? "secondary" : "primary");
  };
  // Without a judge the server's findings come a moment later.
  if (picture.width) show().catch(() => node.remove());
  const stop = () => {
    left = true;
    import("guidance/fetching").then(
      ({ cancelLoading }) => cancelLoading(),
      () => undefined,
    );
  };
  return { node, stop };
}
