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
  let cancel = () => {};
  const show = async () => {
    const [{ pictureFindings }, detector] = await Promise.all([
      import("guidance/picture-findings"),
      import("guidance/detector"),
    ]);
    cancel = () => detector.cancelLoading();
    const { list, marks, bad } = await pictureFindings(picture, pack);
    node.replaceChildren(list);
    figure.querySelector("button")?.append(marks);
    better.classList.replace("secondary", bad ? "primary" : "secondary");
    other.classList.replace("primary", bad ? "secondary" : "primary");
  };
  // Without a judge the server's findings come a moment later.
  if (picture.width) show().catch(() => node.remove());
  return { node, stop: () => cancel() };
}
