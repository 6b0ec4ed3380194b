// @ts-check
/** What the worker detects in a picture. One worker for the visit: started once, asked one frame at a time. */

import { canDetect, worthLoading } from "guidance/capability";
import { isCached } from "ui/storage";

/**
 * @import { Background } from "guidance/background"
 * @import { Face } from "guidance/faces"
 * @import { Light } from "guidance/light"
 * @import { Measuring } from "guidance/limits"
 * @import { Pack } from "pairing/api"
 */

/**
 * @typedef {{faces: Face[], light: Light | null, background: Background | null, ms: number}} Detection
 *   in px of the frame
 * @typedef {{background?: boolean, light?: boolean}} Measured what to measure besides the faces
 * @typedef {{x: number, y: number, width: number, height: number}} SourceArea px of the source
 */

/** After this long the plain guide stays: the upload must not wait for a link that is still loading the detector. */
const PATIENCE = 30_000;

/** @type {Promise<Detector> | null} */
let opening = null;

/**
 * The detector, loaded with the first call.
 * @param {Measuring} measuring of the pack @returns {Promise<Detector>} @throws where it is not worth it, or not
 *   possible
 */
export function openDetector(measuring) {
  opening ??= begin(measuring).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** Cancels the loading, so that the upload has the link for itself. */
export let cancelLoading = () => {};

/** @param {Measuring} measuring @returns {Promise<Detector>} */
async function begin(measuring) {
  const addresses = addressesOf(document);
  if (!canDetect() || !worthLoading(/** @type {any} */ (navigator), await isCached(addresses.tensorflow)))
    throw new Error("not worth it");
  const worker = new Worker(addresses.worker, { type: "module" });
  return new Promise((resolve, reject) => {
    const fail = (/** @type {unknown} */ why) => {
      clearTimeout(timer);
      worker.terminate();
      reject(why);
    };
    const timer = setTimeout(fail, PATIENCE, new Error("slow"));
    cancelLoading = () => fail(new Error("left"));
    worker.onerror = fail;
    worker.onmessage = ({ data }) => {
      if (data.failed) return fail(new Error(data.failed));
      cancelLoading = () => {};
      clearTimeout(timer);
      resolve(new Detector(worker));
    };
    worker.postMessage({ ...addresses, measuring });
  });
}

/** Written by the server, since they carry hashes. @param {Document} page @returns {any} */
function addressesOf(page) {
  const { worker, tensorflow, wasm, face, faceBin, person, personBin } = /** @type {HTMLElement} */ (
    page.getElementById("live")
  ).dataset;
  return { worker, tensorflow, wasm, face: [face, faceBin], person: [person, personBin] };
}

export class Detector {
  /** @param {Worker} worker */
  constructor(worker) {
    this.worker = worker;
    this.asked = 0;
    /** @type {HTMLCanvasElement} */
    this.canvas = document.createElement("canvas");
    this.last = Promise.resolve();
  }

  /**
   * One at a time, in the order asked.
   * @param {CanvasImageSource} source @param {SourceArea} area what of it to look at
   * @param {Pack["crop"]} crop its size in the registered picture, and where a face should be
   * @param {Measured} measured @returns {Promise<Detection>}
   */
  look(source, area, crop, measured) {
    const pen = this.draw(source, area, crop);
    const pixels = pen.getImageData(0, 0, crop.width, crop.height).data.buffer;
    const order = {
      id: ++this.asked,
      pixels,
      width: crop.width,
      height: crop.height,
      background: false,
      light: false,
      ...measured,
      oval: crop.oval,
    };
    const answer = this.last.then(() => this.ask(order));
    this.last = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  }

  /** @param {CanvasImageSource} source @param {SourceArea} area @param {{width: number, height: number}} size */
  draw(source, area, { width, height }) {
    if (this.canvas.width !== width) Object.assign(this.canvas, { width, height });
    const pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d", { willReadFrequently: true }));
    // Without it a reduction to a third looks sharper than it is.
    pen.imageSmoothingQuality = "medium";
    pen.drawImage(source, area.x, area.y, area.width, area.height, 0, 0, width, height);
    return pen;
  }

  /** @param {{id: number, pixels: ArrayBuffer}} order @returns {Promise<Detection>} */
  ask(order) {
    return new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }) => {
        if (data.id !== order.id) return;
        if (data.failed) reject(new Error(data.failed));
        else resolve(data);
      };
      this.worker.postMessage(order, [order.pixels]);
    });
  }
}
