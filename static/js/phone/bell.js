// @ts-check
/** Someone rang: look again. Also on connecting, on becoming visible, and every 15 s while waiting. */

const EVERY = 15_000;

/**
 * @param {() => unknown} look
 * @param {() => boolean} waiting a person is looking at a screen that only the other side can change
 */
export async function listen(look, waiting) {
  const visible = () => !document.hidden && look();
  document.addEventListener("visibilitychange", visible);
  globalThis.addEventListener("online", visible);
  setInterval(() => !document.hidden && waiting() && look(), EVERY);
  try {
    const { io } = await import("socket.io");
    const socket = io("/phone", { transports: ["websocket", "polling"], reconnectionDelayMax: 15_000 });
    socket.on("connect", look);
    socket.on("bell", look);
  } catch {
    // The bell is only a hint; the timer and becoming visible do the same, later.
  }
}
