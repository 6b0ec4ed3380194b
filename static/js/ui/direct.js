// @ts-check
/** A connection from device to device: no other server is asked for a way, and none passes anything on. */

/** ms after which nobody waits for a way any more. */
const PATIENCE = 10_000;
/** ms for finding this device's own addresses. */
const GATHERING = 2_000;

/** @returns {boolean} whether this browser could */
export const canConnect = () => "RTCPeerConnection" in globalThis;

export class Direct {
  /** @param {(connected: boolean) => unknown} over called once, when it ends by itself: had there been a connection? */
  constructor(over) {
    this.over = over;
    this.connected = false;
    this.peer = new RTCPeerConnection({ iceServers: [] });
    this.timer = setTimeout(() => this.connected || this.end(), PATIENCE);
    this.peer.addEventListener("connectionstatechange", () => {
      this.connected ||= this.peer.connectionState === "connected";
      if (this.peer.connectionState === "failed") this.end();
    });
  }

  /** @returns {Promise<string>} how the other device reaches this one */
  async describe() {
    await this.peer.setLocalDescription();
    await gathered(this.peer);
    return this.peer.localDescription?.sdp ?? "";
  }

  /** The other side has closed, or there is no way to it. */
  end() {
    if (this.closed) return;
    this.close();
    this.over(this.connected);
  }

  get closed() {
    return this.peer.signalingState === "closed";
  }

  close() {
    clearTimeout(this.timer);
    for (const { track } of this.peer.getReceivers()) track.stop();
    this.peer.close();
  }
}

/** @param {RTCPeerConnection} peer @returns {Promise<void>} */
function gathered(peer) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHERING);
    const look = () => {
      if (peer.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    };
    peer.addEventListener("icegatheringstatechange", look);
    look();
  });
}
