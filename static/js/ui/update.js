// @ts-check
/**
 * Installs the service worker, and reloads the page when a newer version is there: never during capture or with an
 * unsent picture.
 */

/** @type {string | null} */
let running = null;

/** @param {() => boolean} idle nothing would be lost by a reload */
export async function updateWhenIdle(idle) {
  // Browsers refuse it under a self-signed certificate; the page works the same without.
  navigator.serviceWorker?.register("/sw.js", { scope: "/m" }).catch(() => undefined);
  running = await version();
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden || !running) return;
    const now = await version();
    if (now && now !== running && idle()) location.reload();
  });
}

/** @returns {Promise<string | null>} */
async function version() {
  try {
    return (await (await fetch("/m/assets.json", { cache: "no-store" })).json()).version;
  } catch {
    return null;
  }
}
