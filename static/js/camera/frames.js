// @ts-check
/**
 * Whether frames arrive, and how large they are. What a track says of itself is not enough: after a phone call it may be
 * live and unmuted while its picture stands still, and some phones give width and height the wrong way round.
 */

/** ms between two looks. A page that was busy for long looks once, not often. */
const EVERY = 500;
/** Looks without a new frame until a stream is given up; at first the camera may still be starting. */
const PATIENCE = 5;
const PATIENCE_AT_FIRST = 20;
/** Looks in a row with new frames after which a stream counts as healthy. */
const HEALTHY = 20;

/**
 * Counts looks without a new frame. A still scene is no still stream: frames are counted, not compared. Restarting that
 * does not help is done less and less often.
 */
export class Stillness {
  constructor() {
    this.longer = 1;
    this.begin();
  }

  /** A new stream. */
  begin() {
    this.frames = 0;
    this.arriving = 0;
    this.missing = 0;
    this.seen = false;
  }

  /** @param {number} frames that have arrived so far @param {boolean} muted the track gives nothing for a while */
  look(frames, muted) {
    const fresh = frames !== this.frames && !muted;
    this.frames = frames;
    this.seen ||= fresh;
    this.missing = fresh ? 0 : this.missing + 1;
    this.arriving = fresh ? this.arriving + 1 : 0;
    if (this.arriving >= HEALTHY) this.longer = 1;
  }

  /** Nobody sees the picture: browsers then show no frames. */
  rest() {
    this.missing = 0;
  }

  get over() {
    return this.missing >= this.longer * (this.seen ? PATIENCE : PATIENCE_AT_FIRST);
  }

  /** The stream is opened again because of it. */
  giveUp() {
    this.longer *= 2;
    this.begin();
  }
}

/** Watches the frames of one video. */
export class FrameWatch {
  /** @param {HTMLVideoElement} video @param {() => void} frozen no frame has come for long */
  constructor(video, frozen) {
    this.video = video;
    this.frozen = frozen;
    this.stillness = new Stillness();
    this.presented = 0;
    /** It was said that no frame comes: until the next start. */
    this.gaveUp = false;
    this.request = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** @param {MediaStreamTrack} track */
  start(track) {
    this.stop();
    this.stillness.begin();
    this.gaveUp = false;
    this.count();
    const look = () => {
      this.timer = setTimeout(look, EVERY);
      this.look(track);
    };
    this.timer = setTimeout(look, EVERY);
  }

  stop() {
    clearTimeout(this.timer);
    this.video.cancelVideoFrameCallback?.(this.request);
  }

  /** @param {MediaStreamTrack} track */
  look(track) {
    if (document.hidden) return this.stillness.rest();
    this.stillness.look(this.arrived, track.muted);
    if (!this.stillness.over) return;
    this.stop();
    this.stillness.giveUp();
    this.gaveUp = true;
    this.frozen();
  }

  count() {
    if (!this.video.requestVideoFrameCallback) return;
    this.request = this.video.requestVideoFrameCallback(() => {
      this.presented++;
      this.count();
    });
  }

  /**
   * A number that grows with each frame, also with one that a busy phone does not come to show; where the browser tells of
   * none, the time that was played.
   */
  get arrived() {
    const { totalVideoFrames = 0 } = this.video.getVideoPlaybackQuality?.() ?? {};
    return this.presented + totalVideoFrames || this.video.currentTime;
  }
}

/** Videos whose width and height are drawn the other way round. @type {WeakSet<HTMLVideoElement>} */
const turned = new WeakSet();

/** Look at what the video really draws: some phones go on giving the size from before a turn.
 * @param {HTMLVideoElement} video */
export async function lookAtShape(video) {
  const drawn = await globalThis.createImageBitmap?.(video).catch(() => null);
  if (!drawn) return;
  const lies = drawn.width !== drawn.height && drawn.width === video.videoHeight && drawn.height === video.videoWidth;
  if (lies) turned.add(video);
  else turned.delete(video);
  drawn.close();
}

/** px of a frame as it is drawn. @param {HTMLVideoElement} video */
export function frameSize(video) {
  const { videoWidth, videoHeight } = video;
  return turned.has(video) ? { width: videoHeight, height: videoWidth } : { width: videoWidth, height: videoHeight };
}
