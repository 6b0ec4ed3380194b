// @ts-check
/** The language that the person has switched this page to: for this visit only, phones are borrowed. */

import { withTabStorage } from "ui/storage";

const CHOICE = "language";

/** @returns {string | null} */
export function chosenLanguage() {
  return withTabStorage((kept) => kept.getItem(CHOICE));
}

/** @param {string} to */
export function keepLanguage(to) {
  withTabStorage((kept) => kept.setItem(CHOICE, to));
}

/** What every call says of it, so that the server answers in it. @returns {Record<string, string>} */
export function spoken() {
  const chosen = chosenLanguage();
  return chosen ? { "X-Language": chosen } : {};
}
