// @ts-check
/** The judge's files, at low priority, in a way that can be stopped. */

/** ms for each file: on a link that is slower the plain guide stays. */
const PATIENCE = 30_000;

let stop = new AbortController();

/** Cancels the loading, so that the upload has the link for itself. What has come stays. */
export function cancelLoading() {
  stop.abort();
  stop = new AbortController();
}

/**
 * One after another, so that calls of the page get through in between.
 * @param {string[]} addresses @returns {Promise<ArrayBuffer[]>} @throws when the loading is cancelled
 */
export async function inTurn(addresses) {
  const files = [];
  const { signal } = stop;
  for (const address of addresses) files.push(await fetched(address, signal));
  return files;
}

/** @param {string} address @param {AbortSignal} signal @returns {Promise<ArrayBuffer>} */
async function fetched(address, signal) {
  const late = new AbortController();
  const give = () => late.abort();
  const timer = setTimeout(give, PATIENCE);
  signal.addEventListener("abort", give);
  try {
    signal.throwIfAborted();
    const answer = await fetch(address, { priority: "low", signal: late.signal });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return await answer.arrayBuffer();
  } finally {
    clearTimeout(timer);
  }
}
