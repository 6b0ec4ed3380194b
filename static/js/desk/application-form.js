// @ts-check
/**
 * The application form: the office of the chosen place is shown below it, nothing is sent twice, nothing typed is lost.
 */

import { forgetDrafts, keepDraft } from "desk/draft";
import { unfold } from "desk/folded";

const place = /** @type {HTMLSelectElement | null} */ (document.getElementById("place"));

place?.addEventListener("change", tellOffice);

function tellOffice() {
  // A county that an office has says so itself, else its city does.
  const chosen = /** @type {HTMLElement | null | undefined} */ (place?.selectedOptions[0]?.closest("[data-office]"));
  const name = document.getElementById("office-name");
  const contact = document.getElementById("office-contact");
  if (!chosen || !name || !contact) return;
  name.textContent = chosen.dataset.office ?? "";
  contact.textContent = chosen.dataset.contact ?? "";
  for (const key of ["address", "hours"]) {
    const line = document.getElementById(`office-${key}`);
    if (!line?.lastElementChild) continue;
    line.lastElementChild.textContent = chosen.dataset[key] ?? "";
    line.hidden = !chosen.dataset[key];
  }
}

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("application"));

unfold();
if (form) keepDraft(form);
else forgetDrafts();
// The answer to a mistake is kept in the history as the form's own address: Back and reload fetch that, sending nothing.
if (form?.dataset.answered) history.replaceState(null, "", location.href);
tellOffice(); // a place that was chosen before this script was here

form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

// Back from the history the form is as it was typed, and may be sent again.
addEventListener("pageshow", () => form?.removeAttribute("data-sent"));
