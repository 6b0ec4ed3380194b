// @ts-check
/** What the page says, in the language of the person. Chinese is the source; English has the same keys. */

import { chosenLanguage, keepLanguage } from "ui/choice";

/** @typedef {"zh" | "en"} Language */

/** @type {Record<string, string>} */
let words = {};
/** @type {Language} */
let current = "zh";

/** Sets of words that are loaded when they are needed. @type {Set<string>} */
const sets = new Set(["phone"]);

/** @returns {Language} the language in use */
export function language() {
  return current;
}

/**
 * Load the words of a language: the person's own choice, else the desktop's, else Chinese.
 * @param {string} [offered] the desktop's choice
 */
export async function loadTexts(offered = "zh") {
  current = (chosenLanguage() ?? offered) === "en" ? "en" : "zh";
  words = Object.assign({}, ...(await Promise.all([...sets].map(wordsOf))));
  document.documentElement.lang = current === "zh" ? "zh-CN" : "en";
  document.title = t("page");
}

/** Load one more set of words, now and in every language that is chosen later. @param {string} name */
export async function loadMoreTexts(name) {
  sets.add(name);
  Object.assign(words, await wordsOf(name));
}

/** @param {Language} to the person presses the switch */
export async function chooseLanguage(to) {
  keepLanguage(to);
  await loadTexts(to);
}

/**
 * One text; `{name}` places are filled from `facts`. An unknown key shows itself, so that it is noticed.
 * @param {string} key
 * @param {Record<string, string | number>} [facts]
 */
export function t(key, facts = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
}

/** @param {string} key @returns {boolean} */
export function hasText(key) {
  return key in words;
}

/** @param {string} name @returns {Promise<Record<string, string>>} */
async function wordsOf(name) {
  return (await import(`words/${name}.${current}`)).default;
}
