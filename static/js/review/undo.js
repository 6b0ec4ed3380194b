// @ts-check
/** Removes the offer to undo an act when its minute is over. */

export function expireUndo() {
  for (const banner of document.querySelectorAll("[data-until]")) {
    const { until, now } = /** @type {HTMLElement} */ (banner).dataset;
    setTimeout(() => banner.remove(), Math.max(0, 1000 * (Number(until) - Number(now))));
  }
}
