// @ts-check
/** The operator's pages: how far long work is, and no form sent twice. */

import { Panel } from "desk/panel";

const LOOK = 1000; // ms
const ENDED = ["done", "failed", "stopped"];

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-job]"))) follow(place);

/** Look again and again; when the job has ended the page shows what came of it. @param {HTMLElement} place */
function follow(place) {
  const state = () => /** @type {HTMLElement | null} */ (place.querySelector("[data-state]"))?.dataset.state ?? "";
  if (ENDED.includes(state())) return;
  const panel = new Panel(place, () => {
    if (ENDED.includes(state())) location.reload();
  });
  setInterval(() => panel.look(), LOOK);
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
});

// Back from another page: what is shown may be old.
addEventListener("pageshow", (event) => event.persisted && location.reload());
