// @ts-check
/**
 * What a candidate types into the application form outlives the end of a login, an outdated page and a change of
 * language: it stays in this tab until the form was accepted or its writer logged out.
 * PCs are shared: what is kept is named by its writer, and goes as soon as anybody else opens the form.
 */

import { withTabStorage } from "ui/storage";

const PREFIX = "typed/";

/**
 * Put back what its writer had typed, unless the form is the answer to it, and keep what is typed from now on.
 * What was typed before this script was here is newer than what is kept. @param {HTMLFormElement} form
 */
export function keepDraft(form) {
  const key = PREFIX + form.dataset.writer;
  const remember = (/** @type {unknown} */ field) => {
    if (!isField(field)) return;
    withTabStorage((kept) => kept.setItem(key, JSON.stringify({ ...typed(key), [field.name]: field.value })));
  };
  forgetDrafts(key);
  for (const field of form.elements) if (touched(field)) remember(field);
  if (!form.dataset.answered) fill(form, typed(key));
  form.addEventListener("input", (event) => remember(event.target));
}

/** Forget what anybody typed; with `but`, all except that. */
export function forgetDrafts(but = "") {
  withTabStorage((kept) => {
    for (const key of Object.keys(kept)) if (key.startsWith(PREFIX) && key !== but) kept.removeItem(key);
  });
}

/** @param {string} key @returns {Record<string, string>} field → what was typed */
function typed(key) {
  return withTabStorage((kept) => JSON.parse(kept.getItem(key) ?? "{}")) ?? {};
}

/** @param {HTMLFormElement} form @param {Record<string, string>} fields */
function fill(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (!takes(field, value)) continue;
    field.value = value;
    field.dispatchEvent(new Event("change"));
  }
}

/**
 * Not a choice that is no longer offered, nor a field that is no longer asked.
 * @param {unknown} field @param {string} value @returns {field is HTMLInputElement | HTMLSelectElement}
 */
function takes(field, value) {
  return field instanceof HTMLSelectElement ? [...field.options].some((each) => each.value === value) : isField(field);
}

/** @param {unknown} field @returns {field is HTMLInputElement | HTMLSelectElement} */
function isField(field) {
  return field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type !== "hidden");
}

/** Whether it says something else than the server had written into it. @param {unknown} field */
function touched(field) {
  if (field instanceof HTMLInputElement) return isField(field) && field.value !== field.defaultValue;
  return field instanceof HTMLSelectElement && !(field.selectedOptions[0]?.defaultSelected || field.selectedIndex < 1);
}
