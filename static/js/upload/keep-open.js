// @ts-check
/** What is said where the browser did not store a picture: it lives as long as this page. */

import { banner } from "ui/screens";
import { t } from "ui/texts";
import { isLasting } from "upload/unsent-store";

/** A calm line for the screens that show or send the picture. @returns {HTMLElement | false} */
export function keepOpen() {
  return !isLasting() && banner("inform", t("keep.open"));
}

/** Where the picture is while the network is away. @returns {string} */
export function whereKept() {
  return t(isLasting() ? "send.kept" : "send.kept-here");
}

/** Where it is after the pairing has ended. @returns {string} */
export function whereLeft() {
  return t(isLasting() ? "ended.unsent" : "ended.unsaved");
}
