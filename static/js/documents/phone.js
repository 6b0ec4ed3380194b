// @ts-check
/** The phone's screens for pictures of a document: the slots, a camera for each, a look, and back to the slots. */

import { lookView } from "documents/preview";
import { pictureOf, fromVideo } from "documents/picture";
import { sendTo } from "documents/send";
import { shootView } from "documents/capture";
import { doneView, slotsView } from "documents/slots";
import { fateOf, slotOf } from "documents/unsent";
import * as api from "pairing/api";
import { afterRefusal } from "pairing/journey";
import { sendingView } from "upload/sending";
import * as plain from "pairing/messages";
import { show } from "ui/screens";
import { CODES, permission, troubleOf, unable } from "camera/trouble";
import * as visit from "pairing/session";
import { also, t } from "ui/texts";

/**
 * @typedef {import("pairing/api").Slot} Slot
 * @typedef {import("upload/send").Picture} Picture
 * @typedef {{fail: (error: unknown) => unknown, later: () => void, settle: (state: api.State) => unknown}} Page `later` loads
 *   what can wait; `settle` shows where the person is by what the server said
 */

/** @type {Page} */
let page;

/** Show where the person is. @param {Page} given */
export async function begin(given) {
  page = given;
  await also("documents");
  home();
}

function home() {
  const left = visit.kept();
  if (left) goOn(left);
  else if (visit.now().documents?.complete) show(() => doneView(visit.now(), slots));
  else slots();
  page.later();
}

/** A picture from before a reload, or an earlier scan. @param {import("upload/unsent-store").Kept} left */
function goOn(left) {
  const slot = /** @type {Slot} */ (slotOf(visit.now(), left));
  const fates = { pass: () => (visit.pass(), home()), drop: () => visit.drop().then(home), send: () => send(slot, left), look: () => look(slot, left, { earlier: true }) };
  fates[fateOf(visit.now(), left)]();
}

function slots() {
  show(() => slotsView(visit.now(), camera));
}

/** @param {Slot} slot */
function camera(slot) {
  const why = unable();
  if (why) return trouble(slot, why);
  show(() =>
    shootView(slot, {
      onPicture: async (video) => took(slot, await fromVideo(video, slot.frame)),
      onFile: (file) => takeFile(slot, file),
      onReady: () => api.tell("camera_ready"),
      onTrouble: async (error) => trouble(slot, troubleOf(error, await permission())),
      onBack: home,
    }),
  );
}

/** @param {Slot} slot @param {import("camera/trouble").Trouble} why */
function trouble(slot, why) {
  api.tell(CODES[why]);
  const onFile = (/** @type {File} */ file) => takeFile(slot, file);
  show(() => plain.troubleView(why, { claimed: true, gallery: true, onRetry: () => camera(slot), onFile }));
}

/** @param {Slot} slot @param {File} file */
async function takeFile(slot, file) {
  api.tell("file_chosen");
  const picture = await pictureOf(file);
  if (picture) await took(slot, picture);
  else show(() => plain.refusedView(t("doc.unfit"), () => camera(slot)));
}

/** @param {Slot} slot @param {Picture} picture */
async function took(slot, picture) {
  await visit.took(picture, slot.slot);
  look(slot, picture);
}

/** @param {Slot} slot @param {Picture} picture @param {{words?: string, earlier?: boolean}} [how] `words`: why the server does not want it */
function look(slot, picture, how) {
  const onUse = () => visit.want().then(() => send(slot, picture));
  const onRetake = () => visit.drop().then(() => camera(slot));
  show(() => lookView(slot, picture, { ...how, onUse, onRetake }));
}

/** @param {Slot} slot @param {Picture} picture */
function send(slot, picture) {
  const onReceived = () => visit.drop(picture.sha256).then(api.state).then(arrived, page.fail);
  const onRefused = (/** @type {unknown} */ error) => refused(slot, picture, error);
  show(() => sendingView(picture, { onReceived, onRefused }, (...how) => sendTo(slot.slot, ...how)));
}

/** @param {api.State} state */
async function arrived(state) {
  await visit.learn(state);
  if (state.alone && state.documents?.complete) location.assign("/apply/documents");
  else home();
}

/** @param {Slot} slot @param {Picture} picture @param {any} error */
async function refused(slot, picture, error) {
  const onRetry = () => api.state().then(page.settle).catch(page.fail);
  const onRetake = () => visit.drop().then(() => camera(slot));
  const fate = afterRefusal(error, picture.sha256);
  if (fate === "ended") return page.fail(error);
  if (fate === "confirm") return onRetry();
  if (fate === "keep") return show(() => plain.unsentView(picture, error.text, { onRetry, onRetake }));
  look(slot, picture, { words: error.text });
  // The screen still shows it; a reload starts at the slots.
  await visit.drop(picture.sha256);
}
