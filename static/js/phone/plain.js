// @ts-check
/** Plain pages: what happened, what to do, one button that mends it. */

import { fileButton, otherBrowser } from "phone/away";
import { banner, button, link } from "phone/stage";
import { browserOf } from "phone/trouble";
import { has, t } from "phone/words";
import { el } from "shared/dom";

/** @typedef {import("phone/stage").View} View */

const ALONE = "/login?next=/apply";

/** Whom to ask, where the installation names somebody. */
function contact() {
  const who = document.body.dataset.contact;
  return !!who && el("p", { class: "soft" }, t("contact", { who }));
}

/** No token and no cookie: the installed app, or a typed address. @returns {View} */
export function startView() {
  return {
    name: "start",
    title: t("start.title"),
    body: [el("p", {}, t("start.scan")), el("p", { class: "soft" }, t("start.alone"))],
    actions: [link(ALONE, t("start.this-phone"))],
  };
}

/**
 * The pairing is over. A picture that was not sent is still on this phone, and the page says so.
 * @param {{code: string, text: string, purpose?: string, why?: string, back?: boolean}} fault `why`: the closer reason, where the code is
 *   a rough one; `back`: it may return here
 * @param {{unsent: boolean, claimed: boolean, onBack: () => unknown}} how `claimed`: this phone was connected, so what ran out is its
 *   permission
 * @returns {View}
 */
export function endedView({ code, text, purpose, why, back }, { unsent, claimed, onBack }) {
  const finished = code === "handed_over";
  const key = `ended.${code === "expired" && claimed ? "ran-out" : code}`;
  const words = [`ended.${why}`, `${key}.${purpose}`, back && `${key}.back`, key].find((each) => each && has(each));
  const reason = words ? t(words) : text;
  return {
    name: `ended-${code}`,
    title: t(why === "saved" ? "ended.saved.title" : finished ? "ended.finished" : "ended.title"),
    say: reason,
    body: [banner(finished ? "good" : "warn", reason), unsent && banner("inform", t("ended.unsent")), !finished && contact()],
    actions: [back ? button(t("ended.back"), onBack) : finished ? link("/apply", t("ended.see")) : link(ALONE, t("start.this-phone"))],
  };
}

/** @param {() => unknown} onRetry @returns {View} */
export function offlineView(onRetry) {
  return {
    name: "offline",
    title: t("offline.title"),
    body: [el("p", {}, t("offline.why"))],
    actions: [button(t("retry"), onRetry)],
  };
}

/** @param {string} text @param {() => unknown} onRetry @returns {View} */
export function refusedView(text, onRetry) {
  return { name: "refused", title: t("refused.title"), body: [banner("warn", text), contact()], actions: [button(t("retry"), onRetry)] };
}

/**
 * A link from support: the last four characters of the ID number.
 * @param {{left?: number}} how @param {(last4: string) => unknown} onGiven @returns {View}
 */
export function last4View({ left }, onGiven) {
  const field = el("input", { id: "last4", maxlength: "4", autocomplete: "off", autocapitalize: "characters", inputmode: "text", spellcheck: "false" });
  const give = () => (field.value.trim().length === 4 ? onGiven(field.value.trim().toUpperCase()) : field.focus());
  const form = el("form", { class: "field" }, el("label", { for: "last4" }, t("last4.label")), field);
  form.addEventListener("submit", (event) => (event.preventDefault(), give()));
  return {
    name: "last4",
    title: t("last4.title"),
    body: [el("p", {}, t("last4.why")), left !== undefined && banner("warn", t("last4.wrong", { left })), form],
    actions: [button(t("last4.go"), give)],
  };
}

/**
 * No camera: why, how to get it back, and what works without.
 * @param {import("phone/trouble").Trouble} trouble
 * @param {{claimed: boolean, gallery?: boolean, onRetry: () => unknown, onFile: (file: File) => unknown}} how
 * @returns {View}
 */
export function troubleView(trouble, { claimed, gallery, onRetry, onFile }) {
  const agent = browserOf(navigator.userAgent);
  const how = has(`trouble.${trouble}.${agent}`) ? t(`trouble.${trouble}.${agent}`) : t(`trouble.${trouble}.how`);
  const hopeless = trouble === "insecure" || trouble === "old";
  return {
    name: `trouble-${trouble}`,
    title: t(`trouble.${trouble}`),
    say: how,
    body: [el("p", {}, how), otherBrowser(claimed), contact()],
    actions: [
      fileButton(onFile, { kind: hopeless ? "primary" : "secondary" }),
      gallery && fileButton(onFile, { gallery: true }),
      !hopeless && button(t("retry"), onRetry),
    ],
  };
}
