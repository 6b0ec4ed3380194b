// @ts-check
/** Message screens: what happened, what to do, and the button for it. */

import { pictureFigure } from "camera/preview";
import { browserOf } from "camera/trouble";
import { codeEntry } from "pairing/code-entry";
import { fileButton, otherBrowser } from "pairing/fallbacks";
import { el } from "ui/dom";
import { banner, button, linkButton } from "ui/screens";
import { hasText, t } from "ui/texts";
import { keepOpen, whereLeft } from "upload/keep-open";

/**
 * @import { Trouble } from "camera/trouble"
 * @import { View } from "ui/screens"
 * @import { Sendable } from "upload/send"
 */

const ALONE = "/login?next=/apply";

/** Support's contact, where the installation has one. */
function contact() {
  const who = document.body.dataset.contact;
  return !!who && el("p", { class: "soft" }, t("contact", { who }));
}

/**
 * No token and no cookie: the installed app, a typed address, or a redirect that lost the token.
 * @param {{unsent?: boolean, onCode: (typed: string) => Promise<unknown>}} how @returns {View}
 */
export function startView({ unsent = false, onCode }) {
  const { form, press } = codeEntry(onCode);
  return {
    name: "start",
    title: t("start.title"),
    body: [el("p", {}, t("start.scan")), form, press, unsent && banner("inform", whereLeft()), otherwise()],
  };
}

/** Without a computer: this very phone. */
function otherwise() {
  const words = el("p", { class: "soft" }, t("start.alone"));
  return el("div", { class: "stack" }, words, linkButton(ALONE, t("start.this-phone"), "secondary"));
}

/**
 * The pairing is over. A picture that was not sent is still on this phone, and the page says so.
 * @param {Ending} fault
 * @param {{unsent: boolean, claimed: boolean, onBack: () => unknown, onCode: (typed: string) => Promise<unknown>}} how
 * `claimed`: this phone was connected, so what ran out is its permission
 * @returns {View}
 */
export function endedView(fault, { unsent, claimed, onBack, onCode }) {
  const { code, why, back, alone } = fault;
  const finished = code === "handed_over";
  const reason = reasonOf(fault, claimed);
  const entry = alone || back ? null : codeEntry(onCode, finished ? "secondary" : "primary");
  const submitted = fault.purpose === "documents" ? "ended.finished.documents" : "ended.finished";
  const title = why === "saved" ? "ended.saved.title" : finished ? submitted : "ended.title";
  return {
    name: `ended-${code}`,
    title: t(title),
    say: reason,
    body: [
      banner(finished ? "good" : "warn", reason),
      unsent && banner("inform", whereLeft()),
      entry?.form,
      entry?.press,
      !finished && contact(),
      entry && !finished && otherwise(),
    ],
    actions: [back ? button(t("ended.back"), onBack) : alone && linkButton("/apply", t("ended.see"))],
  };
}

/**
 * @typedef {{code: string, text: string, purpose?: string, why?: string, back?: boolean, alone?: boolean}} Ending
 * `why`: the closer reason, where the code is a rough one; `back`: it may return here; `alone`: the desktop's page is in
 * this browser
 */

/** @param {Ending} fault @param {boolean} claimed */
function reasonOf({ code, text, purpose, why, back, alone }, claimed) {
  const key = `ended.${code === "expired" && claimed ? "ran-out" : code}`;
  const closer = why && `ended.${why}`;
  const keys = [alone && closer && `${closer}.alone`, alone && `${key}.alone`, closer, `${key}.${purpose}`];
  const words = [...keys, back && `${key}.back`, key].find((each) => each && hasText(each));
  return words ? t(words) : text;
}

/**
 * No answer; or the server answered that it cannot for now, and is asked again automatically.
 * @param {() => unknown} onRetry @param {{text?: string, status?: number, retryAfter?: number}} [why] @returns {View}
 */
export function offlineView(onRetry, { text, status = 0, retryAfter = 0 } = {}) {
  const timer = status ? setTimeout(onRetry, Math.max(retryAfter, 5) * 1000) : undefined;
  return {
    name: "offline",
    leave: () => clearTimeout(timer),
    title: t(text ? "refused.title" : "offline.title"),
    body: text ? [banner("warn", text), el("p", {}, t("offline.by-itself"))] : [el("p", {}, t("offline.why"))],
    actions: [button(t("retry"), onRetry)],
  };
}

/**
 * The server does not take a picture now, for a reason that is not the picture: it is still here.
 * @param {Sendable} picture @param {string} text @param {{onRetry: () => unknown, onRetake: () => unknown}} then
 * @returns {View}
 */
export function unsentView(picture, text, { onRetry, onRetake }) {
  const shown = pictureFigure(picture);
  return {
    name: "refused",
    title: t("refused.title"),
    say: text,
    leave: shown.release,
    body: [banner("warn", text), el("p", {}, t("refused.kept")), keepOpen(), shown.node, contact()],
    actions: [button(t("look.retake"), onRetake, "secondary"), button(t("retry"), onRetry)],
  };
}

/** @param {string} text @param {() => unknown} onRetry @returns {View} */
export function refusedView(text, onRetry) {
  return {
    name: "refused",
    title: t("refused.title"),
    body: [banner("warn", text), contact()],
    actions: [button(t("retry"), onRetry)],
  };
}

/**
 * A link from support: the last four characters of the ID number.
 * @param {{left?: number}} how @param {(last4: string) => unknown} onGiven @returns {View}
 */
export function last4View({ left }, onGiven) {
  const field = el("input", {
    id: "last4",
    maxlength: "4",
    autocomplete: "off",
    autocapitalize: "characters",
    inputmode: "text",
    spellcheck: "false",
  });
  const give = () => (field.value.trim().length === 4 ? onGiven(field.value.trim().toUpperCase()) : field.focus());
  const form = el("form", { class: "field" }, el("label", { for: "last4" }, t("last4.label")), field);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    give();
  });
  return {
    name: "last4",
    title: t("last4.title"),
    body: [el("p", {}, t("last4.why")), left !== undefined && banner("warn", t("last4.wrong", { left })), form],
    actions: [button(t("last4.go"), give)],
  };
}

/**
 * No camera: why, how to get it back, and what works without.
 * @param {Trouble} trouble
 * @param {{claimed: boolean, gallery?: boolean, onRetry: () => unknown, onFile: (file: File) => unknown}} how
 * @returns {View}
 */
export function troubleView(trouble, { claimed, gallery, onRetry, onFile }) {
  const agent = browserOf(navigator.userAgent);
  const how = hasText(`trouble.${trouble}.${agent}`) ? t(`trouble.${trouble}.${agent}`) : t(`trouble.${trouble}.how`);
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
