// @ts-check
/** The PC beside the camera: its code is loaded once a phone is connected. */

/** @type {Promise<{tend: (connected: boolean) => void}> | undefined} */
let loading;

/** After each swap of the panel. @param {HTMLElement} panel */
export function tendBeside(panel) {
  const root = document.getElementById("beside");
  const connected = Boolean(panel.querySelector("[data-beside]"));
  if (!root || (!connected && !loading)) return;
  loading ??= import("desk/beside-camera").then(({ openBeside }) => openBeside(root));
  loading
    .then((beside) => beside.tend(Boolean(panel.querySelector("[data-beside]"))))
    .catch(() => {
      loading = undefined;
    });
}
