// @ts-check
/** What the worker detects in a picture. One worker for the visit: started once, asked one frame at a time. */

import { isWorthLoading } from "guidance/capability";
import { inTurn } from "guidance/fetching";

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
 * @typedef {{background?: boolean, light?: boolean, corners?: boolean}} Measured what to look for besides large faces
 * @typedef {{x: number, y: number, width: number, height: number}} SourceArea px of the source
 * @typedef {{name: string, from: string[]}} Later a network and its two files
 */

/** ms for the start of what has come: after that the plain guide stays. */
const PATIENCE = 30_000;
/**
 * Where only faces are looked for, so many px of the registered picture are read as one: the network sees 128 px of the
 * height, and reading costs more than half of a look else. Faces differ by a quarter of a px.
 */
const FACES_ALONE = 2.5;

/** @type {Promise<Detector> | null} */
let opening = null;

/**
 * The detector, loaded with the first call; the networks that it can begin without come after.
 * @param {Measuring} measuring of the pack @returns {Promise<Detector>} @throws where it is not worth it, or not
 *   possible
 */
export async function openDetector(measuring) {
  opening ??= begin(measuring).catch((error) => {
    opening = null;
    throw error;
  });
  const detector = await opening;
  detector.loadMore();
  return detector;
}

/** @param {Measuring} measuring @returns {Promise<Detector>} */
async function begin(measuring) {
  if (!(await isWorthLoading())) throw new Error("not worth it");
  const { worker, tensorflow, wasm, face, person, landmarks } = addressesOf(document);
  // The worker names these two again, and gets them from the browser's cache.
  await inTurn([tensorflow, wasm]);
  const files = await inTurn(face);
  const needs = { tensorflow, wasm, files, measuring };
  const later = [
    { name: "person", from: person },
    { name: "landmarks", from: landmarks },
  ];
  return new Detector(await started(new Worker(worker, { type: "module" }), needs), later);
}

/** @param {Worker} worker @param {object} needs @returns {Promise<Worker>} once it can detect */
function started(worker, needs) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {unknown} */ why) => {
      clearTimeout(timer);
      worker.terminate();
      reject(why);
    };
    const timer = setTimeout(fail, PATIENCE, new Error("slow"));
    worker.onerror = fail;
    worker.onmessage = ({ data }) => {
      if (data.failed) return fail(new Error(data.failed));
      clearTimeout(timer);
      resolve(worker);
    };
    worker.postMessage(needs);
  });
}

/** Written by the server, since they carry hashes. @param {Document} page @returns {any} */
function addressesOf(page) {
  const from = /** @type {HTMLElement} */ (page.getElementById("live")).dataset;
  const files = (/** @type {string} */ name) => [from[name], from[`${name}Bin`]];
  const [face, person, landmarks] = ["face", "person", "landmarks"].map(files);
  return { ...from, face, person, landmarks };
}

export class Detector {
  /** @param {Worker} worker @param {Later[]} later in the order in which they are wanted */
  constructor(worker, later) {
    this.worker = worker;
    this.later = later;
    this.loading = false;
    this.asked = 0;
    /** One for each size. @type {Record<number, CanvasRenderingContext2D>} */
    this.pens = {};
    this.last = Promise.resolve();
  }

  /** Load what is not there yet; where that fails, or is cancelled, it is measured without. */
  async loadMore() {
    if (this.loading) return;
    this.loading = true;
    try {
      for (; this.later.length; this.later.shift()) {
        const [{ name, from }] = this.later;
        const files = await inTurn(from);
        this.worker.postMessage({ name, files }, files);
      }
    } catch {
      // The next who opens the detector tries again.
    } finally {
      this.loading = false;
    }
  }

  /**
   * One at a time, in the order asked.
   * @param {CanvasImageSource} source @param {SourceArea} area what of it to look at
   * @param {Pack["crop"]} crop its size in the registered picture, and where a face should be
   * @param {Measured} measured @returns {Promise<Detection>}
   */
  look(source, area, crop, measured) {
    const scale = Object.values(measured).some(Boolean) ? 1 : FACES_ALONE;
    const [width, height] = [crop.width, crop.height].map((px) => Math.round(px / scale));
    const pixels = this.draw(source, area, { width, height }).getImageData(0, 0, width, height).data.buffer;
    const order = {
      id: ++this.asked,
      pixels,
      width,
      height,
      scale: crop.width / width,
      background: false,
      light: false,
      corners: false,
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
    this.pens[width] ??= penOf(width, height);
    const pen = this.pens[width];
    pen.drawImage(source, area.x, area.y, area.width, area.height, 0, 0, width, height);
    return pen;
  }

  /** What was drawn last at this width. @param {number} width px @returns {HTMLCanvasElement} */
  drawnAt(width) {
    return this.pens[width].canvas;
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

/** @param {number} width @param {number} height @returns {CanvasRenderingContext2D} */
function penOf(width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  // Without it a reduction to a third looks sharper than it is.
  pen.imageSmoothingQuality = "medium";
  return pen;
}
