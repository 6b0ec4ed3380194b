// @ts-check
/** The QR code and the code to type: fetched, counted down, changed by itself while somebody looks at it. */

import { post } from "desk/post";

/**
 * @typedef {{svg: string, url: string, typed: string, number: number, seconds: number, rotate_after: number}} Code
 * `number` counts the codes to type of this pairing
 */

/** @type {{url: string, number: number, bornAt: number, seconds: number, rotateAfter: number} | null} */
let shown = null;
let fetching = false;
/** No next try before this, by `performance.now()`: no rapid retries after a refusal or a network error. */
let notBefore = 0;

/** The link that the code on the page holds, empty when there is none. */
export const codeLink = () => shown?.url ?? "";

/**
 * Renew the code on the page in time; called once a second and after every swap.
 * @param {() => void} moved called when the pairing turns out to be claimed
 */
export async function tendCode(moved) {
  const box = document.getElementById("qr");
  if (!box) {
    shown = null;
    return;
  }
  if (!box.getClientRects().length) return; // on a phone nobody has asked for it
  draw(box);
  const age = shown ? (performance.now() - shown.bornAt) / 1000 : Infinity;
  const due = !shown || age >= shown.rotateAfter || usedUp(box, shown.number) || !box.querySelector("img");
  if (due && !document.hidden && !fetching && performance.now() >= notBefore) await renew(box, moved);
}

/** The server has drawn another code to type than the one that is shown. @param {HTMLElement} box @param {number} number */
function usedUp(box, number) {
  return number < Number(box.parentElement?.dataset.number);
}

/** @param {HTMLElement} box @param {() => void} moved */
async function renew(box, moved) {
  fetching = true;
  const asked = performance.now();
  try {
    const answer = await post(/** @type {string} */ (box.dataset.code));
    if (answer.ok) await show(box, await answer.json(), asked);
    else later(box, answer, moved);
  } catch {
    notBefore = performance.now() + 5_000;
    if (!shown) say(box, box.dataset.failed);
  } finally {
    fetching = false;
  }
}

/** @param {HTMLElement} box @param {Response} answer @param {() => void} moved */
async function later(box, answer, moved) {
  notBefore = performance.now() + 1000 * (Number(answer.headers.get("Retry-After")) || 5);
  const said = await answer.json().catch(() => null);
  if (answer.status === 409 || answer.status === 401) moved();
  else say(box, said?.error?.text ?? box.dataset.failed);
}

/** The code before stays until this one can be read. @param {HTMLElement} box @param {Code} code @param {number} asked */
async function show(box, code, asked) {
  const picture = await image(code.svg, box.dataset.alt ?? "");
  const { url, number, seconds, rotate_after: rotateAfter } = code;
  shown = { url, number, bornAt: asked, seconds, rotateAfter };
  box.classList.remove("is-over");
  box.replaceChildren(picture);
  const typed = document.getElementById("typed");
  if (typed) typed.textContent = code.typed;
  draw(box);
}

/**
 * An image on a white of its own: what darkens or inverts pages leaves images as they are.
 * @param {string} svg @param {string} alt @returns {Promise<HTMLImageElement>} ready to be painted
 */
async function image(svg, alt) {
  const picture = new Image();
  picture.alt = alt;
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await new Promise((resolve) => {
    picture.onload = picture.onerror = resolve;
    picture.src = address;
  });
  URL.revokeObjectURL(address);
  return picture;
}

/** @param {HTMLElement} box the seconds left, and the word when there are none */
function draw(box) {
  const left = shown ? Math.max(0, Math.ceil(shown.seconds - (performance.now() - shown.bornAt) / 1000)) : 0;
  const seconds = document.getElementById("seconds");
  if (seconds && shown) seconds.textContent = String(left);
  const bar = /** @type {HTMLProgressElement | null} */ (document.getElementById("left"));
  if (bar && shown) bar.value = (100 * left) / shown.seconds;
  document.querySelector("#countdown .countdown")?.classList.toggle("is-soon", left < 15);
  if (shown && left === 0) say(box, box.dataset.over);
}

/** @param {HTMLElement} box @param {string | undefined} words lie over the code, which no longer counts */
function say(box, words) {
  box.classList.add("is-over");
  box.querySelector(".waiting")?.remove();
  const over = box.querySelector(".qr-over") ?? box.appendChild(document.createElement("div"));
  over.className = "qr-over";
  if (over.textContent !== words) over.textContent = words ?? "";
}
