// @ts-check
/** The self-timer: off, 3 s, 10 s. */

import { button, icon } from "ui/screens";
import { say } from "ui/speech";
import { t } from "ui/texts";

const STEPS = [0, 3, 10];

/** @param {HTMLElement} prompt shows the seconds while they run */
export function selfTimer(prompt) {
  let seconds = 0;
  let stopped = false;
  let running = false;
  const press = button("", () => set(STEPS[(STEPS.indexOf(seconds) + 1) % STEPS.length]), "round timer", icon("timer"));
  const label = document.createElement("span");
  const set = (/** @type {number} */ to) => {
    seconds = to;
    label.textContent = to ? `${to}s` : "";
    press.setAttribute("aria-label", to ? t("shoot.timer-on", { seconds: to }) : t("shoot.timer-off"));
  };
  press.append(label);
  set(0);
  /** @returns {Promise<boolean>} false: the screen was left, or a countdown was running already */
  const run = async () => {
    if (running) return false;
    running = true;
    const { textContent, className } = prompt;
    if (seconds) prompt.className = "prompt is-counting";
    for (let left = seconds; left > 0 && !stopped; left--) await second(prompt, left);
    Object.assign(prompt, { textContent, className });
    running = false;
    return !stopped;
  };
  return { button: press, run, stop: () => (stopped = true), set: () => seconds > 0 };
}

/** @param {HTMLElement} prompt @param {number} left */
function second(prompt, left) {
  prompt.textContent = String(left);
  say(String(left));
  return new Promise((resolve) => setTimeout(resolve, 1000));
}
