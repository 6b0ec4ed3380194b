// @ts-check
/** What the camera's screen tells the PC beside it: the prompt, and the picture when the person has allowed it. */

import { showSwitch } from "camera/show-switch";
import { pairingOf } from "pairing/journey";
import { currentState } from "pairing/session";
import { pageSocket } from "ui/bell";
import { canConnect } from "ui/direct";
import { el } from "ui/dom";
import { say } from "ui/speech";
import { loadMoreTexts, t } from "ui/texts";

/**
 * @import { LiveView } from "camera/live-view"
 * @import { Viewfinder } from "camera/viewfinder"
 * @import { Socket } from "socket.io"
 */

/** ms between two prompts. */
const PAUSE = 1000;
/** ms for which words lie over the picture. */
const READ = 10_000;

/** The pairing in which the person has allowed the picture: the next one is asked again. */
let allowedIn = "";
const allowed = () => allowedIn === pairingOf(currentState());

/** @param {Viewfinder} viewfinder @returns {Promise<PcLine>} */
export async function openLine(viewfinder) {
  const [socket] = await Promise.all([pageSocket, loadMoreTexts("beside")]);
  return new PcLine(viewfinder, socket);
}

class PcLine {
  /** @param {Viewfinder} viewfinder @param {Socket} socket */
  constructor(viewfinder, socket) {
    this.viewfinder = viewfinder;
    this.socket = socket;
    this.left = new AbortController();
    this.prompts = lastOf((/** @type {string} */ key) => this.tell("prompt", key));
    /** The page on the PC that can show a picture. */
    this.watcher = "";
    /** @type {LiveView | null} */
    this.view = null;
    this.switch = showSwitch(allowed, (on) => this.turn(on));
    this.words = el("p", { class: "which", role: "status" });
    this.place = el("div", { class: "on-pc" }, this.words, this.switch.node);
    viewfinder.parts.choices.after(this.place);
    this.listen();
    this.here();
  }

  listen() {
    const { socket } = this;
    // What was on its way over another connection is lost.
    const again = () => {
      this.endView();
      this.here();
    };
    const hear = (/** @type {string[]} */ ...said) => this.hear(said[0], said[1], said[2]);
    socket.on("connect", again);
    socket.on("signal", hear);
    this.left.signal.addEventListener("abort", () => socket.off("connect", again).off("signal", hear));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.rest() : this.here()), this.left);
  }

  /** @param {string} key of the prompt */
  say(key) {
    this.prompts.say(key);
  }

  /** The camera runs, or runs again: pages on the PC answer that they watch. */
  here() {
    if (document.hidden) return;
    this.tell("signal", "here");
    this.prompts.again();
  }

  /** Nothing is framed for now. */
  rest() {
    this.prompts.end();
    this.hide();
  }

  hide() {
    this.tell("signal", "bye");
    this.endView();
  }

  stop() {
    this.rest();
    this.left.abort();
    this.place.remove();
  }

  /** @param {string} kind @param {string} from a page on the PC @param {string} text */
  hear(kind, from, text) {
    if (kind === "watch") this.watched(from, text === "picture" && canConnect());
    else if (from !== this.watcher) return;
    else if (kind === "answer") this.view?.answered(text);
    else this.endView();
  }

  /** @param {string} from @param {boolean} able to show a picture */
  watched(from, able) {
    // Nothing is framed; once this page is seen, it says so and is answered.
    if (document.hidden) return;
    this.prompts.again();
    if (!able) return;
    const answers = from === this.watcher && this.view?.waits;
    this.watcher = from;
    this.switch.node.hidden = false;
    // It would answer the offer that it has, and that one would be taken for an answer to another.
    if (allowed() && !answers) this.show();
  }

  /** @param {boolean} on */
  turn(on) {
    allowedIn = on ? pairingOf(currentState()) : "";
    this.explain("");
    if (on) this.here();
    else this.hide();
  }

  async show() {
    this.endView();
    const to = this.watcher;
    const { LiveView } = await import("camera/live-view");
    if (this.left.signal.aborted || this.view || to !== this.watcher || !allowed() || document.hidden) return;
    this.view = new LiveView(this.viewfinder, {
      offer: (sdp) => this.tell("signal", "offer", to, sdp),
      over: (connected) => this.over(connected),
    });
  }

  /** @param {boolean} connected whether there had been a way */
  over(connected) {
    this.view = null;
    if (connected) return;
    allowedIn = "";
    this.switch.draw();
    this.explain(t("beside.failed"));
  }

  endView() {
    this.view?.close();
    this.view = null;
  }

  /** @param {string} words */
  explain(words) {
    this.words.textContent = words;
    if (!words) return;
    say(words);
    setTimeout(() => this.words.replaceChildren(), READ);
  }

  /** @param {...string} words */
  tell(...words) {
    if (this.socket.connected) this.socket.emit(words[0], ...words.slice(1));
  }
}

/** Passes on the newest of what is said, at most one each PAUSE. @param {(key: string) => unknown} act */
function lastOf(act) {
  let wanted = "";
  let told = "";
  let timer = 0;
  const go = () => {
    timer = 0;
    if (wanted === told) return;
    told = wanted;
    act(told);
    timer = setTimeout(go, PAUSE);
  };
  const say = (/** @type {string} */ key) => {
    wanted = key;
    if (!timer) go();
  };
  /** To somebody who may not have heard it. */
  const again = () => {
    told = "";
    if (!timer) go();
  };
  /** Nothing is asked any more, at once. */
  const end = () => {
    clearTimeout(timer);
    timer = 0;
    told = "";
    act("");
  };
  return { say, again, end };
}
