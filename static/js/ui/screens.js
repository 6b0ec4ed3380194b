// @ts-check
/** One screen at a time. A screen is a function that draws, so that a change of language can draw it again. */

import { el } from "ui/dom";
import { say } from "ui/speech";
import { t } from "ui/texts";

/**
 * @typedef {Node | string | false | null | undefined} Kid
 * @typedef {{name: string, title: string, step?: number, body?: Kid[], actions?: Kid[], say?: string,
 *   full?: HTMLElement, leave?: () => void}} View
 */

/** @type {() => View} */
let draw = () => ({ name: "", title: "" });
/** @type {View | null} */
let shown = null;

/** Leave the present screen and show another. @param {() => View} how */
export function showScreen(how) {
  shown?.leave?.();
  draw = how;
  shown = how();
  document.body.dataset.screen = shown.name;
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  main.replaceChildren(shown.full ?? page(shown));
  main.querySelector("h2")?.focus({ preventScroll: true });
  globalThis.scrollTo?.(0, 0);
  say([shown.title, shown.say].filter(Boolean).join(" "));
}

/** Draw the present screen again, in another language. */
export function redrawScreen() {
  showScreen(draw);
}

/** @returns {string} the name of the present screen */
export function currentScreen() {
  return shown?.name ?? "";
}

/** @param {View} view */
function page({ title, step, body = [], actions = [] }) {
  return el(
    "section",
    { class: "phone-page" },
    step ? el("p", { class: "phone-step soft small" }, t("step", { step, of: 4 })) : null,
    el("h2", { tabindex: "-1", "aria-describedby": "body" }, title),
    el("div", { class: "phone-body stack", id: "body" }, ...body),
    actions.some(Boolean) ? el("div", { class: "phone-foot actions equal" }, ...actions) : null,
  );
}

/** @param {string} name a symbol of img/icons.svg @returns {SVGElement} */
export function icon(name) {
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(use);
  return drawn;
}

/**
 * A button that cannot be pressed twice while what it started is under way.
 * @param {string} label @param {() => unknown} act @param {string} [kind] primary | secondary | quiet
 * @param {...Kid} before e.g. an icon
 */
export function button(label, act, kind = "primary", ...before) {
  const pressed = async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    try {
      await act();
    } finally {
      node.removeAttribute("aria-busy");
    }
  };
  const node = el("button", { type: "button", class: `button ${kind}`, onclick: pressed }, ...before, label);
  return node;
}

/** @param {string} href @param {string} label @param {string} [kind] */
export function linkButton(href, label, kind = "primary") {
  return el("a", { href, class: `button ${kind}` }, label);
}

/** @param {"good" | "warn" | "bad" | "inform"} tone @param {...Kid} text */
export function banner(tone, ...text) {
  const symbol = { good: "check", warn: "warn", bad: "cross", inform: "info" }[tone];
  return el("div", { class: `banner ${tone}` }, icon(symbol), el("div", {}, ...text));
}

/** A drawing from the page's template, with its content-hashed address. @param {string} name @param {string} alt */
export function drawing(name, alt) {
  const shell = /** @type {HTMLTemplateElement} */ (document.getElementById("drawings"));
  const source = shell.content.querySelector(`[data-name="${name}"]`);
  const image = /** @type {HTMLImageElement} */ ((source ?? el("img")).cloneNode(true));
  image.alt = alt;
  return image;
}
