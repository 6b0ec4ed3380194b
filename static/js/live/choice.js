// @ts-check
/** 自动拍照: off until it is switched on, remembered on this phone. Nothing about anybody is stored. */

import { whisper } from "phone/speak";
import { icon } from "phone/stage";
import { t } from "phone/words";
import { el } from "shared/dom";

const KEY = "auto-shutter";

/** @param {Storage} [store] @returns {boolean} */
export function wanted(store = globalThis.localStorage) {
  try {
    return store.getItem(KEY) === "on";
  } catch {
    return false;
  }
}

/** A switch. @param {() => unknown} changed */
export function autoSwitch(changed) {
  const label = el("span", {});
  const node = el("button", { type: "button", class: "pill", "aria-pressed": String(wanted()), onclick: press }, icon("check"), label);
  draw();
  return node;

  function draw() {
    label.textContent = t(wanted() ? "live.auto.on" : "live.auto.off");
    node.setAttribute("aria-pressed", String(wanted()));
  }

  function press() {
    remember(!wanted());
    draw();
    whisper(t(wanted() ? "live.auto.said-on" : "live.auto.said-off"));
    changed();
  }
}

/** @param {boolean} on */
function remember(on) {
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // Storage is forbidden: it stays off.
  }
}
