// @ts-check
/** Screen 4: the picture, what of it will be registered, and what is known of it; use it or take another. */

import { findingsList, localFindings } from "camera/findings";
import { gateFindings } from "camera/picture";
import { el } from "ui/dom";
import { banner, button, icon } from "ui/screens";
import { t } from "ui/texts";
import { keepOpen } from "upload/keep-open";

/**
 * @import { Own, Uses } from "look/own-check"
 * @import { Picture } from "camera/picture"
 * @import { Area } from "guidance/faces"
 * @import { Pack, Report } from "pairing/api"
 * @import { View } from "ui/screens"
 */

/**
 * @typedef {{warned: boolean, area: Area | null}} Chosen `warned`: the person was told that it will be refused
 * @typedef {{report?: Report, words?: string, foreseen?: boolean, earlier?: boolean,
 *   onUse: (chosen: Chosen) => unknown, onRetake: () => unknown}} How `report`: why the server refused it, or says that it
 *   would (`foreseen`); `words`: its sentence; `earlier`: it was taken before this visit
 */

/** @param {Picture} picture @param {Pack} pack @param {How} how @returns {View} */
export function previewView(picture, pack, how) {
  const local = gateFindings(picture, pack.gate);
  return how.words || local.length ? refusedView(picture, pack, local, how) : choiceView(picture, pack, how);
}

/**
 * There is nothing to choose: it was refused, or has no chance. @param {Picture} picture @param {Pack} pack
 * @param {ReturnType<typeof gateFindings>} local @param {How} how @returns {View}
 */
function refusedView(picture, pack, local, { report, words, onRetake }) {
  const shown = pictureFigure(picture);
  const findings = report ? findingsList(report.findings) : localFindings(local, picture, pack.gate);
  return {
    name: "look",
    step: 4,
    title: t("look.bad"),
    say: words,
    leave: shown.release,
    body: [words && banner("bad", words), findings, shown.node],
    actions: [button(t("look.retake"), onRetake)],
  };
}

/** @param {Picture} picture @param {Pack} pack @param {How} how @returns {View} */
function choiceView(picture, pack, { report, foreseen, earlier, onUse, onRetake }) {
  const shown = pictureFigure(picture);
  const pictures = el("div", {}, shown.node);
  const onChosen = (/** @type {boolean} */ warned) => {
    check.stop();
    return onUse({ warned, area: check.area() });
  };
  const choice = choiceOf(onRetake, onChosen, foreseen);
  const size = localFindings([], picture, pack.gate);
  const found = (/** @type {Own} */ own) => showCrop(pictures, shown, picture, own);
  const known = (/** @type {boolean} */ bad) => choice.known(bad, size);
  const check = foreseen ? CHECKED : checked(picture, pack, { found, known });
  return {
    name: "look",
    step: 4,
    title: t(earlier ? "look.earlier" : "look.title"),
    leave: shown.release,
    body: [
      keepOpen(),
      earlier && banner("inform", t("look.earlier-why")),
      report && findingsList(report.findings),
      check.node,
      pictures,
      !foreseen && size,
    ],
    actions: choice.nodes,
  };
}

/** Known before. */
const CHECKED = { node: null, area: () => null, stop: () => undefined };

/**
 * The picture can be used meanwhile, and where nothing can be known. @param {Picture} picture @param {Pack} pack
 * @param {Uses} uses
 */
function checked(picture, pack, uses) {
  const node = el("div", { class: "checked", role: "status" }, el("p", { class: "soft" }, t("look.checking")));
  /** @type {{area: () => Area | null, stop: () => void}} */
  let check = CHECKED;
  const begin = async () => {
    const { ownCheck } = await import("look/own-check");
    check = ownCheck(picture, pack, node, uses);
  };
  begin().catch(() => {
    node.remove();
    uses.known(false);
  });
  return { node, area: () => check.area(), stop: () => check.stop() };
}

/**
 * Both buttons. Neither stands out until something is known; then the one that is right.
 * @param {() => unknown} onRetake @param {(warned: boolean) => unknown} onUse @param {boolean} [foreseen] it is known
 */
function choiceOf(onRetake, onUse, foreseen) {
  let warned = false;
  const retake = button(t("look.retake"), onRetake, "secondary");
  const use = button(t("look.use"), () => onUse(warned), "secondary");
  const note = el("p", { class: "verdict bad will-refuse", role: "status" });
  const known = (/** @type {boolean} */ bad, /** @type {HTMLElement | null} */ praise = null) => {
    warned = bad;
    if (bad) praise?.remove();
    (bad ? retake : use).classList.replace("secondary", "primary");
    if (bad) note.append(icon("cross"), el("span", {}, t("look.will-refuse")));
  };
  if (foreseen) known(true);
  return { nodes: [note, retake, use], known };
}

/**
 * @param {HTMLElement} into @param {ReturnType<typeof pictureFigure>} shown the original @param {Picture} picture
 * @param {Own} own
 */
async function showCrop(into, { node, address }, picture, { area, marks, list }) {
  const { besides, cutOut, markOf } = await import("look/registered");
  const mark = markOf(picture, area);
  const copy = /** @type {SVGElement} */ (marks.cloneNode(true));
  const follow = () => {
    for (const [i, place] of [...marks.children].entries())
      copy.children[i].setAttribute("class", place.getAttribute("class") ?? "");
  };
  list.addEventListener("click", follow);
  node.querySelector("button")?.append(copy);
  into.replaceChildren(besides(cutOut(address, picture.width, picture.height, area, marks), node, mark));
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
  zoom.addEventListener("click", () => {
    const zoomed = node.classList.toggle("is-zoomed");
    zoom.setAttribute("aria-pressed", String(zoomed));
    if (zoomed) showMiddle(node, zoom);
  });
  image.addEventListener("error", () => node.replaceChildren(el("p", { class: "soft" }, t("look.no-preview"))));
  return { node, address, release: () => URL.revokeObjectURL(address) };
}

/**
 * A figure that has become larger than the screen: into sight, with the middle of what will be registered, else of all.
 * @param {HTMLElement} node that scrolls @param {HTMLElement} whole
 */
function showMiddle(node, whole) {
  node.scrollIntoView({ block: "center" });
  const [at, frame] = [whole.querySelector(".crop-mark > rect") ?? whole, node].map((each) =>
    each.getBoundingClientRect(),
  );
  node.scrollLeft += at.left + at.width / 2 - frame.left - frame.width / 2;
  node.scrollTop += at.top + at.height / 2 - frame.top - frame.height / 2;
}
