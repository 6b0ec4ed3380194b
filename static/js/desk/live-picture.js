// @ts-check
/** The PC's end of the live picture: mirrored, as much of it as the viewfinder shows, with the oval over it. */

import { geometry } from "camera/guide";
import { Direct } from "ui/direct";
import { el, svg } from "ui/dom";

export class LivePicture {
  /** @param {HTMLElement} box @param {{over: (connected: boolean) => unknown}} uses */
  constructor(box, { over }) {
    this.box = box;
    this.video = el("video", { muted: true, autoplay: true, playsinline: "", "aria-hidden": "true" });
    this.direct = new Direct(over);
    this.direct.peer.addEventListener("track", ({ track }) => this.play(track));
    this.direct.peer.addEventListener("datachannel", ({ channel }) => {
      channel.addEventListener("message", ({ data }) => place(this.video, JSON.parse(data)));
      channel.addEventListener("close", () => this.direct.end());
    });
    this.video.addEventListener("playing", () => {
      this.box.hidden = false;
    });
  }

  /** @param {string} sdp the phone's offer @returns {Promise<string>} the answer; empty: it has ended meanwhile */
  async answer(sdp) {
    const over = await oval();
    if (this.direct.closed) return "";
    this.box.replaceChildren(this.video, over);
    await this.direct.peer.setRemoteDescription({ type: "offer", sdp });
    return this.direct.describe();
  }

  /** @param {MediaStreamTrack} track */
  play(track) {
    this.video.srcObject = new MediaStream([track]);
    this.video.play().catch(() => undefined);
  }

  close() {
    this.direct.close();
    this.video.srcObject = null;
    this.box.hidden = true;
    this.box.replaceChildren();
  }
}

/** Show this part of the picture: left, top, width, height as shares. @param {HTMLElement} video @param {number[]} part */
function place(video, [left, top, width, height]) {
  const share = (/** @type {number} */ of, /** @type {number} */ whole) => `${(100 * of) / whole}%`;
  video.style.width = share(1, width);
  video.style.height = share(1, height);
  video.style.left = share(-left, width);
  video.style.top = share(-top, height);
}

async function oval() {
  const { crop } = await (await fetch("/m/pack")).json();
  const view = { viewBox: `0 0 ${crop.width} ${crop.height}`, "aria-hidden": "true" };
  return svg("svg", view, svg("ellipse", geometry(crop).oval));
}
