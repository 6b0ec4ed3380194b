// @ts-check
/** A panel shows what the server says: it is fetched again when something may have changed, and swapped when it did. */

/**
 * @param {HTMLElement} panel with `data-panel`, the address of its inside; with `data-leaving` a form is being sent, whose
 *   answer is the next page: loading this one again would take its place
 * @param {() => void} swapped called after every change
 * @returns {() => Promise<void>} look again; calls that come while one runs are folded into one more
 */
export function watchPanel(panel, swapped) {
  let last = "";
  let running = false;
  let again = false;

  async function look() {
    again = running;
    if (running) return;
    running = true;
    try {
      await refresh();
    } finally {
      running = false;
    }
    if (again) await look();
  }

  async function refresh() {
    const answer = await fetch(/** @type {string} */ (panel.dataset.panel), { headers: { "X-Poll": "1" } }).catch(() => null);
    if (!answer) return;
    if (answer.redirected || answer.status === 401 || answer.status === 409) return panel.dataset.leaving ? undefined : location.reload();
    if (!answer.ok) return;
    const html = await answer.text();
    if (html === last) return;
    const first = last === "";
    last = html;
    if (first && same(panel, html)) return;
    swapPanel(panel, html);
    swapped();
  }

  return look;
}

/**
 * Put new content in place; elements marked `data-keep` stay the ones they were, and so does the focus.
 * @param {HTMLElement} panel @param {string} html
 */
function swapPanel(panel, html) {
  const focused = document.activeElement?.id;
  const fresh = parse(html);
  for (const kept of panel.querySelectorAll("[data-keep]")) {
    fresh.querySelector(`#${kept.id}`)?.replaceWith(kept);
  }
  panel.replaceChildren(fresh);
  if (focused) document.getElementById(focused)?.focus();
}

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
  copy.querySelectorAll("[data-keep]").forEach((kept) => kept.replaceChildren());
  return copy.textContent?.replace(/\s+/g, " ").trim();
}

/** @param {string} html @returns {DocumentFragment} */
function parse(html) {
  return document.createRange().createContextualFragment(html);
}
