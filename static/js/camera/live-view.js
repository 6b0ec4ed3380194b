// @ts-check
/**
 * The phone's end of the live picture: the camera's own track, made small by the sender, so that what is photographed
 * stays as it is. Beside it goes which part of it the viewfinder shows.
 */

import { Direct } from "ui/direct";

/** @import { Viewfinder } from "camera/viewfinder" */

/** px of the shorter side, pictures a second, bits a second. */
const SIDE = 480;
const RATE = 15;
const BITS = 600_000;
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
    this.sender = this.send(viewfinder.camera.track);
    this.channel = this.direct.peer.createDataChannel("view");
    this.channel.addEventListener("close", () => this.direct.end());
    this.said = "";
    this.looking = setInterval(() => this.look(), LOOK);
    this.direct.describe().then(offer, () => this.direct.end());
  }

  /** @param {MediaStreamTrack | undefined} track */
  send(track) {
    const { peer } = this.direct;
    const transceiver = peer.addTransceiver(track ?? "video", {
      direction: "sendonly",
      sendEncodings: [encoding(track)],
    });
    const codecs = RTCRtpSender.getCapabilities?.("video")?.codecs ?? [];
    const known = codecs.filter(({ mimeType }) => /^video\/(vp8|rtx)$/i.test(mimeType));
    // Every browser has this one, and the description stays short.
    if (known.length) transceiver.setCodecPreferences?.(known);
    return transceiver.sender;
  }

  /** @param {string} sdp */
  answered(sdp) {
    if (this.direct.peer.signalingState !== "have-local-offer") return;
    this.direct.peer.setRemoteDescription({ type: "answer", sdp }).catch(() => this.direct.end());
  }

  /** Another lens is another track; the shown part moves with the zoom. */
  look() {
    const { track } = this.viewfinder.camera;
    if (track && track !== this.sender.track) this.change(track).catch(() => this.direct.end());
    const said = JSON.stringify(shownPart(this.viewfinder));
    if (said === this.said || this.channel.readyState !== "open") return;
    this.said = said;
    this.channel.send(said);
  }

  /** @param {MediaStreamTrack} track */
  async change(track) {
    await this.sender.replaceTrack(track);
    const set = this.sender.getParameters();
    Object.assign(set.encodings[0] ?? {}, encoding(track));
    await this.sender.setParameters(set);
  }

  close() {
    clearInterval(this.looking);
    this.direct.close();
  }
}

/** @param {MediaStreamTrack} [track] @returns {RTCRtpEncodingParameters} */
function encoding(track) {
  const { width = SIDE, height = SIDE } = track?.getSettings() ?? {};
  return {
    maxBitrate: BITS,
    maxFramerate: RATE,
    scaleResolutionDownBy: Math.max(1, Math.min(width, height) / SIDE),
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
