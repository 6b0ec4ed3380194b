// @ts-check
/** 自动拍照: on until it is switched off, which this phone remembers. Nothing about anybody is stored. */

import { whisper } from "ui/speech";
import { icon } from "ui/screens";
import { t } from "ui/texts";
import { el } from "ui/dom";

const KEY = "auto-shutter";

/** For this visit; undefined: nobody asked yet. @type {boolean | undefined} */
let on;

/** @returns {boolean} */
export function wanted() {
  on ??= remembered() !== "off";
  return on;
}

/** A switch. @param {() => unknown} changed */
export function autoSwitch(changed) {
  const label = el("span", {});
  const tick = icon("check");
  const node = el("button", { type: "button", class: "pill", onclick: press }, label);
  draw();
  return node;

  function draw() {
    label.textContent = t(wanted() ? "live.auto.on" : "live.auto.off");
    node.setAttribute("aria-pressed", String(wanted()));
    if (wanted()) node.prepend(tick);
    else tick.remove();
  }

  function press() {
    on = !wanted();
    remember(on);
    draw();
    whisper(t(wanted() ? "live.auto.said-on" : "live.auto.said-off"));
    changed();
  }
}

/** @returns {string | null} */
function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {boolean} yes */
function remember(yes) {
  try {
    localStorage.setItem(KEY, yes ? "on" : "off");
  } catch {
    // Storage is forbidden: it holds for this visit.
  }
}
