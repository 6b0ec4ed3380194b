// @ts-check
/**
 * The phone's screens for the portrait: the specification, the camera, a look at the picture, its sending, and the end.
 */

import { captureView } from "camera/capture";
import { loadLook } from "camera/look-ahead";
import { pictureFromFile, pictureFromVideo } from "camera/picture";
import { previewView } from "camera/preview";
import { specificationView } from "camera/specification";
import { cameraPermission, cameraUnavailable, TROUBLE_CODES, troubleOf } from "camera/trouble";
import * as api from "pairing/api";
import { afterRefusal } from "pairing/journey";
import * as messages from "pairing/messages";
import * as session from "pairing/session";
import { showScreen } from "ui/screens";
import { doneView } from "upload/done";
import { Foreseen } from "upload/send";
import { portraitSender, sendingView } from "upload/sending";

/**
 * @import { Chosen, How } from "camera/preview"
 * @import { Trouble } from "camera/trouble"
 * @import { Page, Screen } from "pairing/journey"
 * @import { Picture } from "camera/picture"
 * @import { Received } from "upload/send"
 */

/** @type {Page} */
let page;

const screens = { rules, camera, look: () => look({ earlier: true }), sending: () => sending(), done: () => done() };

/** Show where the person is. @param {Page} given @param {Exclude<Screen, "confirm">} screen */
export function beginPortrait(given, screen) {
  page = given;
  const early = session.earlyFile();
  if (early && (screen === "rules" || screen === "camera")) takeFile(early);
  else screens[screen]();
}

function rules() {
  const onRead = () => {
    session.markSpecificationRead();
    page.route();
  };
  showScreen(() => specificationView(session.rulePack(), onRead, session.currentState().rejected));
}

function camera() {
  const why = cameraUnavailable();
  if (why) return trouble(why);
  showScreen(() => captureView(session.rulePack(), { rejected: session.currentState().rejected, ...events }));
}

/** What the camera's screen reports. */
const events = {
  onPicture: async (/** @type {HTMLVideoElement | ImageBitmap} */ source, /** @type {number} */ longest) => {
    await session.keepPicture(await pictureFromVideo(source, longest));
    look({});
  },
  onFile: takeFile,
  onReady: () => {
    api.tell("camera_ready");
    loadAhead();
    page.later();
  },
  onTrouble: async (/** @type {unknown} */ error) => trouble(troubleOf(error, await cameraPermission())),
};

/** What is needed after the shutter, while there is time; the judge's part of it where the link is good. */
async function loadAhead() {
  await loadLook();
  const good = await import("look/link-rate").then(({ slowLink }) => !slowLink()).catch(() => false);
  if (good) await import("guidance/picture-findings").catch(() => undefined);
}

/** @param {Trouble} why */
function trouble(why) {
  api.tell(TROUBLE_CODES[why]);
  const { gallery } = session.rulePack();
  showScreen(() => messages.troubleView(why, { claimed: true, gallery, onRetry: camera, onFile: takeFile }));
  page.later();
}

/** @param {File} file */
async function takeFile(file) {
  session.setEarlyFile(null);
  api.tell("file_chosen");
  await session.keepPicture(await pictureFromFile(file));
  look({});
}

/** @param {Partial<How>} how */
function look(how) {
  const picture = session.unsentPicture();
  if (!picture) return page.route();
  const onUse = (/** @type {Chosen} */ chosen) => session.wantSent().then(() => sending(chosen));
  showScreen(() => previewView(picture, session.rulePack(), { ...how, onUse, onRetake: retake }));
  page.later();
}

async function retake() {
  await session.dropUnsent();
  camera();
}

/** Whoever was told that it will be refused, and sends it, is not asked to wait once more. @param {Chosen} [chosen] */
function sending({ warned, area } = { warned: false, area: null }) {
  const picture = session.unsentPicture();
  if (!picture) return page.route();
  const by = portraitSender(warned ? undefined : () => asked(picture, area));
  const then = {
    onReceived: (/** @type {Received} */ answer) => arrived(picture, answer),
    onRefused: (/** @type {unknown} */ error) => refused(picture, error),
  };
  showScreen(() => sendingView(picture, then, by));
  page.later();
}

/** @param {Picture} picture @param {Chosen["area"]} area @returns {Promise<number>} bytes a second @throws {Foreseen} */
async function asked(picture, area) {
  const { askAbout } = await import("look/probe");
  const told = await askAbout(picture, area);
  if (told?.report.verdict === "refuse") throw new Foreseen(told.report);
  return told?.rate ?? 0;
}

/** @param {Picture} picture @param {Received} answer */
async function arrived(picture, { capture, report }) {
  await session.dropUnsent(capture.sha256);
  await session.learnState({ ...session.currentState(), state: "received", capture: { ...capture, report } });
  if (session.currentState().alone) location.assign("/apply/capture");
  else done(picture);
}

/** @param {Picture} [sent] just now */
function done(sent) {
  showScreen(() => doneView(session.currentState(), retake, sent));
  page.later();
}

/** The server refuses this picture, this phone, or everything for now. @param {Picture} picture @param {any} error */
async function refused(picture, error) {
  if (error instanceof Foreseen)
    return session.wantSent(false).then(() => look({ report: error.report, foreseen: true }));
  const asIs = () => api.fetchState().then(page.settle).catch(page.fail);
  const fate = afterRefusal(error, picture.sha256);
  if (fate === "ended" || fate === "confirm") return fate === "confirm" ? asIs() : page.fail(error);
  if (fate === "keep")
    return showScreen(() => messages.unsentView(picture, error.text, { onRetry: asIs, onRetake: retake }));
  look({ report: error.report, words: error.text });
  await session.dropUnsent(picture.sha256); // the screen still shows it; a reload starts at the camera
}
