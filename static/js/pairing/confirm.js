// @ts-check
/** Screen 1: whether it is this person, and their consent. */

import { el } from "ui/dom";
import { banner, button } from "ui/screens";
import { say } from "ui/speech";
import { language, t } from "ui/texts";

/**
 * @import { State } from "pairing/api"
 * @import { View } from "ui/screens"
 */

/**
 * @param {State} state
 * @param {{desktop: boolean, changed?: boolean, onConfirm: () => Promise<unknown>}} how
 * @returns {View}
 */
export function confirmView(state, { desktop, changed = false, onConfirm }) {
  const agreed = state.purpose === "documents" && state.consent.given;
  const tick = el("input", { type: "checkbox", id: "agree" });
  tick.checked = agreed || (!changed && isTicked(state.tag));
  tick.dataset.of = state.tag;
  const { press, hint } = pressAfter(tick, onConfirm);
  const why = changed && banner("warn", t("confirm.changed"));
  const asked = agreed ? [] : [consent(tick, state.purpose === "documents"), hint];
  return {
    name: "confirm",
    step: state.purpose === "documents" ? undefined : 1,
    title: t("confirm.title"),
    say: t("confirm.say", { name: state.person.name, number: [...state.number].join(" ") }),
    body: [number(state), why, facts(state), ...asked, desktop && desktopNote()],
    actions: [press],
  };
}

/** The button, which asks for the tick first. @param {HTMLInputElement} tick @param {() => Promise<unknown>} onConfirm */
function pressAfter(tick, onConfirm) {
  const hint = el("p", { class: "consent-hint", id: "agree-hint" }, t("confirm.tick-first"));
  const press = button(t("confirm.yes"), () => (tick.checked ? onConfirm() : remind()));
  const remind = () => {
    hint.hidden = false;
    tick.focus();
    say(t("confirm.tick-first"));
  };
  const ticked = () => {
    press.setAttribute("aria-disabled", String(!tick.checked));
    hint.hidden = true;
  };
  for (const node of [press, tick]) node.setAttribute("aria-describedby", "agree-hint");
  tick.addEventListener("change", ticked);
  ticked();
  return { press, hint };
}

/**
 * Whether this person has ticked already: the screen may be drawn again under their hand.
 * @param {string} tag the application that the tick was for
 */
function isTicked(tag) {
  const before = /** @type {HTMLInputElement | null} */ (document.querySelector("#agree"));
  return before?.dataset.of === tag && before.checked;
}

/** @param {State} state */
function facts({ person, id_type_name, purpose }) {
  const row = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...value) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, ...value));
  return el(
    "dl",
    { class: "phone-facts" },
    row(t("confirm.name"), person.name),
    row(t("confirm.id"), person.id_number, el("span", { class: "soft small" }, id_type_name[language()])),
    row(t("confirm.purpose"), t(`confirm.${purpose}`)),
  );
}

/** @param {State} state */
function number(state) {
  if (state.alone) return null;
  return el("div", { class: "compare" }, el("p", {}, t("confirm.compare")), el("p", { class: "number" }, state.number));
}

/** @param {HTMLInputElement} tick @param {boolean} papers pictures of documents have a consent of their own */
function consent(tick, papers) {
  const terms = el(
    "a",
    { href: "/terms", target: "_blank", rel: "noopener", class: "button quiet slim terms" },
    t("confirm.read-terms"),
  );
  return el(
    "div",
    { class: "consent" },
    papers && el("p", { class: "small" }, t("confirm.sensitive")),
    terms,
    el(
      "label",
      { class: "check", for: "agree" },
      tick,
      el("span", {}, t(papers ? "confirm.agree-documents" : "confirm.agree")),
    ),
  );
}

function desktopNote() {
  return banner("inform", el("p", {}, t("desktop.note")), el("a", { href: "/apply/capture" }, t("desktop.scan")));
}
