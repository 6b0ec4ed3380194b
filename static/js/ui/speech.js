// @ts-check
/**
 * Reading aloud, when the person has turned it on. For screen readers nothing has to be said twice: a new screen
 * gives its heading the focus, with its first lines as description, and what changes on a screen is itself a live
 * region.
 */

import { language } from "ui/texts";

let aloud = false;

/** @param {string} text that is on the screen */
export function say(text) {
  if (aloud) utter(text);
}

/** @param {string} text that is not on the screen */
export function announceAloud(text) {
  const region = document.getElementById("say");
  if (region) region.textContent = text;
  say(text);
}

/** Off by default; one tap. @returns {boolean} whether it speaks now */
export function toggleSpeech() {
  aloud = !aloud && canSpeak();
  if (!aloud && canSpeak()) speechSynthesis.cancel();
  return aloud;
}

/** @returns {boolean} whether it speaks now */
export const isSpeaking = () => aloud;

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
