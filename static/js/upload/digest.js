// @ts-check
/** A picture is named by its SHA-256. */

/** @param {ArrayBuffer} bytes @returns {Promise<string>} 64 hex digits */
export async function sha256(bytes) {
  // Plain http on a LAN address has no crypto.subtle, but can still send a file.
  const digest = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    : (await import("sha256")).sha256(new Uint8Array(bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} hex @returns {string} the value of Repr-Digest */
export function reprDigest(hex) {
  const bytes = hex.match(/../g)?.map((pair) => parseInt(pair, 16)) ?? [];
  return `sha-256=:${btoa(String.fromCharCode(...bytes))}:`;
}
