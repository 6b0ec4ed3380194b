// @ts-check
/**
 * The phone's shell, for weak networks: the same bytes for everybody, no token, no picture, no personal page.
 * One cache per version of the shell, filled before it replaces the last; the page is asked from the network first.
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SHELL = "/m";
const PREFIX = "shell-";
const PATIENCE = 4000;
/** Of use, and not needed to open: kept beside the shell once fetched, and let go with it. */
const EXTRAS = ["/static/bundles/", "/static/vendor/"];

worker.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && url.pathname === SHELL) event.respondWith(shell(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(event));
});

/**
 * The newest page there is: from the network while it answers, else the last that was complete. Either way a newer
 * shell is looked for: a network too late for this page may still carry the next one.
 * @param {FetchEvent} event
 */
async function shell(event) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(SHELL, { signal: stop.signal, cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  } catch {
    return (await caches.match(SHELL, { ignoreVary: true })) ?? Response.error();
  } finally {
    clearTimeout(timer);
    event.waitUntil(fill().catch(() => undefined));
  }
}

/** Content-hashed, so what is here is right for ever. @param {FetchEvent} event */
async function asset(event) {
  const kept = await caches.match(event.request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(event.request);
  const { pathname } = new URL(event.request.url);
  if (answer.ok && EXTRAS.some((folder) => pathname.startsWith(folder)))
    event.waitUntil(keep(event.request, answer.clone()));
  return answer;
}

/** @param {Request} request @param {Response} answer */
async function keep(request, answer) {
  await alone(async () => {
    const shell = (await caches.keys()).find((name) => name.startsWith(PREFIX));
    if (shell) await (await caches.open(shell)).put(request, answer).catch(() => undefined);
  });
}

/** Fetch the whole shell of this version unless it is here, then let the older ones go. */
async function fill() {
  const { version, urls } = await (await fetch("/m/assets.json", { cache: "no-store" })).json();
  const name = PREFIX + version;
  const cache = await caches.open(name);
  if (!(await cache.match(SHELL, { ignoreVary: true }))) await complete(cache, urls);
  await alone(async () => {
    for (const old of await caches.keys()) if (old.startsWith(PREFIX) && old !== name) await caches.delete(old);
  });
}

/**
 * Without another worker or request between: opening a cache by the name of one just let go would bring it back.
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  const { locks } = worker.navigator;
  await (locks ? locks.request("shell", work) : work());
}

/** @param {Cache} cache @param {string[]} urls the page last: a cache that has it has everything */
async function complete(cache, urls) {
  await cache.addAll(urls.filter((url) => url !== SHELL));
  await cache.add(new Request(SHELL, { cache: "no-store", credentials: "omit" }));
}
