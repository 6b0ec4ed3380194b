// @ts-check
/** The phone's page: finds out where the person is in the process, and shows the screen for it. */

import { loadWhileReading } from "camera/live-guidance";
import { beginPortrait } from "camera/portrait";
import { cameraUnavailable } from "camera/trouble";
import * as api from "pairing/api";
import { arrive, arriveByCode, comeBack } from "pairing/claim";
import { confirmView } from "pairing/confirm";
import { firstAnswer } from "pairing/first";
import { askedAgain, onDesktop, screenFor, tokenOf } from "pairing/journey";
import * as messages from "pairing/messages";
import * as session from "pairing/session";
import { glance, listen } from "ui/bell";
import { currentScreen, showScreen } from "ui/screens";
import { loadTexts } from "ui/texts";
import { drawToolbar } from "ui/toolbar";
import { updateWhenIdle } from "ui/update";

/**
 * @import { View } from "ui/screens"
 */

/** A pairing that has ended meanwhile is refused when the socket connects; the state tells why. */
const BELL_EVENTS = ["connect", "connect_error", "disconnect", "bell"];

/** In the language chosen before, until the server says the desktop's. @type {Promise<void>} */
let texts;

const page = { fail, later, route, settle };

async function start() {
  texts = loadTexts().then(drawToolbar);
  globalThis.addEventListener("hashchange", () => tokenOf(location.hash) && enter());
  globalThis.addEventListener("online", () => currentScreen() === "offline" && enter());
  glance(again, () => ["confirm", "rules"].includes(currentScreen()));
  await enter();
}

/**
 * Check that this browser can take a picture, then claim, then show.
 * @param {string} [last4] @returns {Promise<void>}
 */
async function enter(last4) {
  const why = cameraUnavailable();
  if (why && !session.earlyFile() && tokenOf(location.hash)) {
    const onFile = (/** @type {File} */ file) => {
      session.setEarlyFile(file);
      return enter();
    };
    await texts;
    return showScreen(() => messages.troubleView(why, { claimed: false, onRetry: () => enter(), onFile }));
  }
  try {
    const [state] = await Promise.all([firstAnswer() ?? arrive(last4), texts]);
    await settle(state);
  } catch (error) {
    await texts;
    if (error instanceof api.Refusal && error.language) await loadTexts(error.language).then(drawToolbar);
    fail(error);
  }
}

/** @param {api.State} state */
async function settle(state) {
  await session.learnState(state);
  await loadTexts(state.language);
  drawToolbar();
  route();
}

function route() {
  const screen = screenFor(session.currentState(), session.unsentPicture(), session.specificationRead());
  const portrait = session.currentState().purpose !== "documents";
  if (screen === "confirm") confirm(false);
  else if (portrait) beginPortrait(page, screen);
  else papers();
  if (portrait && (screen === "confirm" || screen === "rules")) loadWhileReading(session.rulePack().measuring);
}

/** Documents have screens of their own, loaded when they are wanted. */
function papers() {
  session.setEarlyFile(null);
  import("documents/phone").then(({ beginDocuments }) => beginDocuments(page)).catch(() => fail(new api.Offline()));
}

/** @param {boolean} changed the text that was agreed to has changed */
function confirm(changed) {
  const desktop = onDesktop({ touch: navigator.maxTouchPoints, width: globalThis.innerWidth });
  const onConfirm = () => api.confirm(session.currentState().consent.version).then(settle).catch(fail);
  showScreen(() => confirmView(session.currentState(), { desktop, changed, onConfirm }));
}

/** @param {unknown} error @returns {unknown} */
function fail(error) {
  if (error instanceof api.Offline) return showScreen(() => messages.offlineView(() => enter(), error));
  if (!(error instanceof api.Refusal)) throw error;
  const { code, left } = error;
  if (code === "last4_needed" || code === "last4_wrong") return showScreen(() => messages.last4View({ left }, enter));
  if (code === "consent_changed")
    return api
      .fetchState()
      .then(session.learnState)
      .then(() => confirm(true), fail);
  const onCode = (/** @type {string} */ typed) => arriveByCode(typed).then(settle);
  if (code === "no_pairing") return ended((unsent) => messages.startView({ unsent, onCode }));
  if (error.status === 410 || code === "bad_token")
    return ended((unsent) =>
      messages.endedView(error, {
        unsent,
        claimed: !tokenOf(location.hash),
        onBack: () => comeBack().then(settle).catch(fail),
        onCode,
      }),
    );
  showScreen(() => messages.refusedView(error.text, () => enter()));
}

/** @param {(unsent: boolean) => View} view */
function ended(view) {
  const unsent = Boolean(session.unsentPicture());
  session.forgetState();
  showScreen(() => view(unsent));
}

/** Start the bell and the service worker: once, when nothing that the person waits for is left to load. */
let begun = false;
function later() {
  if (begun) return;
  begun = true;
  listen("/phone", again, () => ["done", "slots"].includes(currentScreen()), BELL_EVENTS);
  updateWhenIdle(() => !session.unsentPicture() && !["camera", "look", "sending"].includes(currentScreen()));
}

/** The bell rang: ask what is true now. */
async function again() {
  const before = session.lastState();
  if (!before) return;
  try {
    const state = await api.fetchState();
    if (session.lastState() !== before) return;
    await session.learnState(state);
    const slots = currentScreen() === "slots" && JSON.stringify(before.documents) !== JSON.stringify(state.documents);
    if (slots || (askedAgain(before, state) && currentScreen() === "done")) route();
  } catch (error) {
    if (error instanceof api.Refusal && error.ended) fail(error);
  }
}

start();
