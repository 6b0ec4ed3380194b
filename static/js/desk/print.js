// @ts-check
/** Printing: the dialog opens once both pages are there; the server is told that it opened. */

import { post } from "desk/post";

const TRIES = 3;
const PAUSE = 3000;
const button = /** @type {HTMLButtonElement} */ (document.getElementById("print"));
const sheets = /** @type {HTMLImageElement[]} */ ([...document.querySelectorAll("img.sheet")]);

/**
 * A busy server gets another chance; then we say so.
 * @param {HTMLImageElement} sheet @param {number} tries @returns {Promise<void>}
 */
async function shown(sheet, tries = TRIES) {
  try {
    await sheet.decode();
  } catch {
    if (tries === 1) return void document.getElementById("unprinted")?.removeAttribute("hidden");
    await new Promise((done) => setTimeout(done, PAUSE));
    sheet.setAttribute("src", sheet.src); // asks for it again
    return shown(sheet, tries - 1);
  }
}

const ready = Promise.all(sheets.map((sheet) => shown(sheet)));
ready.then(() => document.getElementById("making")?.remove());

button.addEventListener("click", () => ready.then(() => print()));
addEventListener("beforeprint", () => post(button.dataset.told ?? ""));
