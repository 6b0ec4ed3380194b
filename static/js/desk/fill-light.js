// @ts-check
/** 补光: the page turns white and fills the screen; any press returns. */

export class FillLight {
  /** @param {HTMLElement} root with one button, which turns it on */
  constructor(root) {
    this.root = root;
    this.button = /** @type {HTMLButtonElement} */ (root.querySelector("button"));
    root.addEventListener("click", (event) => this.pressed(/** @type {Node} */ (event.target)));
    const key = (/** @type {Event} */ event) => this.returned(event);
    document.addEventListener("keydown", key, true);
    // Esc would also leave the dialog.
    document.addEventListener("cancel", key, true);
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || this.off());
  }

  get isOn() {
    return this.root.classList.contains("is-light");
  }

  /** @param {Node} what */
  pressed(what) {
    if (this.isOn) this.off();
    else if (this.button.contains(what)) this.on();
  }

  /** @param {Event} event */
  returned(event) {
    if (!this.isOn) return;
    event.preventDefault();
    event.stopPropagation();
    this.off();
  }

  /** Where the browser does not give the whole screen, the window is filled. It may give it after the light is out. */
  on() {
    this.root.classList.add("is-light");
    const given = this.root.requestFullscreen?.();
    given?.then(() => (this.isOn ? undefined : document.exitFullscreen())).catch(() => undefined);
  }

  off() {
    if (!this.isOn) return;
    this.root.classList.remove("is-light");
    if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
    this.button.focus({ preventScroll: true });
  }
}
