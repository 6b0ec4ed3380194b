// @ts-check
/** The next case's pictures are fetched while this one is looked at, and lie ready when it opens. */

/** address → a picture in memory. @type {Map<string, string>} */
const ready = new Map();

/** Fetch what the next case will show. */
export async function prefetchNext() {
  const main = /** @type {HTMLElement | null} */ (document.querySelector("[data-ahead]"));
  for (const address of (main?.dataset.ahead ?? "").split(" ").filter(Boolean))
    await fetchPicture(address).catch(() => undefined);
}

/** Follow to another case without leaving the page: a link, or the answer to a decision. @param {() => void} shown */
export function followLinks(shown) {
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a[rel=next], a[rel=prev]");
    if (
      !(link instanceof HTMLAnchorElement) ||
      !document.querySelector(".case") ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey
    )
      return;
    event.preventDefault();
    go(link.href, {}, shown);
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.id !== "decide" || event.defaultPrevented) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    go(form.action, { method: "POST", body: new URLSearchParams(/** @type {any} */ (body)) }, shown);
  });
  addEventListener("popstate", () => location.reload());
}

let going = false;

/** @param {string} address @param {RequestInit} request @param {() => void} shown */
async function go(address, request, shown) {
  if (going) return;
  going = true;
  try {
    const answer = await fetch(address, request);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // The list is shown as it came: what it says about the act it says once.
    if (!page.querySelector(".case, form.filters") || !document.querySelector(".case"))
      return location.assign(answer.redirected ? answer.url : "/review");
    if (answer.redirected || !request.method) history.pushState(null, "", answer.url);
    show(page, shown);
  } catch {
    location.reload();
  } finally {
    going = false;
  }
}

/** @param {Document} page @param {() => void} shown */
function show(page, shown) {
  for (const image of page.querySelectorAll("main img")) {
    const kept = ready.get(image.getAttribute("src") ?? "");
    if (kept) image.setAttribute("src", kept);
  }
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  main.replaceChildren(...document.adoptNode(/** @type {HTMLElement} */ (page.querySelector("main"))).childNodes);
  document.title = page.title;
  forget(main);
  scrollTo(0, 0);
  main.focus();
  shown();
}

/** What is not on the page any more is not kept in memory. @param {HTMLElement} main */
function forget(main) {
  const used = new Set([...main.querySelectorAll("img")].map((image) => image.src));
  for (const [address, kept] of ready) {
    ready.delete(address);
    if (!used.has(kept)) URL.revokeObjectURL(kept);
  }
}

/** @param {string} address */
async function fetchPicture(address) {
  if (ready.has(address)) return;
  const answer = await fetch(address, { headers: { "X-Poll": "1" } });
  if (answer.ok) ready.set(address, URL.createObjectURL(await answer.blob()));
}
