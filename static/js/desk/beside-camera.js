// @ts-check
/** What is asked of the person in front of the camera, large, with the picture when the phone offers it. */

import { FillLight } from "desk/fill-light";
import { pageSocket } from "ui/bell";
import { canConnect } from "ui/direct";

/**
 * @import { LivePicture } from "desk/live-picture"
 * @import { Socket } from "socket.io"
 */

/** @param {HTMLElement} root @returns {Promise<BesideCamera>} */
export async function openBeside(root) {
  const language = document.documentElement.lang === "en" ? "en" : "zh";
  const [socket, words] = await Promise.all([pageSocket, import(`words/prompts.${language}`)]);
  return new BesideCamera(root, socket, words.default);
}

class BesideCamera {
  /** @param {HTMLElement} root @param {Socket} socket @param {Record<string, string>} words by the keys of prompts */
  constructor(root, socket, words) {
    this.root = root;
    this.socket = socket;
    this.words = words;
    this.open = false;
    this.light = new FillLight(root);
    /** @type {LivePicture | null} */
    this.picture = null;
    socket.on("connect", () => this.watch());
    // What was asked last may not hold any more.
    socket.on("disconnect", () => this.show(""));
    socket.on("prompt", (key) => this.open && this.show(words[key] ?? ""));
    socket.on("signal", (kind, text) => this.open && this.hear(kind, text));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.look() : this.watch()));
  }

  /** @param {boolean} connected a phone frames, or may do so at any moment */
  tend(connected) {
    if (connected === this.open) return;
    this.open = connected;
    if (connected) this.watch();
    else this.show("");
  }

  /** Tell the phone that somebody looks. */
  watch() {
    if (!this.open || document.hidden || !this.socket.connected) return;
    this.socket.emit("signal", "watch", canConnect() ? "picture" : "");
  }

  /** Nobody looks: the picture ends, the phone is told. */
  look() {
    if (!this.picture) return;
    this.endPicture();
    this.socket.emit("signal", "bye");
  }

  /** @param {string} text of the prompt; empty: nothing is framed any more */
  show(text) {
    this.root.hidden = !text;
    this.root.closest("dialog")?.classList.toggle("is-framing", Boolean(text));
    const prompt = /** @type {HTMLElement} */ (this.root.querySelector(".framing-prompt"));
    if (prompt.textContent !== text) prompt.textContent = text;
    if (text) return;
    this.endPicture();
    this.note("");
    this.light.off();
  }

  /** @param {string} kind @param {string} text */
  hear(kind, text) {
    if (kind === "here") this.watch();
    else if (kind === "offer") this.receive(text);
    else this.endPicture();
  }

  /** The phone waits for the answer, or to be told that there is none. @param {string} sdp */
  async receive(sdp) {
    const { LivePicture } = await import("desk/live-picture");
    this.endPicture();
    if (!this.open || document.hidden) return this.socket.emit("signal", "bye");
    this.note("");
    const picture = new LivePicture(/** @type {HTMLElement} */ (this.root.querySelector(".framing-picture")), {
      over: (connected) => this.over(connected),
    });
    this.picture = picture;
    const answer = await picture.answer(sdp).catch(() => "");
    // Meanwhile it may have ended, and another may have come.
    if (this.picture !== picture) return;
    if (answer) this.socket.emit("signal", "answer", answer);
    else this.endPicture();
  }

  /** @param {boolean} connected whether there had been a picture: the phone may offer it again */
  over(connected) {
    this.endPicture();
    if (connected) this.watch();
    else this.note(this.root.dataset.failed ?? "");
  }

  endPicture() {
    this.picture?.close();
    this.picture = null;
  }

  /** @param {string} words */
  note(words) {
    const note = /** @type {HTMLElement} */ (this.root.querySelector(".framing-note"));
    note.textContent = words;
    note.hidden = !words;
  }
}
