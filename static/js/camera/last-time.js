// @ts-check
/** What an office said about the picture before. */

import { el } from "ui/dom";
import { t } from "ui/texts";

/** @import { Rejected } from "pairing/api" */

/** @param {Rejected} [rejected] @returns {string} "" where there is nothing to say */
export function lastTime(rejected) {
  const text = rejected && [...rejected.texts, rejected.opinion].filter(Boolean).join(" ");
  return text ? t("shoot.last-time", { text }) : "";
}

/** Its beginning, below the frame: the frame keeps its size. All of it at a press. @param {Rejected} [rejected] */
export function lastTimePill(rejected) {
  const words = lastTime(rejected);
  if (!words) return "";
  const press = () => node.setAttribute("aria-expanded", String(node.getAttribute("aria-expanded") === "false"));
  const node = el(
    "button",
    { type: "button", class: "last-time", "aria-expanded": "false", onclick: press },
    el("span", {}, words),
  );
  return el("div", { class: "last-time-place" }, node);
}
