// @ts-check
/**
 * The slots of a document: what is there, what is missing, what was said about it; and what to do when all are there.
 */

import { el, svg } from "ui/dom";
import { banner, button, icon, linkButton } from "ui/screens";
import { language, t } from "ui/texts";

/**
 * @import { Slot, State } from "pairing/api"
 * @import { View } from "ui/screens"
 */

const TONES = { missing: "inform", rejected: "bad", received: "good", kept: "good" };
const SYMBOLS = { missing: "info", rejected: "cross", received: "check", kept: "check" };
const DESK = "/apply/documents";
const REJECTED = "/apply/rejected/";

/** @param {State} state @param {(slot: Slot) => unknown} onTake @returns {View} */
export function slotsView(state, onTake) {
  const all = state.documents?.slots ?? [];
  const wanted = all.find(({ state: is }) => is === "missing" || is === "rejected");
  return {
    name: "slots",
    title: t("doc.title"),
    say: t("doc.limits"),
    body: [
      el("p", {}, t("doc.how")),
      el(
        "ul",
        { class: "slots" },
        ...all.map((slot) => card(slot, { next: slot === wanted, alone: state.alone }, onTake)),
      ),
    ],
    actions: state.alone ? [linkButton(DESK, t("doc.back"), "secondary")] : [],
  };
}

/** @param {State} state @param {() => unknown} onSlots @returns {View} */
export function documentsDoneView(state, onSlots) {
  const again = button(t("doc.see"), onSlots, "secondary");
  const submit = state.documents?.submit[language()] ?? "";
  return {
    name: "done",
    title: t(state.alone ? "doc.complete" : "done.title"),
    say: t("doc.complete"),
    body: [
      banner("good", el("p", {}, t("doc.complete"))),
      el("p", {}, t(state.alone ? "doc.next-alone" : "doc.next", { button: submit })),
    ],
    actions: state.alone ? [again, linkButton(DESK, t("done.go-on"))] : [again],
  };
}

/**
 * @param {Slot} slot @param {{next: boolean, alone: boolean}} how the first that is wanted stands out
 * @param {(slot: Slot) => unknown} onTake
 */
function card(slot, { next, alone }, onTake) {
  const tone = TONES[slot.state];
  const words = [...slot.reasons, slot.opinion].filter(Boolean);
  return el(
    "li",
    { class: "slot-card", "data-state": slot.state },
    el("h3", {}, slot.label[language()]),
    el("p", { class: "soft small" }, slot.hint[language()]),
    el("p", { class: `verdict ${tone}` }, icon(SYMBOLS[slot.state]), el("b", {}, t(`doc.is.${slot.state}`))),
    slot.state === "rejected" && words.length > 0 && el("p", { class: "said" }, words.join(" ")),
    slot.rejected && marked(slot, slot.rejected, alone),
    button(
      t(slot.state === "received" || slot.state === "kept" ? "doc.again" : "doc.take", {
        what: slot.label[language()],
      }),
      () => onTake(slot),
      next ? "primary" : "secondary",
      icon("camera"),
    ),
  );
}

/**
 * The rejected picture with the place that the office marked. Only its owner's login may fetch the picture: another
 * phone, or one whose login has ended, shows where on an empty sheet.
 * @param {Slot} slot @param {NonNullable<Slot["rejected"]>} rejected @param {boolean} alone
 */
function marked(slot, { width, height, region }, alone) {
  if (!alone && !region) return null;
  const picture = el("img", { src: REJECTED + slot.slot, alt: t("doc.rejected") });
  picture.addEventListener("error", () => (region ? picture : figure).remove());
  const sheet = el("div", { class: "slot-picture marked" }, alone && picture);
  sheet.style.aspectRatio = `${width} / ${height}`;
  const figure = el("figure", { class: "stack" }, sheet);
  if (region) sheet.append(rectangle(region));
  if (region) figure.append(el("figcaption", { class: "soft small" }, alone ? t("doc.marked") : t("doc.marked-there")));
  return figure;
}

/** @param {number[]} region shares of the picture's sides */
function rectangle([x, y, width, height]) {
  return svg(
    "svg",
    { viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { x, y, width, height }),
  );
}
