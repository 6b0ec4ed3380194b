// @ts-check
/** The line above every screen: language, and reading aloud. */

import { el } from "ui/dom";
import { currentScreen, icon, redrawScreen } from "ui/screens";
import { announceAloud, canSpeak, isSpeaking, toggleSpeech } from "ui/speech";
import { chooseLanguage, language, t } from "ui/texts";

/** Draw it in the language in use. */
export function drawToolbar() {
  const title = /** @type {HTMLElement} */ (document.querySelector("header h1"));
  title.textContent = t("page");
  document
    .getElementById("tools")
    ?.replaceChildren(...[canSpeak() && speakButton(), languageButton()].filter((tool) => tool !== false));
}

function languageButton() {
  const other = language() === "zh" ? "en" : "zh";
  const change = async () => {
    await chooseLanguage(other);
    drawToolbar();
    if (currentScreen()) redrawScreen();
  };
  return el(
    "button",
    { type: "button", class: "button quiet slim", lang: other, onclick: change },
    t(`language.${other}`),
  );
}

/** The same over the camera, where the line above is hidden. */
export function speakPill() {
  return canSpeak() && speakButton("pill");
}

function speakButton(kind = "button quiet slim speak") {
  const press = () => {
    const on = toggleSpeech();
    node.setAttribute("aria-pressed", String(on));
    announceAloud(t(on ? "speak.on" : "speak.off"));
  };
  const node = el(
    "button",
    { type: "button", class: kind, "aria-pressed": String(isSpeaking()), onclick: press },
    icon("speak"),
    t("speak"),
  );
  return node;
}
