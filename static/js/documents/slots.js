// @ts-check
/** The slots of a document: what is there, what is missing, what was said about it; and what to do when all are there. */

import { button, icon, link, banner } from "phone/stage";
import { language, t } from "phone/words";
import { el } from "shared/dom";

/**
 * @typedef {import("phone/api").Slot} Slot
 * @typedef {import("phone/api").State} State
 * @typedef {import("phone/stage").View} View
 */

const TONES = { missing: "inform", rejected: "bad", received: "good", kept: "good" };
const SYMBOLS = { missing: "info", rejected: "cross", received: "check", kept: "check" };
const DESK = "/apply/documents";

/** @param {State} state @param {(slot: Slot) => unknown} onTake @returns {View} */
export function slotsView(state, onTake) {
  const all = state.documents?.slots ?? [];
  const wanted = all.find(({ state: is }) => is === "missing" || is === "rejected");
  return {
    name: "slots",
    title: t("doc.title"),
    say: t("doc.limits"),
    body: [el("p", {}, t("doc.how")), el("ul", { class: "slots" }, ...all.map((slot) => card(slot, slot === wanted, onTake)))],
    actions: state.alone ? [link(DESK, t("doc.back"), "secondary")] : [],
  };
}

/** @param {State} state @param {() => unknown} onSlots @returns {View} */
export function doneView(state, onSlots) {
  const again = button(t("doc.see"), onSlots, "secondary");
  return {
    name: "done",
    title: t(state.alone ? "doc.complete" : "done.title"),
    say: t("doc.complete"),
    body: [banner("good", el("p", {}, t("doc.complete"))), el("p", {}, t(state.alone ? "doc.next-alone" : "doc.next"))],
    actions: state.alone ? [again, link(DESK, t("done.go-on"))] : [again],
  };
}

/** @param {Slot} slot @param {boolean} next the first that is wanted stands out @param {(slot: Slot) => unknown} onTake */
function card(slot, next, onTake) {
  const tone = TONES[slot.state];
  const words = [...slot.reasons, slot.opinion].filter(Boolean);
  return el(
    "li",
    { class: `slot-card ${slot.state}` },
    el("h3", {}, slot.label[language()]),
    el("p", { class: "soft small" }, slot.hint[language()]),
    el("p", { class: `verdict ${tone}` }, icon(SYMBOLS[slot.state]), el("b", {}, t(`doc.is.${slot.state}`))),
    slot.state === "rejected" && words.length > 0 && el("p", { class: "said" }, words.join(" ")),
    button(t(slot.state === "received" || slot.state === "kept" ? "doc.again" : "doc.take", { what: slot.label[language()] }), () => onTake(slot), next ? "primary" : "secondary", icon("camera")),
  );
}
