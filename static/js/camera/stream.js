// @ts-check
/** Streams as browsers give them: asked for with patience, closed, and what they say of their lens. */

import { saidFacing } from "camera/lens";

/** @import { Facing, Lens } from "camera/lens" */

const SIZE = { width: { ideal: 1920 }, height: { ideal: 1440 } };
const BACK = { facingMode: { ideal: "environment" } };
/** ms to wait for a camera that this page has just closed: phones open one at a time, and free it late. */
const FREED = [300, 1000];
const BUSY = ["NotReadableError", "TrackStartError", "AbortError"];
/** Why a lens that is named may not open although others do. */
const LENS_ALONE = [...BUSY, "OverconstrainedError", "NotFoundError"];

/** @param {MediaTrackConstraints} which @returns {Promise<MediaStream>} */
async function ask(which) {
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { ...SIZE, ...which }, audio: false });
  } catch (error) {
    if (nameOf(error) !== "OverconstrainedError" || which.deviceId) throw error;
    return navigator.mediaDevices.getUserMedia({ video: true, audio: false });
  }
}

/**
 * @template Found @param {() => Promise<Found>} act @param {number[]} waits ms before each further try while the camera
 * is still busy @returns {Promise<Found>}
 */
async function patiently(act, [wait, ...more]) {
  try {
    return await act();
  } catch (error) {
    if (wait === undefined || !BUSY.includes(nameOf(error))) throw error;
    await new Promise((resolve) => setTimeout(resolve, wait));
    return patiently(act, more);
  }
}

/** What the browser takes for the back camera. @param {boolean} held this page has just closed another */
export function openBack(held) {
  return patiently(() => ask(BACK), held ? FREED : []);
}

/**
 * The lens of this name, after another was closed. If it does not open, the one before; then any.
 * @param {string} deviceId @param {string} before
 * @returns {Promise<MediaStream>}
 */
export async function openLens(deviceId, before) {
  for (const exact of new Set([deviceId, before].filter(Boolean))) {
    try {
      return await patiently(() => ask({ deviceId: { exact } }), FREED);
    } catch (error) {
      if (!LENS_ALONE.includes(nameOf(error))) throw error;
    }
  }
  return openBack(true);
}

/** @param {unknown} error */
function nameOf(error) {
  return /** @type {Partial<DOMException>} */ (error)?.name ?? "";
}

/** @param {MediaStreamTrack} track @returns {Lens} */
export function lensOfTrack(track) {
  const { deviceId = "", facingMode } = track.getSettings();
  const facing = saidFacing(facingMode) ?? saidFacing(track.getCapabilities?.().facingMode);
  return { deviceId, label: track.label, facing };
}

/** @param {MediaDeviceInfo} device @param {Facing} [said] @returns {Lens} */
export function lensOfDevice(device, said) {
  const able = /** @type {Partial<InputDeviceInfo>} */ (device).getCapabilities?.();
  const { deviceId, label } = device;
  return { deviceId, label, facing: said ?? saidFacing(able?.facingMode), width: able?.width?.max };
}

/** @param {MediaStream} stream */
export function closeStream(stream) {
  for (const track of stream.getTracks()) track.stop();
}
