// @ts-check
/** What this phone itself finds on the picture, where the live judge is here; the picture can be used meanwhile. */

import { t } from "ui/texts";
import { el } from "ui/dom";

/**
 * @typedef {import("camera/picture").Picture} Picture
 * @param {Picture} picture @param {import("pairing/api").Pack} pack
 * @param {{figure: HTMLElement, better: HTMLElement, other: HTMLElement}} parts `better` stands out once something is bad
 */
export function checked(picture, pack, { figure, better, other }) {
  const node = el("div", { class: "checked", role: "status" }, el("p", { class: "soft" }, t("look.checking")));
  let letGo = () => {};
  const show = async () => {
    const [{ instant }, sight] = await Promise.all([import("guidance/picture-findings"), import("guidance/detector")]);
    letGo = () => sight.letGo();
    const { list, marks, bad } = await instant(picture, pack);
    node.replaceChildren(list);
    figure.querySelector("button")?.append(marks);
    better.classList.replace("secondary", bad ? "primary" : "secondary");
    other.classList.replace("primary", bad ? "secondary" : "primary");
  };
  // Without a judge the server's word comes a moment later.
  if (picture.width) show().catch(() => node.remove());
  return { node, stop: () => letGo() };
}
