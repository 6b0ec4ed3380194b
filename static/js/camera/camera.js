// @ts-check
/** The camera's stream: open, switch, restart, close. */

import { FrameWatch, lookAtShape } from "camera/frames";
import { betterLens, facingOf, isHeld, knownLens, nextLens, rankedLenses, saidFacing } from "camera/lens";

/** @import { Facing, Lens } from "camera/lens" */

const SIZE = { width: { ideal: 1920 }, height: { ideal: 1440 } };
const BACK = { facingMode: { ideal: "environment" } };
/** ms to wait for a camera that this page has just closed: phones open one at a time, and free it late. */
const FREED = [300, 1000];
const BUSY = ["NotReadableError", "TrackStartError", "AbortError"];
/** Why a lens that is named may not open although others do. */
const LENS_ALONE = [...BUSY, "OverconstrainedError", "NotFoundError"];

export class Camera {
  /** @param {HTMLVideoElement} video @param {() => void} ended the stream stopped by itself, or stands still */
  constructor(video, ended) {
    this.video = video;
    this.ended = ended;
    this.frames = new FrameWatch(video, ended);
    /** @type {Lens[]} */
    this.lenses = [];
    /** What running cameras said of themselves, by deviceId. @type {Map<string, Facing>} */
    this.said = new Map();
    /** The lens that the person wants, else the best. @type {string | undefined} */
    this.chosen = undefined;
    /** @type {MediaStream | null} */
    this.stream = null;
    this.turn = 0;
  }

  /**
   * Open the main back camera, or the one that was chosen.
   * @returns {Promise<boolean>} false: something newer was asked for meanwhile, nothing is open because of this call
   * @throws {DOMException} as getUserMedia does
   */
  async open() {
    const turn = ++this.turn;
    const waits = this.stream ? FREED : [];
    const { deviceId } = this;
    this.stop();
    const stream = this.chosen ? await named(this.chosen, deviceId) : await this.best(turn, waits);
    if (turn !== this.turn) {
      close(stream);
      return false;
    }
    await this.show(stream);
    return turn === this.turn;
  }

  /**
   * The browser's choice; then better lenses, as long as there are any that were not tried.
   * @param {number} turn @param {number[]} waits
   */
  async best(turn, waits) {
    const tried = new Set();
    let stream = await patiently(() => ask(BACK), waits);
    for (;;) {
      const running = await this.learn(stream);
      const better = betterLens(this.lenses, running, tried);
      if (!better || turn !== this.turn) return stream;
      tried.add(better.deviceId);
      close(stream);
      stream = await named(better.deviceId, running.deviceId);
    }
  }

  /** What this stream says of its lens, and the list that is named only after permission. @param {MediaStream} stream */
  async learn(stream) {
    const running = lensOfTrack(stream.getVideoTracks()[0]);
    if (running.facing) this.said.set(running.deviceId, running.facing);
    const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
    const cameras = devices.filter((device) => device.kind === "videoinput" && device.deviceId);
    this.lenses = rankedLenses(cameras.map((device) => lensOfDevice(device, this.said.get(device.deviceId))));
    return knownLens(this.lenses, running);
  }

  /** @param {MediaStream} stream */
  async show(stream) {
    this.stream = stream;
    const [track] = stream.getVideoTracks();
    track.addEventListener("ended", this.ended);
    this.video.srcObject = stream;
    this.frames.start(track);
    // WeChat on iOS ignores autoplay and wants the call.
    await this.video.play().catch(() => undefined);
    await framed(this.video);
    await lookAtShape(this.video);
  }

  /** Open the next lens. */
  switchLens() {
    this.chosen = nextLens(this.lenses, this.deviceId).deviceId;
    return this.open();
  }

  /** Stop the stream, also one that is still being opened. */
  close() {
    this.turn++;
    this.stop();
    this.video.srcObject = null;
  }

  stop() {
    this.frames.stop();
    if (this.stream) close(this.stream);
    this.stream = null;
  }

  /** @returns {MediaStreamTrack | undefined} */
  get track() {
    return this.stream?.getVideoTracks()[0];
  }

  /** @returns {Lens} the one that runs */
  get lens() {
    return knownLens(this.lenses, this.track ? lensOfTrack(this.track) : { deviceId: "", label: "" });
  }

  get deviceId() {
    return this.lens.deviceId;
  }

  /** Nothing more will come: it has to be opened again. Muted for a moment is not dead. */
  get dead() {
    return !this.track || this.track.readyState === "ended" || this.frames.gaveUp;
  }

  /** There is a picture to take. A muted track gives black ones. */
  get live() {
    return !this.dead && !this.track?.muted;
  }

  /** It films the person who looks at the screen: shown mirrored, and spoken to as such. */
  get front() {
    return this.facing === "front" || this.facing === "webcam";
  }

  /** @returns {"front" | "back" | "other" | "webcam"} as the camera says of itself, or by its name; on a PC one that
   * says nothing stands above the screen */
  get facing() {
    const said = facingOf(this.lens);
    return said === "other" && !isHeld(navigator.userAgent) ? "webcam" : said;
  }
}

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

/**
 * The lens of this name, after another was closed. If it does not open, the one before; then any.
 * @param {string} deviceId @param {string} before
 * @returns {Promise<MediaStream>}
 */
async function named(deviceId, before) {
  for (const exact of new Set([deviceId, before].filter(Boolean))) {
    try {
      return await patiently(() => ask({ deviceId: { exact } }), FREED);
    } catch (error) {
      if (!LENS_ALONE.includes(nameOf(error))) throw error;
    }
  }
  return patiently(() => ask(BACK), FREED);
}

/** @param {unknown} error */
function nameOf(error) {
  return /** @type {Partial<DOMException>} */ (error)?.name ?? "";
}

/** @param {MediaStreamTrack} track @returns {Lens} */
function lensOfTrack(track) {
  const { deviceId = "", facingMode } = track.getSettings();
  const facing = saidFacing(facingMode) ?? saidFacing(track.getCapabilities?.().facingMode);
  return { deviceId, label: track.label, facing };
}

/** @param {MediaDeviceInfo} device @param {Facing} [said] @returns {Lens} */
function lensOfDevice(device, said) {
  const able = /** @type {Partial<InputDeviceInfo>} */ (device).getCapabilities?.();
  const { deviceId, label } = device;
  return { deviceId, label, facing: said ?? saidFacing(able?.facingMode), width: able?.width?.max };
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
