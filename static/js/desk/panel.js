// @ts-check
/** A panel shows what the server says: it is fetched again when something may have changed, and swapped when it did. */

/** ms: longer than any press takes, and what its click may come after it. */
const PRESS = 10_000;
const CLICK = 50;

/** Settled while nothing is pressed: a button that is replaced under a finger does nothing. */
let pressed = Promise.resolve();

addEventListener("pointerdown", () => {
  pressed = new Promise((released) => {
    const listening = new AbortController();
    const soon = () => {
      listening.abort();
      setTimeout(released, CLICK);
    };
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, soon, { signal: listening.signal });
    setTimeout(released, PRESS);
  });
});

export class Panel {
  /**
   * @param {HTMLElement} panel with `data-panel`, the address of its inside; with `data-leaving` a form is being sent,
   * whose answer is the next page: loading this one again would take its place
   * @param {() => void} swapped called after every change
   */
  constructor(panel, swapped) {
    this.panel = panel;
    this.swapped = swapped;
    this.last = "";
    this.running = false;
    this.again = false;
  }

  /** Look again; calls during a fetch cause one more fetch after it. @returns {Promise<void>} */
  async look() {
    this.again = this.running;
    if (this.running) return;
    this.running = true;
    try {
      await this.refresh();
    } finally {
      this.running = false;
    }
    if (this.again) await this.look();
  }

  async refresh() {
    const address = /** @type {string} */ (this.panel.dataset.panel);
    const answer = await fetch(address, { headers: { "X-Poll": "1" } }).catch(() => null);
    if (!answer) return;
    if (answer.redirected || answer.status === 401 || answer.status === 409) return this.loadPage();
    if (!answer.ok) return;
    const html = await answer.text();
    await pressed;
    this.take(html);
  }

  loadPage() {
    if (!this.panel.dataset.leaving) location.reload();
  }

  /** @param {string} html */
  take(html) {
    if (html === this.last) return;
    const first = this.last === "";
    this.last = html;
    if (first && same(this.panel, html)) return;
    swapPanel(this.panel, html);
    this.swapped();
  }
}

/**
 * Put new content in place; elements marked `data-keep` stay the ones they were, and so does the focus. Another step
 * is read from its top, and has the focus when the button that was pressed is gone.
 * @param {HTMLElement} panel @param {string} html
 */
function swapPanel(panel, html) {
  const focused = document.activeElement?.id;
  const step = stepOf(panel);
  const fresh = parse(html);
  for (const kept of panel.querySelectorAll("[data-keep]")) {
    fresh.querySelector(`#${kept.id}`)?.replaceWith(kept);
  }
  panel.replaceChildren(fresh);
  if (focused) document.getElementById(focused)?.focus();
  if (stepOf(panel) === step) return;
  panel.scrollTop = 0;
  if (document.activeElement === document.body)
    /** @type {HTMLElement?} */ (panel.querySelector("[autofocus]"))?.focus();
}

/** What is to be done now, by its heading. @param {HTMLElement} panel */
const stepOf = (panel) => panel.querySelector("[autofocus]")?.textContent;

/**
 * Whether the page was delivered with just this content, scripts' own changes aside.
 * @param {HTMLElement} panel @param {string} html
 */
function same(panel, html) {
  return skeleton(panel) === skeleton(parse(html));
}

/** @param {ParentNode} root */
function skeleton(root) {
  const copy = document.createElement("div");
  copy.append(...[...root.childNodes].map((node) => node.cloneNode(true)));
  for (const kept of copy.querySelectorAll("[data-keep]")) kept.replaceChildren();
  return copy.textContent?.replace(/\s+/g, " ").trim();
}

/** @param {string} html @returns {DocumentFragment} */
function parse(html) {
  return document.createRange().createContextualFragment(html);
}
