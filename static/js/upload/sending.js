// @ts-check
/** Screen "sending": one picture on its way, with real progress, and again by itself when the link comes back. */

import { Offline, tell } from "pairing/api";
import { el } from "ui/dom";
import { button } from "ui/screens";
import { say } from "ui/speech";
import { t } from "ui/texts";
import { http } from "upload/http";
import { whereKept } from "upload/keep-open";
import { backoff, send } from "upload/send";

/**
 * @import { View } from "ui/screens"
 * @import { Received, Sendable } from "upload/send"
 */

/**
 * One upload per picture: a second call gets the one that is under way.
 * @type {Map<string, Promise<Received>>}
 */
const underWay = new Map();

/** ms within which a link that is not slow brings the answer to a small request. */
const QUICK = 250;

/** ms until a picture that did not get through is sent again by itself. */
const PATIENCE = 20_000;

/** Ends the waits between tries: the person pressed, or the network is back. */
const hurry = new EventTarget();

/**
 * @typedef {{heard: Promise<unknown>, asking: () => void}} Beginning `heard`: the server has answered a small request;
 *   `asking`: say that it is asked about the picture
 * @typedef {(picture: Sendable, told: (sent: number) => void, waiting: (why: Offline) => void,
 *   beginning: Beginning) => Promise<any>} Sender
 */

/**
 * How a portrait is sent. @param {() => Promise<number>} [ask] the server, on a slow link, before: upload/send
 * @returns {Sender}
 */
export function portraitSender(ask) {
  return (picture, told, waiting, beginning) => sendOnce(picture, told, waiting, beginning, ask);
}

/**
 * @param {Sendable} picture @param {(sent: number) => void} told @param {(why: Offline) => void} waiting
 * @param {Beginning} beginning @param {() => Promise<number>} [ask] @returns {Promise<Received>}
 */
function sendOnce(picture, told, waiting, { heard, asking }, ask) {
  const going = underWay.get(picture.sha256);
  if (going) return going;
  /** @param {number} failures @param {number} atLeast @param {Offline} why */
  const wait = (failures, atLeast, why) => {
    waiting(why);
    return pause(failures, atLeast);
  };
  const askFirst = () => {
    asking();
    return ask?.() ?? Promise.resolve(0);
  };
  const quick = () => Promise.race([heard.then(() => true), later(QUICK).then(() => false)]);
  const link = { http, pause: wait, told, ...(ask ? { quick, ask: askFirst } : {}) };
  const journey = knownSlow()
    .then((slow) => send(picture, { ...link, slow }))
    .finally(() => underWay.delete(picture.sha256));
  underWay.set(picture.sha256, journey);
  return journey;
}

/**
 * @param {Sendable} picture
 * @param {{onReceived: (answer: any) => unknown, onRefused: (error: unknown) => unknown}} then
 * @param {Sender} by how it is sent
 * @returns {View}
 */
export function sendingView(picture, { onReceived, onRefused }, by) {
  const shown = progress(picture.bytes.byteLength, () => go());
  let left = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  const go = async () => {
    clearTimeout(again);
    hurry.dispatchEvent(new Event("now"));
    try {
      const waiting = (/** @type {Offline} */ why) => shown.broken(reasonOf(why, "send.again"));
      const answer = await by(picture, shown.told, waiting, { heard, asking: shown.asking });
      if (!left) onReceived(answer);
    } catch (error) {
      if (left) return;
      if (!(error instanceof Offline)) return onRefused(error);
      shown.broken(reasonOf(error, "send.broken"));
      again = setTimeout(go, Math.max(PATIENCE, error.retryAfter * 1000));
    }
  };
  const stopWaiting = whenBack(() => shown.isBroken() && go());
  const leave = () => {
    stopWaiting();
    clearTimeout(again);
    left = true;
  };
  const heard = tell("sending");
  go();
  const { body, actions } = shown;
  return { name: "sending", step: 4, title: t("send.title"), say: t("send.stay"), body, actions, leave };
}

/**
 * Why it has not arrived: the server's text, where it gave one.
 * @param {Offline} why @param {string} key else
 */
function reasonOf({ text, status }, key) {
  return text || (status ? t("send.between", { status }) : t(key));
}

/** How much has been sent, or why nothing is. @param {number} total bytes @param {() => unknown} retry */
function progress(total, retry) {
  const bar = el("progress", { class: "bar", max: total, value: 0, "aria-label": t("send.title") });
  const count = el("p", { class: "soft" }, t("send.starting"));
  const kept = el("p", { hidden: true }, whereKept());
  const again = button(t("retry"), retry);
  again.hidden = true;
  const told = (/** @type {number} */ sent) => {
    bar.value = Math.min(total, Math.max(bar.value, sent));
    kept.hidden = again.hidden = true;
    count.textContent = t(bar.value >= total ? "send.checking" : "send.progress", {
      sent: kb(bar.value),
      total: kb(total),
    });
  };
  const broken = (/** @type {string} */ words) => {
    if (kept.hidden) say(words);
    kept.hidden = again.hidden = false;
    bar.value = 0;
    count.textContent = words;
  };
  const asking = () => {
    count.textContent = t("send.asking");
  };
  const trouble = el("div", { "aria-live": "polite" }, kept);
  const body = [el("p", {}, t("send.stay")), bar, count, trouble];
  return { body, actions: [again], told, broken, asking, isBroken: () => !kept.hidden };
}

/** @param {() => unknown} resume when the network, or the person, is back @returns {() => void} stop */
function whenBack(resume) {
  const seen = () => !document.hidden && resume();
  globalThis.addEventListener("online", resume);
  document.addEventListener("visibilitychange", seen);
  return () => {
    globalThis.removeEventListener("online", resume);
    document.removeEventListener("visibilitychange", seen);
  };
}

/** Wait for the next try, or until it is hurried. @param {number} failures @param {number} atLeast s
 * @returns {Promise<void>} */
export function pause(failures, atLeast) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, backoff(failures, atLeast));
    if (!atLeast) hurry.addEventListener("now", done, { once: true });
  });
}

/** Whether the link is known to be too slow for a whole picture in one piece. @returns {Promise<boolean>} */
function knownSlow() {
  return import("look/link-rate").then(({ slowLink }) => slowLink()).catch(() => false);
}

/** @param {number} ms @returns {Promise<void>} */
function later(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** @param {number} bytes */
function kb(bytes) {
  return Math.ceil(bytes / 1024);
}
