// @ts-check
/** 自动拍照: on until it is switched off, which this phone remembers. Nothing about anybody is stored. */

import { el } from "ui/dom";
import { icon } from "ui/screens";
import { announceAloud } from "ui/speech";
import { withDeviceStorage } from "ui/storage";
import { t } from "ui/texts";

const KEY = "auto-shutter";

/** For this visit; undefined: nobody asked yet. @type {boolean | undefined} */
let on;

/** @returns {boolean} */
export function autoWanted() {
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
    label.textContent = t(autoWanted() ? "live.auto.on" : "live.auto.off");
    node.setAttribute("aria-pressed", String(autoWanted()));
    if (autoWanted()) node.prepend(tick);
    else tick.remove();
  }

  function press() {
    on = !autoWanted();
    remember(on);
    draw();
    announceAloud(t(autoWanted() ? "live.auto.said-on" : "live.auto.said-off"));
    changed();
  }
}

/** @returns {string | null} */
function remembered() {
  return withDeviceStorage((kept) => kept.getItem(KEY));
}

/** @param {boolean} yes */
function remember(yes) {
  withDeviceStorage((kept) => kept.setItem(KEY, yes ? "on" : "off"));
}
