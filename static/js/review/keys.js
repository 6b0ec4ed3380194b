// @ts-check
/** J/K next and previous, A approve, R reject, 1–9 reasons, Z larger; never while somebody types. */

import { currentItem, explained } from "review/choose";
import { zoom } from "review/sheet";

export function keyboardShortcuts() {
  document.addEventListener("keydown", (event) => {
    const key = pressedKey(event);
    const act = key && (/^[1-9]$/.test(key) ? () => reason(Number(key)) : KEYS[key]);
    if (!act || !document.querySelector(".case")) return;
    event.preventDefault();
    act();
  });
}

/** The key, in small letters; empty while somebody types, or with Ctrl and the like. @param {KeyboardEvent} event */
function pressedKey({ key, target, ctrlKey, altKey, metaKey, isComposing, repeat }) {
  const typing = target instanceof Element && target.matches("textarea, select, input:not([type=checkbox])");
  return typing || ctrlKey || altKey || metaKey || isComposing || repeat ? "" : key.toLowerCase();
}

/** @type {Record<string, () => unknown>} */
const KEYS = {
  j: () => press("#following"),
  k: () => press("#previous"),
  a: () => say("approve"),
  r: () => say("reject"),
  z: () => larger(),
};

/** @param {string} what */
function press(what) {
  /** @type {HTMLElement | null} */ (document.querySelector(what))?.click();
}

/** Approve at once; reject at once when it is said why, else go to the reasons. @param {"approve" | "reject"} word */
function say(word) {
  const item = currentItem();
  const single = document.querySelectorAll("fieldset.item").length === 1;
  if (!item) return;
  if (word === "reject" && single && !explained(item)) return toReasons(item);
  /** @type {HTMLElement | null} */ (item.querySelector(`button[value=${word}]`))?.click();
  if (word === "reject" && !explained(item)) toReasons(item);
}

/** @param {HTMLElement} item */
function toReasons(item) {
  const reasons = item.querySelector("details");
  if (reasons) reasons.open = true;
  /** @type {HTMLElement | null} */ (item.querySelector("input[type=checkbox]"))?.focus();
}

/** @param {number} number */
function reason(number) {
  const box = /** @type {HTMLInputElement | undefined} */ (
    currentItem()?.querySelectorAll("input[type=checkbox]")[number - 1]
  );
  const reasons = box?.closest("details");
  if (reasons) reasons.open = true;
  box?.click();
}

function larger() {
  const item = currentItem()?.dataset.item ?? "";
  const sheet = document.querySelector(`#sheet-${item}`) ?? document.querySelector("figure.viewer[data-item]");
  if (sheet) zoom(/** @type {HTMLElement} */ (sheet));
}
