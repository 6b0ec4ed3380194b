// @ts-check
/** What the checks saw, over the picture: background, landmarks, cut, each switched by itself. */

export function layers() {
  const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector("canvas.layers"));
  const toggles = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[data-layer]")]);
  if (!canvas) return;
  /** @type {Promise<ImageData> | null} */
  let seen = null;
  const show = async () => {
    const wanted = toggles.filter((toggle) => toggle.checked).map((toggle) => toggle.dataset.layer ?? "");
    canvas.hidden = !wanted.length;
    if (!wanted.length) return;
    seen ??= pixels(canvas.dataset.overlay ?? "");
    draw(canvas, await seen, wanted);
  };
  for (const toggle of toggles) {
    /** @type {HTMLElement} */ (toggle.parentElement).hidden = false;
    toggle.addEventListener("change", show);
  }
}

/** @param {string} address @returns {Promise<ImageData>} */
async function pixels(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.drawImage(image, 0, 0);
  return pen.getImageData(0, 0, image.width, image.height);
}

/** @param {HTMLCanvasElement} canvas @param {ImageData} seen @param {string[]} wanted */
function draw(canvas, seen, wanted) {
  const kept = onlyLayers(seen.data, wanted);
  canvas.width = seen.width;
  canvas.height = seen.height;
  canvas.getContext("2d")?.putImageData(new ImageData(kept, seen.width), 0, 0);
}

/** The pixels of these layers alone. @param {Uint8ClampedArray} rgba @param {string[]} wanted */
export function onlyLayers(rgba, wanted) {
  const kept = new Uint8ClampedArray(rgba);
  for (let i = 0; i < kept.length; i += 4)
    if (kept[i + 3] && !wanted.includes(layerOf(kept[i], kept[i + 1]))) kept[i + 3] = 0;
  return kept;
}

/** The colours are those of app/imaging/overlay.py; half transparent ones come back a little changed, so the strongest
 * channel decides. @param {number} red @param {number} green */
function layerOf(red, green) {
  return red > 150 ? "cut" : green > 150 ? "points" : "wall";
}
