// @ts-check
/** Screen "sending": one picture on its way, with real progress, and again by itself when the link comes back. */

import { Offline, tell } from "phone/api";
import { backoff, send } from "phone/send";
import { say } from "phone/speak";
import { button } from "phone/stage";
import { wire } from "phone/wire";
import { t } from "phone/words";
import { el } from "shared/dom";

/** @typedef {import("phone/send").Picture} Picture @typedef {import("phone/send").Received} Received */

/** One journey per picture: whoever asks again gets the one that is under way. @type {Map<string, Promise<Received>>} */
const underWay = new Map();

/** @param {Picture} picture @param {(sent: number) => void} told @returns {Promise<Received>} */
export function sendOnce(picture, told) {
  const going = underWay.get(picture.sha256);
  if (going) return going;
  const journey = send(picture, { wire, pause, told, slow: slowLink() }).finally(() => underWay.delete(picture.sha256));
  underWay.set(picture.sha256, journey);
  return journey;
}

/**
 * @param {Picture} picture
 * @param {{onReceived: (answer: Received) => unknown, onRefused: (error: unknown) => unknown}} then
 * @returns {import("phone/stage").View}
 */
export function sendingView(picture, then) {
  const total = picture.bytes.byteLength;
  const bar = el("progress", { class: "bar", max: total, value: 0, "aria-label": t("send.title") });
  const count = el("p", { class: "soft", role: "status" }, t("send.starting"));
  const broken = el("div", { class: "stack", hidden: true }, el("p", {}, t("send.kept")), button(t("retry"), () => go()));
  const told = (/** @type {number} */ sent) => {
    bar.value = Math.min(total, Math.max(bar.value, sent));
    const facts = { sent: kb(bar.value), total: kb(total) };
    count.textContent = t(bar.value >= total ? "send.checking" : "send.progress", facts);
  };
  let left = false;
  const go = async () => {
    broken.hidden = true;
    try {
      const answer = await sendOnce(picture, told);
      if (!left) then.onReceived(answer);
    } catch (error) {
      if (left) return;
      if (!(error instanceof Offline)) return then.onRefused(error);
      broken.hidden = false;
      say((count.textContent = t("send.broken")));
    }
  };
  const resume = () => !document.hidden && !broken.hidden && go();
  tell("sending");
  go();
  return {
    name: "sending",
    step: 4,
    title: t("send.title"),
    say: t("send.stay"),
    body: [el("p", {}, t("send.stay")), bar, count, broken],
    leave: watching(resume, () => (left = true)),
  };
}

/** @param {() => unknown} resume @param {() => void} after */
function watching(resume, after) {
  globalThis.addEventListener("online", resume);
  document.addEventListener("visibilitychange", resume);
  return () => {
    after();
    globalThis.removeEventListener("online", resume);
    document.removeEventListener("visibilitychange", resume);
  };
}

/** Wait for the next try; less when the network says it is back. @param {number} failures @param {number} atLeast s
 * @returns {Promise<void>} */
function pause(failures, atLeast) {
  return new Promise((resolve) => {
    const done = () => (clearTimeout(timer), globalThis.removeEventListener("online", done), resolve());
    const timer = setTimeout(done, backoff(failures, atLeast));
    if (!atLeast) globalThis.addEventListener("online", done);
  });
}

/** Some browsers say that a whole picture has no chance in one piece. */
function slowLink() {
  const connection = /** @type {any} */ (navigator).connection;
  return ["slow-2g", "2g"].includes(connection?.effectiveType);
}

/** @param {number} bytes */
function kb(bytes) {
  return Math.ceil(bytes / 1024);
}
