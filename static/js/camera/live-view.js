// @ts-check
/**
 * The phone's end of the live picture: the camera's own track, made small by the sender, so that what is photographed
 * stays as it is. Beside it goes which part of it the viewfinder shows.
 */

import { Direct } from "ui/direct";

/** @import { Viewfinder } from "camera/viewfinder" */

/** px of the shorter side of what the viewfinder shows, and at most of the whole; pictures a second, bits a second. */
const SIDE = 320;
const MOST = 720;
const RATE = 15;
const BITS = 800_000;
/** How much larger or smaller the whole should be before the sender is told. */
const ENOUGH = 1.25;
/** ms between two looks at what the viewfinder shows. */
const LOOK = 250;

export class LiveView {
  /**
   * @param {Viewfinder} viewfinder with a running camera
   * @param {{offer: (sdp: string) => unknown, over: (connected: boolean) => unknown}} uses
   */
  constructor(viewfinder, { offer, over }) {
    this.viewfinder = viewfinder;
    this.direct = new Direct((connected) => {
      this.close();
      over(connected);
    });
    this.side = sideFor(shownPart(viewfinder));
    this.sender = this.send(viewfinder.camera.track);
    this.channel = this.direct.peer.createDataChannel("view");
    this.channel.addEventListener("close", () => this.direct.end());
    this.said = "";
    this.heard = false;
    this.looking = setInterval(() => this.look(), LOOK);
    this.direct.describe().then(offer, () => this.direct.end());
  }

  /** @param {MediaStreamTrack | undefined} track */
  send(track) {
    const { peer } = this.direct;
    const transceiver = peer.addTransceiver(track ?? "video", {
      direction: "sendonly",
      sendEncodings: [encoding(this.side, track)],
    });
    const codecs = RTCRtpSender.getCapabilities?.("video")?.codecs ?? [];
    const known = codecs.filter(({ mimeType }) => /^video\/(vp8|rtx)$/i.test(mimeType));
    // Every browser has this one, and the description stays short.
    if (known.length) transceiver.setCodecPreferences?.(known);
    return transceiver.sender;
  }

  /** The page on the PC has not answered yet. */
  get waits() {
    return !this.heard && !this.direct.closed;
  }

  /** @param {string} sdp */
  answered(sdp) {
    if (this.direct.peer.signalingState !== "have-local-offer") return;
    this.heard = true;
    this.direct.peer.setRemoteDescription({ type: "answer", sdp }).catch(() => this.direct.end());
  }

  /** Another lens is another track; the shown part moves with the zoom. */
  look() {
    const { track } = this.viewfinder.camera;
    const part = shownPart(this.viewfinder);
    const ratio = sideFor(part) / this.side;
    if (track && (track !== this.sender.track || ratio > ENOUGH || ratio < 1 / ENOUGH)) this.change(track, part);
    const said = JSON.stringify(part);
    if (said === this.said || this.channel.readyState !== "open") return;
    this.said = said;
    this.channel.send(said);
  }

  /** @param {MediaStreamTrack} track @param {number[]} part */
  async change(track, part) {
    this.side = sideFor(part);
    try {
      if (track !== this.sender.track) await this.sender.replaceTrack(track);
      const set = this.sender.getParameters();
      Object.assign(set.encodings[0] ?? {}, encoding(this.side, track));
      await this.sender.setParameters(set);
    } catch {
      this.direct.end();
    }
  }

  close() {
    clearInterval(this.looking);
    this.direct.close();
  }
}

/** How large the whole is sent, so that the shown part is large enough. @param {number[]} part */
const sideFor = ([, , width]) => Math.min(MOST, SIDE / Math.max(width, 0.1));

/** @param {number} side @param {MediaStreamTrack} [track] @returns {RTCRtpEncodingParameters} */
function encoding(side, track) {
  const { width = side, height = side } = track?.getSettings() ?? {};
  return {
    maxBitrate: BITS,
    maxFramerate: RATE,
    scaleResolutionDownBy: Math.max(1, Math.min(width, height) / side),
  };
}

/** What of the camera's picture is in the frame: left, top, width, height as shares of its sides. @param {Viewfinder} of */
function shownPart({ parts, camera }) {
  const whole = parts.video.getBoundingClientRect();
  const seen = parts.frame.getBoundingClientRect();
  const width = seen.width / whole.width;
  const left = (seen.left - whole.left) / whole.width;
  const top = (seen.top - whole.top) / whole.height;
  return [camera.front ? 1 - left - width : left, top, width, seen.height / whole.height].map((n) => +n.toFixed(3));
}
