// @ts-check
/** The camera for one slot: a frame in the shape of the card, or of a person with a card. camera/viewfinder moves it. */

import { RATIOS } from "documents/picture";
import { Finder } from "camera/viewfinder";
import { button, icon } from "ui/screens";
import { cameraScreen, helpDialog, named, viewfinder } from "camera/controls";
import { language, t } from "ui/texts";
import { svg } from "ui/dom";

/**
 * @typedef {import("pairing/api").Slot} Slot
 * @typedef {import("camera/viewfinder").Uses & {onPicture: (video: HTMLVideoElement) => Promise<unknown>,
 *   onFile: (file: File) => unknown, onBack: () => unknown}} Uses
 */

/** px that the frame has at least: the print of a card that fills it can then be read. */
const GATE = { min_width: 600, min_height: 450 };
const TIPS = ["doc.tip.flat", "doc.tip.glare", "doc.tip.whole", "doc.tip.steady"];

/** @param {Slot} slot @param {Uses} uses @returns {import("ui/screens").View} */
export function shootView(slot, uses) {
  const take = () => (finder.alive ? uses.onPicture(parts.video) : finder.revive());
  const parts = viewfinder(outline(slot.frame), { take, swap: () => finder.switchLens(), onFile: uses.onFile });
  const prompt = t(`doc.prompt.${slot.frame}`, { what: slot.label[language()] });
  const finder = new Finder(parts, GATE, uses, { ratio: RATIOS[slot.frame], prompt });
  const left = named("doc.to-slots", button("", uses.onBack, "round", icon("close")));
  const help = helpDialog(TIPS, { onFile: uses.onFile, gallery: true });
  finder.start();
  return { name: "camera", title: t("shoot.title"), full: cameraScreen(parts, { left, help }), leave: () => finder.leave() };
}

/** Where the document belongs. @param {keyof typeof RATIOS} frame @returns {SVGElement} */
function outline(frame) {
  const card = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ width, /** @type {number} */ height) =>
    svg("rect", { x, y, width, height, rx: 12, class: "mark" });
  const drawn = { card: [card(12, 30, 376, 240)], page: [card(20, 18, 360, 264)], person: [svg("ellipse", { cx: 150, cy: 125, rx: 66, ry: 86, class: "mark" }), card(75, 258, 150, 96)] };
  const box = frame === "person" ? "0 0 300 400" : "0 0 400 300";
  return svg("svg", { viewBox: box, class: "guide", "aria-hidden": "true" }, ...drawn[frame]);
}
