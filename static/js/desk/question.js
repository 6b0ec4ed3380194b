// @ts-check
/** A question before something is done, in a dialog of ours; the focus comes back to where it was. */

import { el } from "ui/dom";

/**
 * @param {{ask?: string, yes?: string, no?: string}} words
 * @param {() => unknown} onYes
 */
export function question({ ask = "", yes = "", no = "" }, onYes) {
  const stay = el("button", { type: "button", class: "button secondary" }, no);
  const go = el("button", { type: "button", class: "button danger" }, yes);
  const dialog = el(
    "dialog",
    { class: "dialog question", "aria-labelledby": "question" },
    el("p", { class: "dialog-body", id: "question" }, ask),
    el("footer", { class: "dialog-foot" }, stay, go),
  );
  stay.addEventListener("click", () => dialog.close());
  go.addEventListener("click", () => {
    dialog.close();
    onYes();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
