// @ts-check
/** The documents dialog: a chosen or dropped file goes to its slot at once; what is wrong with it is said there. */

import { reduceFile } from "documents/reduce";

const FILES = "Files";

const dialog = /** @type {HTMLElement} */ (document.querySelector("dialog"));

dialog.classList.add("is-scripted");
// The tick stays the one that was pressed; a consent that was given on the phone shows on it too.
new MutationObserver(() => {
  if (isGiven()) /** @type {HTMLInputElement} */ (document.getElementById("agree")).checked = true;
}).observe(dialog, { childList: true, subtree: true });

/** The consent that is being recorded: a file and every form wait for it. @type {Promise<void> | null} */
let consenting = null;

document.addEventListener(
  "submit",
  (event) => {
    if (!consenting) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    consenting.then(() => /** @type {HTMLFormElement} */ (event.target).requestSubmit(event.submitter));
  },
  true,
);

document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement && target.id === "agree") agree(target);
  const form = target instanceof HTMLInputElement && target.type === "file" ? formOf(target) : null;
  const [file] = /** @type {HTMLInputElement} */ (target).files ?? [];
  if (form && file) upload(form, file);
});

// A press without a file opens the chooser; the browser's own message about the empty field would not help.
document.addEventListener("click", (event) => {
  const form = event.target instanceof Element && event.target.closest("button") ? formOf(event.target) : null;
  if (!form) return;
  event.preventDefault();
  if (!busy(form) && isAgreed(form)) field(form).click();
});

/** The tick alone is sent. @param {HTMLInputElement} tick */
function agree(tick) {
  if (isGiven()) tick.checked = true;
  if (isGiven() || !tick.checked) return;
  const form = /** @type {HTMLFormElement} */ (tick.form);
  const how = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
  consenting = fetch(form.action, how).then(recorded, recorded);
}

function recorded() {
  consenting = null;
  document.dispatchEvent(new Event("look"));
}

function isGiven() {
  return document.getElementById("consent")?.dataset.given === "yes";
}

/** Whether pictures may be taken: ticked, or agreed to before; else that is said at the slot. @param {Element} form */
function isAgreed(form) {
  const tick = document.getElementById("agree");
  if (isGiven() || !(tick instanceof HTMLInputElement) || tick.checked) return true;
  const { agree = "" } = /** @type {HTMLElement} */ (form.closest(".papers")).dataset;
  tell(/** @type {HTMLFormElement} */ (form), { error: agree });
  tick.focus();
  return false;
}

for (const kind of ["dragover", "drop", "dragleave"])
  document.addEventListener(kind, (event) => dragged(/** @type {DragEvent} */ (event)));

/** A file beside the slots must not replace the page. @param {DragEvent} event */
function dragged(event) {
  if (!event.dataTransfer?.types.includes(FILES)) return;
  const slot = event.target instanceof Element ? event.target.closest(".paper") : null;
  for (const each of document.querySelectorAll(".paper.is-target"))
    each.classList.toggle("is-target", each === slot && event.type === "dragover");
  if (event.type === "dragleave") return;
  event.preventDefault();
  event.dataTransfer.dropEffect = slot ? "copy" : "none";
  if (event.type === "dragover") slot?.classList.add("is-target");
  else if (slot) dropped(slot, event.dataTransfer.files);
}

/** @param {Element} slot @param {FileList} files */
function dropped(slot, [file]) {
  slot.classList.remove("is-target");
  const form = /** @type {HTMLFormElement | null} */ (slot.querySelector("form.send"));
  if (form && file && !busy(form)) upload(form, file);
}

/** @param {HTMLFormElement} form @param {File} file */
async function upload(form, file) {
  if (!isAgreed(form)) return;
  await consenting;
  const words = /** @type {HTMLElement} */ (form.closest(".papers")).dataset;
  const { waiting = "", sending = "", failed = "" } = words;
  tell(form, { doing: waiting });
  const body = await reduceFile(file);
  field(form).value = "";
  if (typeof body === "string") return tell(form, { error: words[body] });
  tell(form, { doing: sending, sent: 0 });
  const answer = await send(form, body, file.name, (sent) => tell(form, { doing: sending, sent }));
  if (answer.status === 401 || answer.status === 403) return location.reload();
  const received = answer.status === 200 || answer.status === 201;
  tell(form, { error: received ? "" : (answer.said?.error?.text ?? failed) });
  document.dispatchEvent(new Event("look"));
}

/**
 * @param {HTMLFormElement} form @param {Blob} body @param {string} name @param {(percent: number) => void} progress
 * @returns {Promise<{status: number, said: any}>} status 0: nobody answered
 */
function send(form, body, name, progress) {
  const fields = new FormData();
  fields.append("file", body, body instanceof File ? name : `${name.replace(/\.\w+$/, "")}.jpg`);
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", form.action);
    xhr.responseType = "json";
    xhr.setRequestHeader("Accept", "application/json");
    xhr.setRequestHeader("X-CSRF", /** @type {HTMLInputElement} */ (form.elements.namedItem("csrf")).value);
    xhr.upload.onprogress = ({ loaded, total }) => progress(Math.round((100 * loaded) / total));
    xhr.onloadend = () => resolve({ status: xhr.status, said: xhr.response });
    xhr.send(fields);
  });
}

/**
 * Show the progress or the error at the slot.
 * @param {HTMLFormElement} form @param {{doing?: string, sent?: number, error?: string}} how
 */
function tell(form, { doing = "", sent, error = "" }) {
  const [bar] = form.getElementsByTagName("progress");
  bar.hidden = sent === undefined;
  bar.value = sent ?? 0;
  form.querySelector("button")?.setAttribute("aria-busy", String(doing !== ""));
  set(form, ".doing", doing);
  set(form, ".error", error);
}

/** @param {HTMLFormElement} form @param {string} which @param {string} words */
function set(form, which, words) {
  const node = form.querySelector(which);
  if (node && node.textContent !== words) node.textContent = words;
}

/** @param {Element} inside @returns {HTMLFormElement | null} */
function formOf(inside) {
  return inside.closest("form.send");
}

/** @param {HTMLFormElement} form */
function busy(form) {
  return form.querySelector("button")?.getAttribute("aria-busy") === "true";
}

/** @param {HTMLFormElement} form */
function field(form) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem("file"));
}
