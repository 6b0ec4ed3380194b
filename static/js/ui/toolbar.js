// @ts-check
/** The line above every screen: language, and reading aloud. */

import { canSpeak, speaks, toggle, whisper } from "ui/speech";
import { again, current, icon } from "ui/screens";
import { choose, language, t } from "ui/texts";
import { el } from "ui/dom";

/** Draw it in the language in use. */
export function toolbar() {
  const title = /** @type {HTMLElement} */ (document.querySelector("header h1"));
  title.textContent = t("page");
  document.getElementById("tools")?.replaceChildren(...[canSpeak() && speakButton(), languageButton()].filter((tool) => tool !== false));
}

function languageButton() {
  const other = language() === "zh" ? "en" : "zh";
  const change = async () => {
    await choose(other);
    toolbar();
    if (current()) again();
  };
  return el("button", { type: "button", class: "button quiet slim", lang: other, onclick: change }, other === "en" ? "English" : "中文");
}

/** The same over the camera, where the line above is hidden. */
export function speakPill() {
  return canSpeak() && speakButton("pill");
}

function speakButton(kind = "button quiet slim speak") {
  const press = () => {
    const on = toggle();
    node.setAttribute("aria-pressed", String(on));
    whisper(t(on ? "speak.on" : "speak.off"));
  };
  const node = el("button", { type: "button", class: kind, "aria-pressed": String(speaks()), onclick: press }, icon("speak"), t("speak"));
  return node;
}
