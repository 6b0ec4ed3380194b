// @ts-check
/** The file goes as it is in the body of one request, with real progress; then the page of that import opens. */

const form = /** @type {HTMLFormElement} */ (document.getElementById("send"));
const layout = /** @type {HTMLSelectElement} */ (document.getElementById("layout"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("file"));
const button = /** @type {HTMLButtonElement} */ (document.getElementById("check"));
const sending = /** @type {HTMLElement} */ (document.getElementById("sending"));
const wrong = /** @type {HTMLElement} */ (document.getElementById("send-error"));
const MB = 1 << 20;

if (form) {
  layout.addEventListener("change", chosen);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    submit();
  });
  chosen();
}

/** What belongs to the layout: its empty list, its note. */
function chosen() {
  const { template = "", note = "" } = layout.selectedOptions[0]?.dataset ?? {};
  const link = /** @type {HTMLAnchorElement} */ (document.getElementById("template"));
  link.href = template;
  link.hidden = !template;
  const words = /** @type {HTMLElement} */ (document.getElementById("layout-note"));
  words.textContent = note;
  words.hidden = !note;
}

function submit() {
  const file = field.files?.[0];
  const { nothing = "", tooLarge = "", most = "0" } = form.dataset;
  if (!file) return fail(nothing);
  if (file.size > Number(most) * MB) return fail(tooLarge);
  send(file);
}

/** @param {File} file */
function send(file) {
  say("");
  show(true);
  const xhr = new XMLHttpRequest();
  const asked = new URLSearchParams({ layout: layout.value, name: file.name });
  xhr.open("POST", `${form.action}?${asked}`);
  xhr.setRequestHeader("Accept", "application/json");
  xhr.setRequestHeader("Content-Type", "application/octet-stream");
  xhr.setRequestHeader("X-CSRF", /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=csrf]")).content);
  xhr.upload.onprogress = ({ loaded, total }) => progress(loaded, total);
  xhr.onload = () => {
    const said = parsed(xhr.responseText);
    if (said?.next) location.assign(said.next);
    else fail(said?.error?.text || (xhr.status === 413 ? form.dataset.tooLarge : form.dataset.failed));
  };
  xhr.onerror = xhr.onabort = () => fail(form.dataset.failed);
  xhr.send(file);
}

/** @param {number} loaded @param {number} total */
function progress(loaded, total) {
  const share = total ? Math.floor((100 * loaded) / total) : 0;
  /** @type {HTMLProgressElement} */ (sending.querySelector("progress")).value = share;
  /** @type {HTMLElement} */ (document.getElementById("sent")).textContent = `${share}%`;
}

/** @param {string | undefined} words */
function fail(words) {
  show(false);
  say(words || "");
  field.focus();
}

/** @param {string} words */
function say(words) {
  wrong.textContent = words;
  wrong.hidden = !words;
  field.toggleAttribute("aria-invalid", Boolean(words));
}

/** @param {boolean} busy */
function show(busy) {
  sending.hidden = !busy;
  button.disabled = layout.disabled = field.disabled = busy;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
