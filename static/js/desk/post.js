// @ts-check
/** Changes that a script asks for carry the page's token, and do not extend the login: nobody pressed anything. */

/** @param {string} address @returns {Promise<Response>} */
export function post(address) {
  const token = document.querySelector("meta[name=csrf]")?.getAttribute("content") ?? "";
  return fetch(address, { method: "POST", headers: { "X-CSRF": token, "X-Poll": "1", Accept: "application/json" } });
}
