// @ts-check
/** A picture in its frame: a click or Z makes it larger, dragging moves it. */

/** @typedef {{x: number, y: number, left: number, top: number, moved: boolean}} Drag */

/** px that the pointer may move during a click. */
const STILL = 5;

export function sheets() {
  for (const sheet of document.querySelectorAll("figure.viewer[data-item]")) begin(/** @type {HTMLElement} */ (sheet));
}

/**
 * @param {HTMLElement} sheet larger, or as it was; `x`, `y`: the point (0–1 of the picture) that stays in the middle
 */
export function zoom(sheet, x = 0.5, y = 0.4) {
  const scene = sceneOf(sheet);
  const on = scene.classList.toggle("is-zoomed");
  sheet.querySelector("[data-zoom]")?.setAttribute("aria-pressed", String(on));
  if (on)
    scene.scrollTo(x * scene.scrollWidth - scene.clientWidth / 2, y * scene.scrollHeight - scene.clientHeight / 2);
}

/** @param {Element} sheet */
export function sceneOf(sheet) {
  return /** @type {HTMLElement} */ (sheet.querySelector(".viewer-window"));
}

/** @param {HTMLElement} sheet */
function begin(sheet) {
  const button = /** @type {HTMLElement | null} */ (sheet.querySelector("[data-zoom]"));
  if (button) button.hidden = false;
  button?.addEventListener("click", () => zoom(sheet));
  const scene = sceneOf(sheet);
  /** @type {Drag | null} */
  let drag = null;
  scene.addEventListener("dragstart", (event) => event.preventDefault());
  scene.addEventListener("pointerdown", ({ clientX: x, clientY: y, button: pressed, pointerType }) => {
    if (pressed !== 0 || scene.classList.contains("is-drawing") || pointerType === "touch") return;
    drag = { x, y, left: scene.scrollLeft, top: scene.scrollTop, moved: false };
  });
  scene.addEventListener("pointermove", (event) => drag && move(scene, drag, event));
  const end = () => setTimeout(() => (drag = null));
  scene.addEventListener("pointerup", end);
  scene.addEventListener("pointerleave", end);
  scene.addEventListener("click", (event) => {
    if (drag?.moved || scene.classList.contains("is-drawing") || onDrawn(event.target)) return;
    const paper = /** @type {HTMLElement} */ (scene.firstElementChild).getBoundingClientRect();
    zoom(sheet, (event.clientX - paper.left) / paper.width, (event.clientY - paper.top) / paper.height);
  });
}

/** @param {HTMLElement} scene @param {Drag} drag @param {PointerEvent} event */
function move(scene, drag, { clientX, clientY }) {
  drag.moved ||= Math.hypot(clientX - drag.x, clientY - drag.y) > STILL;
  if (drag.moved) scene.scrollTo(drag.left - (clientX - drag.x), drag.top - (clientY - drag.y));
}

/** @param {EventTarget | null} target */
function onDrawn(target) {
  return target instanceof Element && target.closest(".drawn") !== null;
}
