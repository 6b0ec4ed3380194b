// @ts-check
/**
 * The bell: a hint from the server that something has changed, without content. The page then fetches the
 * state; it does the same when it becomes visible or online, and every 15 s while it waits for the other side.
 */

/** @import { Socket } from "socket.io" */

const EVERY = 15_000;
const GLANCE = 5_000;

/** @type {(socket: Socket) => void} */
let opened;

/** This page's socket, once `listen` has opened it: for what is passed on to the other side. @type {Promise<Socket>} */
export const pageSocket = new Promise((resolve) => {
  opened = resolve;
});

/**
 * @param {"/desk" | "/phone"} namespace
 * @param {() => unknown} look
 * @param {() => boolean} waiting a person is looking at a page that only the other side can change
 * @param {string[]} [events] of the socket that ask for a look
 */
export function listen(namespace, look, waiting, events = ["connect", "bell"]) {
  const visible = () => !document.hidden && look();
  document.addEventListener("visibilitychange", visible);
  globalThis.addEventListener("online", visible);
  setInterval(() => !document.hidden && waiting() && look(), EVERY);
  // Without a socket the timer does the same, later.
  connect(namespace, look, events).catch(() => undefined);
}

/**
 * For the screens before the camera, where the socket's 13 KB would delay it: look every 5 s.
 * @param {() => unknown} look
 * @param {() => boolean} reading such a screen is shown
 */
export function glance(look, reading) {
  const due = () => !document.hidden && reading() && look();
  document.addEventListener("visibilitychange", due);
  setInterval(due, GLANCE);
}

/** @param {string} namespace @param {() => unknown} look @param {string[]} events */
async function connect(namespace, look, events) {
  const { io } = await import("socket.io");
  const socket = io(namespace, { transports: ["websocket", "polling"], reconnectionDelayMax: 15_000 });
  for (const event of events) socket.on(event, look);
  opened(socket);
}
