// @ts-check
/** The candidate's desktop: a panel that follows the server, the code, copying the link, and no form sent twice. */

import { tendBeside } from "desk/beside";
import { forgetDrafts } from "desk/draft";
import { unfold } from "desk/folded";
import { Panel } from "desk/panel";
import { codeLink, tendCode } from "desk/qr-code";
import { question } from "desk/question";
import { listen } from "ui/bell";

const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[data-back]"));
const panel = /** @type {HTMLElement | null} */ (document.querySelector("[data-panel]"));

unfold();
forgetDrafts(); // the form was accepted

if (dialog) {
  dialog.removeAttribute("open");
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    location.assign(/** @type {string} */ (dialog.dataset.back));
  });
}

if (panel) {
  const shown = new Panel(panel, () => tend());
  const look = () => shown.look();
  const tend = () => {
    tendCode(look);
    tendBeside(panel);
  };
  listen("/desk", look, () => true);
  document.addEventListener("look", look);
  tend();
  setInterval(() => tendCode(look), 1000);
  document.addEventListener("visibilitychange", () => tendCode(look));
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.dataset.ask) return ask(form, event);
  if (form.dataset.sent) return event.preventDefault();
  if (form.method !== "post") return;
  form.dataset.sent = "yes";
  panel?.setAttribute("data-leaving", "yes");
});

/** Ask the form's question here; without script the server asks it. @param {HTMLFormElement} form @param {Event} event */
function ask(form, event) {
  event.preventDefault();
  question(form.dataset, () => {
    form.querySelector("[name=unasked]")?.remove();
    form.dataset.ask = "";
    form.requestSubmit();
  });
}

// Back from a dialog, on the button that opened it, or on what is said instead.
if (location.hash === "#onward" && !dialog) {
  document.getElementById("onward")?.focus();
  history.replaceState(null, "", location.pathname + location.search);
}

// Back from the history the page is as it was left; its forms may be sent again and it looks at the server.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// On a phone the phone itself comes first; the code is for another one, and shown when it is asked for.
document.addEventListener("click", (event) => {
  if (/** @type {HTMLElement} */ (event.target).closest("#other-phone")) dialog?.classList.add("is-asked");
});

document.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("#copy");
  if (!(button instanceof HTMLElement)) return;
  const { done = "", failed = "" } = button.dataset;
  const words = await navigator.clipboard
    .writeText(codeLink() || (document.getElementById("link")?.textContent ?? ""))
    .then(
      () => done,
      () => failed,
    );
  button.textContent = words;
});
