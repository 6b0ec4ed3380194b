// @ts-check
/** The page: finds out where the person is, and shows the screen for it. */

import * as api from "pairing/api";
import { glance, listen } from "ui/phone-bell";
import { arrive, comeBack } from "pairing/claim";
import { confirmView } from "pairing/confirm";
import { doneView } from "upload/done";
import { afterRefusal, askedAgain, onDesktop, screenFor, tokenOf } from "pairing/journey";
import { lookView } from "camera/preview";
import { sendingView } from "upload/sending";
import { fromFile, fromVideo } from "camera/picture";
import * as plain from "pairing/messages";
import { renewal } from "ui/update";
import { rulesView } from "camera/specification";
import { shootView } from "camera/capture";
import { current, show } from "ui/screens";
import { toolbar } from "ui/toolbar";
import { CODES, permission, troubleOf, unable } from "camera/trouble";
import * as visit from "pairing/session";
import { load } from "ui/texts";

/** A file that was chosen where there is no camera, before the claim. @type {File | null} */
let early = null;

async function start() {
  await load();
  toolbar();
  globalThis.addEventListener("hashchange", () => tokenOf(location.hash) && enter());
  globalThis.addEventListener("online", () => current() === "offline" && enter());
  glance(again, () => ["confirm", "rules"].includes(current()));
  await enter();
}

/** Check that this browser can take a picture, then claim, then show. @param {string} [last4] @returns {Promise<void>} */
async function enter(last4) {
  const why = unable();
  if (why && !early && tokenOf(location.hash)) {
    const onFile = (/** @type {File} */ file) => ((early = file), enter());
    return show(() => plain.troubleView(why, { claimed: false, onRetry: () => enter(), onFile }));
  }
  try {
    await settle(await arrive(last4));
  } catch (error) {
    if (error instanceof api.Refusal && error.language) await load(error.language).then(toolbar);
    fail(error);
  }
}

/** @param {api.State} state */
async function settle(state) {
  await visit.learn(state);
  await load(state.language);
  toolbar();
  route();
}

function route() {
  const screen = screenFor(visit.now(), visit.kept(), visit.rulesRead());
  if (screen !== "confirm" && visit.now().purpose === "documents") return papers();
  if (early && (screen === "rules" || screen === "camera")) return takeFile(early);
  screens[screen]();
}

const screens = {
  confirm: () => confirm(false),
  rules: () => show(() => rulesView(visit.limits(), () => (visit.readRules(), route()))),
  camera: () => camera(),
  look: () => look({ earlier: true }),
  sending: () => sending(),
  done: () => (show(() => doneView(visit.now(), retake)), later()),
};

/** Documents have screens of their own, loaded when they are wanted. */
function papers() {
  early = null;
  import("documents/phone").then(({ begin }) => begin({ fail, later, settle })).catch(() => fail(new api.Offline()));
}

/** @param {boolean} changed the text that was agreed to has changed */
function confirm(changed) {
  const desktop = onDesktop({ touch: navigator.maxTouchPoints, width: globalThis.innerWidth });
  const onConfirm = () => api.confirm(visit.now().consent.version).then(settle).catch(fail);
  show(() => confirmView(visit.now(), { desktop, changed, onConfirm }));
}

function camera() {
  const why = unable();
  if (why) return trouble(why);
  show(() =>
    shootView(visit.limits(), {
      rejected: visit.now().rejected,
      onPicture: async (video) => (await visit.took(await fromVideo(video)), look({})),
      onFile: takeFile,
      onReady: () => (api.tell("camera_ready"), later()),
      onTrouble: async (error) => trouble(troubleOf(error, await permission())),
    }),
  );
}

/** @param {import("camera/trouble").Trouble} why */
function trouble(why) {
  api.tell(CODES[why]);
  const { gallery } = visit.limits();
  show(() => plain.troubleView(why, { claimed: true, gallery, onRetry: camera, onFile: takeFile }));
  later();
}

/** @param {File} file */
async function takeFile(file) {
  early = null;
  api.tell("file_chosen");
  await visit.took(await fromFile(file));
  look({});
}

/** @param {{earlier?: boolean, report?: api.Report, words?: string}} how */
function look(how) {
  const picture = visit.kept();
  if (!picture) return route();
  const onUse = () => visit.want().then(sending);
  show(() => lookView(picture, visit.limits(), { ...how, onUse, onRetake: retake }));
  later();
}

async function retake() {
  await visit.drop();
  camera();
}

function sending() {
  const picture = visit.kept();
  if (!picture) return route();
  show(() => sendingView(picture, { onReceived: arrived, onRefused: (error) => refused(picture, error) }));
  later();
}

/** @param {import("upload/send").Received} answer */
async function arrived({ capture, report }) {
  await visit.drop(capture.sha256);
  await visit.learn({ ...visit.now(), state: "received", capture: { ...capture, report } });
  if (visit.now().alone) location.assign("/apply/capture");
  else screens.done();
}

/** The server does not want this picture, this phone, or anything now. @param {import("upload/send").Picture} picture @param {any} error */
async function refused(picture, error) {
  const asIs = () => api.state().then(settle).catch(fail);
  const fate = afterRefusal(error, picture.sha256);
  if (fate === "ended" || fate === "confirm") return fate === "confirm" ? asIs() : fail(error);
  if (fate === "keep") return show(() => plain.unsentView(picture, error.text, { onRetry: asIs, onRetake: retake }));
  look({ report: error.report, words: error.text });
  await visit.drop(picture.sha256); // the screen still shows it; a reload starts at the camera
}

/** @param {unknown} error @returns {unknown} */
function fail(error) {
  if (error instanceof api.Offline) return show(() => plain.offlineView(() => enter(), error));
  if (!(error instanceof api.Refusal)) throw error;
  const { code, left } = error;
  if (code === "last4_needed" || code === "last4_wrong") return show(() => plain.last4View({ left }, enter));
  if (code === "consent_changed") return api.state().then(visit.learn).then(() => confirm(true), fail);
  if (code === "no_pairing") return ended((unsent) => plain.startView(unsent));
  if (error.status === 410 || code === "bad_token") return ended((unsent) => plain.endedView(error, { unsent, claimed: !tokenOf(location.hash), onBack: () => comeBack().then(settle).catch(fail) }));
  show(() => plain.refusedView(error.text, () => enter()));
}

/** @param {(unsent: boolean) => import("ui/screens").View} view */
function ended(view) {
  const unsent = Boolean(visit.kept());
  visit.forget();
  show(() => view(unsent));
}

/** The bell, the service worker: once, when nothing the person waits for is left to load. */
let begun = false;
function later() {
  if (begun) return;
  begun = true;
  listen(again, () => ["done", "slots"].includes(current()));
  renewal(() => !visit.kept() && !["camera", "look", "sending"].includes(current()));
}

/** The bell rang: ask what is true now. */
async function again() {
  const before = visit.known();
  if (!before) return;
  try {
    const state = await api.state();
    if (visit.known() !== before) return;
    await visit.learn(state);
    const slots = current() === "slots" && JSON.stringify(before.documents) !== JSON.stringify(state.documents);
    if (slots || (askedAgain(before, state) && current() === "done")) route();
  } catch (error) {
    if (error instanceof api.Refusal && error.ended) fail(error);
  }
}

start();
