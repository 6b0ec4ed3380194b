// @ts-check
/** The phone's screens for pictures of a document: the slots, a camera for each, a look, and back to the slots. */

import { cameraPermission, cameraUnavailable, TROUBLE_CODES, troubleOf } from "camera/trouble";
import { documentCaptureView } from "documents/capture";
import { documentFromFile, documentFromVideo } from "documents/picture";
import { documentPreviewView } from "documents/preview";
import { sendDocument } from "documents/send";
import { documentsDoneView, slotsView } from "documents/slots";
import { fateOf, slotOf } from "documents/unsent";
import * as api from "pairing/api";
import { afterRefusal } from "pairing/journey";
import * as messages from "pairing/messages";
import * as session from "pairing/session";
import { showScreen } from "ui/screens";
import { loadMoreTexts, t } from "ui/texts";
import { sendingView } from "upload/sending";

/**
 * @import { Trouble } from "camera/trouble"
 * @import { Slot } from "pairing/api"
 * @import { Page } from "pairing/journey"
 * @import { Sendable } from "upload/send"
 * @import { UnsentPicture } from "upload/unsent-store"
 */

/** @type {Page} */
let page;

/** Show where the person is. @param {Page} given */
export async function beginDocuments(given) {
  page = given;
  await loadMoreTexts("documents");
  home();
}

function home() {
  const left = session.unsentPicture();
  if (left) goOn(left);
  else if (session.currentState().documents?.complete)
    showScreen(() => documentsDoneView(session.currentState(), slots));
  else slots();
  page.later();
}

/** A picture from before a reload, or an earlier scan. @param {UnsentPicture} left */
function goOn(left) {
  const slot = /** @type {Slot} */ (slotOf(session.currentState(), left));
  const fates = {
    pass: () => {
      session.leaveUnsent();
      home();
    },
    drop: () => session.dropUnsent().then(home),
    send: () => send(slot, left),
    look: () => look(slot, left, { earlier: true }),
  };
  fates[fateOf(session.currentState(), left)]();
}

function slots() {
  showScreen(() => slotsView(session.currentState(), camera));
}

/** @param {Slot} slot */
function camera(slot) {
  const why = cameraUnavailable();
  if (why) return trouble(slot, why);
  showScreen(() =>
    documentCaptureView(slot, {
      onPicture: async (video) => took(slot, await documentFromVideo(video, slot.frame)),
      onFile: (file) => takeFile(slot, file),
      onReady: () => api.tell("camera_ready"),
      onTrouble: async (error) => trouble(slot, troubleOf(error, await cameraPermission())),
      onBack: home,
    }),
  );
}

/** @param {Slot} slot @param {Trouble} why */
function trouble(slot, why) {
  api.tell(TROUBLE_CODES[why]);
  const onFile = (/** @type {File} */ file) => takeFile(slot, file);
  showScreen(() => messages.troubleView(why, { claimed: true, gallery: true, onRetry: () => camera(slot), onFile }));
}

/** @param {Slot} slot @param {File} file */
async function takeFile(slot, file) {
  api.tell("file_chosen");
  const picture = await documentFromFile(file);
  if (typeof picture !== "string") return took(slot, picture);
  const words = t(picture === "damaged" ? "look.incomplete" : "doc.unfit");
  showScreen(() => messages.refusedView(words, () => camera(slot)));
}

/** @param {Slot} slot @param {Sendable} picture */
async function took(slot, picture) {
  await session.keepPicture(picture, slot.slot);
  look(slot, picture);
}

/**
 * @param {Slot} slot @param {Sendable} picture
 * @param {{words?: string, earlier?: boolean}} [how] `words`: why the server does not want it
 */
function look(slot, picture, how) {
  const onUse = () => session.wantSent().then(() => send(slot, picture));
  const onRetake = () => session.dropUnsent().then(() => camera(slot));
  showScreen(() => documentPreviewView(slot, picture, { ...how, onUse, onRetake }));
}

/** @param {Slot} slot @param {Sendable} picture */
function send(slot, picture) {
  const onReceived = () => session.dropUnsent(picture.sha256).then(api.fetchState).then(arrived, page.fail);
  const onRefused = (/** @type {unknown} */ error) => refused(slot, picture, error);
  showScreen(() =>
    sendingView(picture, { onReceived, onRefused }, (sent, told, waiting) =>
      sendDocument(slot.slot, sent, told, waiting),
    ),
  );
}

/** @param {api.State} state */
async function arrived(state) {
  await session.learnState(state);
  if (state.alone && state.documents?.complete) location.assign("/apply/documents");
  else home();
}

/** @param {Slot} slot @param {Sendable} picture @param {any} error */
async function refused(slot, picture, error) {
  const onRetry = () => api.fetchState().then(page.settle).catch(page.fail);
  const onRetake = () => session.dropUnsent().then(() => camera(slot));
  const fate = afterRefusal(error, picture.sha256);
  if (fate === "ended") return page.fail(error);
  if (fate === "confirm") return onRetry();
  if (fate === "keep") return showScreen(() => messages.unsentView(picture, error.text, { onRetry, onRetake }));
  look(slot, picture, { words: error.text });
  // The screen still shows it; a reload starts at the slots.
  await session.dropUnsent(picture.sha256);
}
