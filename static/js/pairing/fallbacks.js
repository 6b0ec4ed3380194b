// @ts-check
/** For browsers without a usable camera: a file instead, or the link for another browser. */

import { browserOf } from "camera/trouble";
import { transfer } from "pairing/api";
import { el } from "ui/dom";
import { button, icon } from "ui/screens";
import { say } from "ui/speech";
import { t } from "ui/texts";

/**
 * 上传照片: the camera app of the phone, or its files.
 * @param {(file: File) => unknown} chosen
 * @param {{kind?: string, gallery?: boolean}} [how] `gallery` opens the pictures instead of the camera app
 */
export function fileButton(chosen, { kind = "secondary", gallery = false } = {}) {
  const input = el("input", { type: "file", accept: "image/jpeg,image/png", hidden: true, tabindex: "-1" });
  // Android 14 and 15 hide the camera from the picker unless it is asked for.
  if (!gallery) input.setAttribute("capture", "environment");
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) chosen(file);
    input.value = "";
  });
  const press = button(t(gallery ? "file.gallery" : "file.upload"), () => input.click(), kind, icon("upload"));
  return el("span", { class: "file" }, press, input);
}

/**
 * 换浏览器打开 and 复制链接. Before the claim the page's own address is the link; afterwards the server makes one that
 * moves the same pairing, and it becomes this page's address, for the browser's own "open in …" menu.
 * @param {boolean} claimed
 */
export function otherBrowser(claimed) {
  const note = el("p", { class: "soft", role: "status" });
  let life = 0; // minutes of the link that the server has made
  const tell = (/** @type {string} */ key) => {
    note.textContent = t(key) + (life && key.startsWith("away.how") ? t("away.minutes", { minutes: life }) : "");
    say(note.textContent);
  };
  const address = async () => {
    if (!claimed || location.hash) return location.href;
    const { url, minutes } = await transfer();
    life = minutes;
    history.replaceState(null, "", new URL(url).pathname + new URL(url).hash);
    return url;
  };
  const withLink = (/** @type {(url: string) => unknown} */ act) => () =>
    address().then(act, () => tell("away.failed"));
  const copy = withLink(async (url) => tell((await copied(url)) ? "away.copied" : "away.copy-by-hand"));
  const open = withLink(async (url) => {
    await copied(url);
    tell(`away.how.${browserOf(navigator.userAgent)}`);
  });
  const presses = [button(t("away.open"), open, "secondary"), button(t("away.copy"), copy, "secondary", icon("link"))];
  return el("div", { class: "stack" }, el("div", { class: "actions equal" }, ...presses), note);
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedTheOldWay(text);
  }
}

/** Insecure pages and old in-app browsers have no clipboard object. @param {string} text */
function copiedTheOldWay(text) {
  const field = el("textarea", { class: "sr-only", readonly: true }, text);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
