// @ts-check
/** Why there is no camera, and how to get it back in this browser. */

/** @typedef {"denied" | "blocked" | "missing" | "busy" | "failed" | "insecure" | "old"} Trouble */

/** @type {Record<string, Trouble>} */
const NAMES = {
  NotAllowedError: "denied",
  PermissionDeniedError: "denied",
  SecurityError: "blocked",
  NotFoundError: "missing",
  DevicesNotFoundError: "missing",
  NotReadableError: "busy",
  TrackStartError: "busy",
  AbortError: "busy",
  TypeError: "insecure",
};

/** The one code of the closed list that the desktop and support see. @type {Record<Trouble, string>} */
export const TROUBLE_CODES = {
  denied: "camera_denied",
  blocked: "camera_denied",
  missing: "camera_missing",
  busy: "camera_busy",
  failed: "camera_failed",
  insecure: "camera_insecure",
  old: "camera_insecure",
};

/** Can this browser take a picture at all? @param {Window & typeof globalThis} [here] @returns {Trouble | null} */
export function cameraUnavailable(here = window) {
  if (here.isSecureContext === false) return "insecure";
  return typeof here.navigator.mediaDevices?.getUserMedia === "function" ? null : "old";
}

/**
 * @param {unknown} error what getUserMedia threw
 * @param {string} [permission] granted, prompt or denied, where the browser says it
 * @returns {Trouble}
 */
export function troubleOf(error, permission) {
  const trouble = NAMES[/** @type {{name?: string}} */ (error)?.name ?? ""] ?? "failed";
  return trouble === "denied" && permission === "denied" ? "blocked" : trouble;
}

/** @returns {Promise<string | undefined>} */
export async function cameraPermission() {
  const name = /** @type {PermissionName} */ ("camera");
  return navigator.permissions?.query({ name }).then(
    (status) => status.state,
    () => undefined,
  );
}

/** Which browser's instructions for "allow the camera" to show. @param {string} agent @returns {string} */
export function browserOf(agent) {
  if (/MicroMessenger/i.test(agent)) return "wechat";
  if (/QQ\/|AliApp|DingTalk|Weibo|baiduboxapp/i.test(agent)) return "inapp";
  if (/iPhone|iPad|iPod/i.test(agent)) return "ios";
  if (/Android|HarmonyOS|OpenHarmony/i.test(agent)) return "android";
  return "desktop";
}
