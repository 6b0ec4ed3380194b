// @ts-check
/** 在电脑上显示取景画面: off until the person has said yes to what is asked in plain words. */

import { el } from "ui/dom";
import { button, icon } from "ui/screens";
import { announceAloud } from "ui/speech";
import { t } from "ui/texts";

/** @param {() => boolean} isOn @param {(on: boolean) => unknown} turn */
export function showSwitch(isOn, turn) {
  const tick = icon("check");
  const node = el("button", { type: "button", class: "pill", hidden: true, onclick: press }, t("beside.show"));
  draw();
  return { node, draw };

  function draw() {
    node.setAttribute("aria-pressed", String(isOn()));
    if (isOn()) node.prepend(tick);
    else tick.remove();
  }

  function press() {
    if (isOn()) decide(false);
    else ask(node, () => decide(true));
  }

  function decide(/** @type {boolean} */ on) {
    turn(on);
    draw();
    announceAloud(t(on ? "beside.said-on" : "beside.said-off"));
  }
}

/** @param {HTMLElement} beside @param {() => void} onYes */
function ask(beside, onYes) {
  const answer = (/** @type {() => void} */ act) => () => {
    dialog.close();
    act();
  };
  /** @type {HTMLDialogElement} */
  const dialog = el(
    "dialog",
    { class: "help-dialog", "aria-labelledby": "show-title", onclose: () => dialog.remove() },
    el("h3", { id: "show-title" }, t("beside.show")),
    el("p", {}, t("beside.ask")),
    el(
      "div",
      { class: "actions equal" },
      button(
        t("beside.no"),
        answer(() => undefined),
        "secondary",
      ),
      button(t("beside.yes"), answer(onYes)),
    ),
  );
  beside.closest("section")?.append(dialog);
  dialog.showModal();
}
