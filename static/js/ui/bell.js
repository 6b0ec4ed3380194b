// @ts-check
/** Someone rang: look again. Also on connecting, on becoming visible or online, and every 15 s while waiting. */

const EVERY = 15_000;

/**
 * @param {"/desk" | "/phone"} namespace
 * @param {() => unknown} look
 * @param {() => boolean} waiting a person is looking at a page that only the other side can change
 * @returns {() => void} stops listening
 */
export function listen(namespace, look, waiting) {
  const away = new AbortController();
  const visible = () => !document.hidden && look();
  document.addEventListener("visibilitychange", visible, { signal: away.signal });
  globalThis.addEventListener("online", visible, { signal: away.signal });
  const timer = setInterval(() => !document.hidden && waiting() && look(), EVERY);
  away.signal.addEventListener("abort", () => clearInterval(timer));
  connect(namespace, look, away.signal).catch(() => undefined);
  return () => away.abort();
}

/**
 * The bell is only a hint: where sockets do not get through, the timer does the same, later.
 * @param {string} namespace @param {() => unknown} look @param {AbortSignal} gone
 */
async function connect(namespace, look, gone) {
  const { io } = await import("socket.io");
  if (gone.aborted) return;
  const socket = io(namespace, { transports: ["websocket", "polling"], reconnectionDelayMax: 15_000 });
  socket.on("connect", look);
  socket.on("bell", look);
  gone.addEventListener("abort", () => socket.close());
}
