// @ts-check
/** Everything that is said: into the live region always, aloud when the person has turned that on. */

import { language } from "phone/words";

let aloud = false;

/** @param {string} text */
export function say(text) {
  const region = document.getElementById("say");
  if (region) region.textContent = text;
  if (aloud) utter(text);
}

/** Off by default; one tap. @returns {boolean} whether it speaks now */
export function toggle() {
  aloud = !aloud && canSpeak();
  if (!aloud && canSpeak()) speechSynthesis.cancel();
  return aloud;
}

export function canSpeak() {
  return "speechSynthesis" in globalThis;
}

/** @param {string} text */
function utter(text) {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language() === "zh" ? "zh-CN" : "en-US";
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
}
