// @ts-check
/** Someone rang: look again. Also on connecting or failing to, on becoming visible, and every 15 s while waiting. */

const EVERY = 15_000;
const GLANCE = 5_000;

/**
 * For the screens before the camera, where the socket's 13 KB would stand in its way: look now and then.
 * @param {() => unknown} look
 * @param {() => boolean} reading such a screen is shown
 */
export function glance(look, reading) {
  const due = () => !document.hidden && reading() && look();
  document.addEventListener("visibilitychange", due);
  setInterval(due, GLANCE);
}

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
    // A pairing that has ended meanwhile is refused here; only looking tells why.
    for (const event of ["connect", "connect_error", "disconnect", "bell"]) socket.on(event, look);
  } catch {
    // The bell is only a hint; the timer and becoming visible do the same, later.
  }
}
