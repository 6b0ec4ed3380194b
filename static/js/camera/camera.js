// @ts-check
/** The camera's stream: open, switch, restart, close. */

import { facingOf, nextLens, rankedLenses } from "camera/lens";

/** @import { Lens } from "camera/lens" */

const SIZE = { width: { ideal: 1920 }, height: { ideal: 1440 } };
/** Enough to cut out somebody at 120 cm; every frame of it costs more than twice as much. */
const LARGE = { width: { ideal: 2880 }, height: { ideal: 2160 } };

export class Camera {
  /** @param {HTMLVideoElement} video @param {() => void} ended the stream stopped by itself */
  constructor(video, ended) {
    this.video = video;
    this.ended = ended;
    /** @type {Lens[]} */
    this.lenses = [];
    /** @type {MediaStream | null} */
    this.stream = null;
    /** @type {MediaStreamTrack | undefined} */
    this.enlarged = undefined;
    this.turn = 0;
  }

  /**
   * Open the main back camera, or the one that is named.
   * @param {string} [deviceId]
   * @returns {Promise<boolean>} false: something newer was asked for meanwhile, nothing is open because of this call
   * @throws {DOMException} as getUserMedia does
   */
  async open(deviceId) {
    const turn = ++this.turn;
    this.stop();
    let stream = await ask(deviceId);
    this.lenses = await lenses();
    const best = this.lenses[0];
    if (!deviceId && best && inferior(stream, best)) stream = await swap(stream, best.deviceId);
    if (turn !== this.turn) {
      close(stream);
      return false;
    }
    await this.show(stream);
    return turn === this.turn;
  }

  /** @param {MediaStream} stream */
  async show(stream) {
    this.stream = stream;
    this.track?.addEventListener("ended", this.ended);
    this.video.srcObject = stream;
    // WeChat on iOS ignores autoplay and wants the call.
    await this.video.play().catch(() => undefined);
    await framed(this.video);
  }

  /** Film with more px, where the camera has them. Asked once of each stream. */
  enlarge() {
    if (this.enlarged === this.track) return;
    this.enlarged = this.track;
    this.track?.applyConstraints(LARGE).catch(() => undefined);
  }

  /** Open the next lens. */
  switchLens() {
    return this.open(nextLens(this.lenses, this.deviceId).deviceId);
  }

  /** Stop the stream, also one that is still being opened. */
  close() {
    this.turn++;
    this.stop();
    this.video.srcObject = null;
  }

  stop() {
    if (this.stream) close(this.stream);
    this.stream = null;
  }

  /** @returns {MediaStreamTrack | undefined} */
  get track() {
    return this.stream?.getVideoTracks()[0];
  }

  get deviceId() {
    return this.track?.getSettings().deviceId ?? "";
  }

  /** No live picture: iOS leaves a black one after a call, muted or ended. */
  get dead() {
    return !this.track || this.track.readyState === "ended" || this.track.muted;
  }

  get front() {
    return this.facing === "front";
  }

  /** @returns {"front" | "back" | "other"} as the camera says of itself, or by its name */
  get facing() {
    return facingOf(this.track?.label ?? "", this.track?.getSettings().facingMode);
  }
}

/** @param {string} [deviceId] @returns {Promise<MediaStream>} */
async function ask(deviceId) {
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } };
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { ...SIZE, ...which }, audio: false });
  } catch (error) {
    if (/** @type {DOMException} */ (error).name !== "OverconstrainedError") throw error;
    return navigator.mediaDevices.getUserMedia({ video: true, audio: false });
  }
}

/** @returns {Promise<Lens[]>} named only after permission */
async function lenses() {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return rankedLenses(devices.filter((device) => device.kind === "videoinput" && device.deviceId).map(lensOf));
}

/** @param {MediaDeviceInfo} device @returns {Lens} */
function lensOf(device) {
  const able = /** @type {Partial<InputDeviceInfo>} */ (device).getCapabilities?.();
  return { deviceId: device.deviceId, label: device.label, width: able?.width?.max };
}

/** The browser chose another lens than the main back camera. @param {MediaStream} stream @param {Lens} best */
function inferior(stream, best) {
  const [track] = stream.getVideoTracks();
  return (
    track.getSettings().deviceId !== best.deviceId &&
    rankedLenses([best, { deviceId: "", label: track.label }])[0] === best
  );
}

/** Phones open one camera at a time: close the first; if the better one fails, open the first again.
 * @param {MediaStream} stream @param {string} deviceId */
async function swap(stream, deviceId) {
  close(stream);
  return ask(deviceId).catch(() => ask());
}

/** @param {MediaStream} stream */
function close(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** Until the size of the picture is known. @param {HTMLVideoElement} video */
function framed(video) {
  if (video.videoWidth) return Promise.resolve();
  return new Promise((resolve) => video.addEventListener("loadedmetadata", resolve, { once: true }));
}
