// @ts-check
/**
 * The phone's screens for the portrait: the specification, the camera, a look at the picture, its sending, and the end.
 */

import { captureView } from "camera/capture";
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
import { sendingView } from "upload/sending";

/**
 * @import { Trouble } from "camera/trouble"
 * @import { Page, Screen } from "pairing/journey"
 * @import { Received, Sendable } from "upload/send"
 */

/** @type {Page} */
let page;

const screens = { rules, camera, look: () => look({ earlier: true }), sending, done };

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
  showScreen(() => specificationView(session.rulePack(), onRead));
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
    page.later();
  },
  onTrouble: async (/** @type {unknown} */ error) => trouble(troubleOf(error, await cameraPermission())),
};

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

/** @param {{earlier?: boolean, report?: api.Report, words?: string}} how */
function look(how) {
  const picture = session.unsentPicture();
  if (!picture) return page.route();
  const onUse = () => session.wantSent().then(sending);
  showScreen(() => previewView(picture, session.rulePack(), { ...how, onUse, onRetake: retake }));
  page.later();
}

async function retake() {
  await session.dropUnsent();
  camera();
}

function sending() {
  const picture = session.unsentPicture();
  if (!picture) return page.route();
  showScreen(() => sendingView(picture, { onReceived: arrived, onRefused: (error) => refused(picture, error) }));
  page.later();
}

/** @param {Received} answer */
async function arrived({ capture, report }) {
  await session.dropUnsent(capture.sha256);
  await session.learnState({ ...session.currentState(), state: "received", capture: { ...capture, report } });
  if (session.currentState().alone) location.assign("/apply/capture");
  else done();
}

function done() {
  showScreen(() => doneView(session.currentState(), retake));
  page.later();
}

/** The server refuses this picture, this phone, or everything for now. @param {Sendable} picture @param {any} error */
async function refused(picture, error) {
  const asIs = () => api.fetchState().then(page.settle).catch(page.fail);
  const fate = afterRefusal(error, picture.sha256);
  if (fate === "ended" || fate === "confirm") return fate === "confirm" ? asIs() : page.fail(error);
  if (fate === "keep")
    return showScreen(() => messages.unsentView(picture, error.text, { onRetry: asIs, onRetake: retake }));
  look({ report: error.report, words: error.text });
  await session.dropUnsent(picture.sha256); // the screen still shows it; a reload starts at the camera
}
