// @ts-check
/** The screen stays on while the camera is open. The lock is lost when the page is hidden, and requested again. */

export function keepAwake() {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  let stopped = false;
  const take = async () => {
    if (stopped || document.hidden || !("wakeLock" in navigator)) return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
    if (stopped) release();
  };
  const release = () => lock?.release().catch(() => undefined);
  const stop = () => {
    stopped = true;
    document.removeEventListener("visibilitychange", take);
    release();
  };
  document.addEventListener("visibilitychange", take);
  take();
  return { stop };
}
