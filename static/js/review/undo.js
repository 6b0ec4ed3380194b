// @ts-check
/** The minute in which an act can be taken back: what is over is not offered. */

export function expireUndo() {
  for (const banner of document.querySelectorAll("[data-until]")) {
    const { until, now } = /** @type {HTMLElement} */ (banner).dataset;
    setTimeout(() => banner.remove(), Math.max(0, 1000 * (Number(until) - Number(now))));
  }
}
