// @ts-check
/** The camera's stream: open, switch, restart, close. */

import { FrameWatch, lookAtShape } from "camera/frames";
import { betterLens, facingOf, isHeld, knownLens, nextLens, rankedLenses } from "camera/lens";
import { closeStream, lensOfDevice, lensOfTrack, openBack, openLens } from "camera/stream";

/** @import { Facing, Lens } from "camera/lens" */

/** Px enough to cut out somebody at 120 cm. Not asked for at once: each frame of it costs more than twice as much. */
const LARGE = { width: { ideal: 2880 }, height: { ideal: 2160 } };

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
    /** @type {MediaStreamTrack | undefined} */
    this.enlarged = undefined;
    this.turn = 0;
  }

  /**
   * Open the main back camera, or the one that was chosen.
   * @returns {Promise<boolean>} false: something newer was asked for meanwhile, nothing is open because of this call
   * @throws {DOMException} as getUserMedia does
   */
  async open() {
    const turn = ++this.turn;
    const held = Boolean(this.stream);
    const { deviceId } = this;
    this.stop();
    const stream = this.chosen ? await openLens(this.chosen, deviceId) : await this.best(turn, held);
    if (turn !== this.turn) {
      closeStream(stream);
      return false;
    }
    await this.show(stream);
    return turn === this.turn;
  }

  /**
   * The browser's choice; then better lenses, as long as there are any that were not tried.
   * @param {number} turn @param {boolean} held this page has just closed a camera
   */
  async best(turn, held) {
    const tried = new Set();
    let stream = await openBack(held);
    for (;;) {
      const running = await this.learn(stream);
      const better = betterLens(this.lenses, running, tried);
      if (!better || turn !== this.turn) return stream;
      tried.add(better.deviceId);
      closeStream(stream);
      stream = await openLens(better.deviceId, running.deviceId);
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

  /** Film with more px, where the camera has them. @returns {boolean} asked: once of each stream */
  enlarge() {
    if (this.enlarged === this.track) return false;
    this.enlarged = this.track;
    this.track?.applyConstraints(LARGE).catch(() => undefined);
    return true;
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
    if (this.stream) closeStream(this.stream);
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

/** Until the size of the picture is known. @param {HTMLVideoElement} video */
function framed(video) {
  if (video.videoWidth) return Promise.resolve();
  return new Promise((resolve) => video.addEventListener("loadedmetadata", resolve, { once: true }));
}
