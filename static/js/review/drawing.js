// @ts-check
/** 标出位置: a rectangle on the picture, by pointer or by arrow keys, that goes with the rejection. */

import { formatRegion, isLarge, moved, parseRegion, regionBetween, resized } from "review/region";
import { sceneOf } from "review/sheet";

/** @import { Region } from "review/region" */

const STEP = 0.02;
const FIRST = { x: 0.3, y: 0.3, width: 0.4, height: 0.3 };
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

export function regionDrawing() {
  for (const button of document.querySelectorAll("[data-draw]")) new Drawing(/** @type {HTMLElement} */ (button));
}

class Drawing {
  /** @param {HTMLElement} button */
  constructor(button) {
    const sheet = /** @type {HTMLElement} */ (button.closest(".viewer"));
    this.button = button;
    this.scene = sceneOf(sheet);
    this.paper = /** @type {HTMLElement} */ (this.scene.querySelector(".viewer-picture"));
    this.box = /** @type {HTMLElement} */ (this.paper.querySelector(".drawn"));
    this.field = /** @type {HTMLInputElement} */ (document.querySelector(`input[name="region.${sheet.dataset.item}"]`));
    /** @type {Region | null} */
    this.region = parseRegion(this.field.value);
    /** @type {{x: number, y: number} | null} */
    this.from = null;
    button.hidden = false;
    this.listen();
    this.show();
  }

  listen() {
    this.button.addEventListener("click", () => this.toggle());
    this.scene.addEventListener("pointerdown", (event) => this.down(event));
    this.scene.addEventListener(
      "pointermove",
      (event) => this.from && this.put(regionBetween(this.from, this.point(event))),
    );
    this.scene.addEventListener("pointerup", () => this.up());
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  get on() {
    return this.scene.classList.contains("is-drawing");
  }

  /** Begin with a rectangle in the middle, so that keys alone are enough. */
  toggle() {
    const on = this.scene.classList.toggle("is-drawing");
    this.button.setAttribute("aria-pressed", String(on));
    if (on && !this.region) this.put(FIRST);
    if (on) this.box.focus();
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (!this.on || event.button !== 0) return;
    event.preventDefault();
    this.scene.setPointerCapture(event.pointerId);
    this.from = this.point(event);
  }

  up() {
    if (!this.from) return;
    this.from = null;
    if (this.region && !isLarge(this.region)) this.put(null);
    else setTimeout(() => this.on && this.toggle()); // after the click that ends the stroke, which would enlarge
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = ARROWS[event.key];
    if (event.key === "Delete" || event.key === "Backspace") this.put(null);
    else if (event.key === "Escape" || event.key === "Enter") this.on && this.toggle();
    else if (by && this.region) this.put((event.shiftKey ? resized : moved)(this.region, ...by));
    else return;
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  point({ clientX, clientY }) {
    const { left, top, width, height } = this.paper.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }

  /** @param {Region | null} region */
  put(region) {
    this.region = region;
    this.field.value = region ? formatRegion(region) : "";
    this.show();
  }

  show() {
    const { box, region } = this;
    box.hidden = !region;
    if (!region) return;
    box.style.left = `${100 * region.x}%`;
    box.style.top = `${100 * region.y}%`;
    box.style.width = `${100 * region.width}%`;
    box.style.height = `${100 * region.height}%`;
  }
}
