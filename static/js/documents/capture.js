// @ts-check
/**
 * The camera for one slot: a frame in the shape of the card, or of a person with a card. camera/viewfinder moves it.
 */

import { cameraScreen, helpDialog, labelled, viewfinderParts } from "camera/controls";
import { Viewfinder } from "camera/viewfinder";
import { FRAME_RATIOS } from "documents/picture";
import { svg } from "ui/dom";
import { button, icon } from "ui/screens";
import { language, t } from "ui/texts";

/**
 * @import { ViewfinderEvents } from "camera/viewfinder"
 * @import { Slot } from "pairing/api"
 * @import { View } from "ui/screens"
 */

/**
 * @typedef {ViewfinderEvents & {onPicture: (video: HTMLVideoElement) => Promise<unknown>,
 *   onFile: (file: File) => unknown, onBack: () => unknown}} DocumentCaptureEvents
 */

/** px that the frame has at least: the print of a card that fills it can then be read. */
const GATE = { min_width: 600, min_height: 450 };
const TIPS = ["doc.tip.flat", "doc.tip.glare", "doc.tip.whole", "doc.tip.steady"];

/** @param {Slot} slot @param {DocumentCaptureEvents} uses @returns {View} */
export function documentCaptureView(slot, uses) {
  const take = () => (viewfinder.alive ? uses.onPicture(parts.video) : viewfinder.revive());
  const parts = viewfinderParts(outline(slot.frame), {
    take,
    swap: () => viewfinder.switchLens(),
    onFile: uses.onFile,
  });
  const prompt = t(`doc.prompt.${slot.frame}`, { what: slot.label[language()] });
  const viewfinder = new Viewfinder(parts, GATE, uses, { ratio: FRAME_RATIOS[slot.frame], prompt });
  const left = labelled("doc.to-slots", button("", uses.onBack, "round", icon("close")));
  const help = helpDialog(TIPS, { onFile: uses.onFile, gallery: true });
  viewfinder.start();
  return {
    name: "camera",
    title: t("shoot.title"),
    full: cameraScreen(parts, { left, help }),
    leave: () => viewfinder.leave(),
  };
}

/** Where the document belongs. @param {keyof typeof FRAME_RATIOS} frame @returns {SVGElement} */
function outline(frame) {
  const card = (
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {number} */ width,
    /** @type {number} */ height,
  ) => svg("rect", { x, y, width, height, rx: 12, class: "mark" });
  const drawn = {
    card: [card(12, 30, 376, 240)],
    page: [card(20, 18, 360, 264)],
    person: [svg("ellipse", { cx: 150, cy: 125, rx: 66, ry: 86, class: "mark" }), card(75, 258, 150, 96)],
  };
  const box = frame === "person" ? "0 0 300 400" : "0 0 400 300";
  return svg("svg", { viewBox: box, class: "guide", "aria-hidden": "true" }, ...drawn[frame]);
}
