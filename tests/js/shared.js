// What tests/shared/measures.json describes, painted for the phone's modules. As tests/imaging/shared_pictures.py.
import { readFileSync } from "node:fs";

const read = (name) => JSON.parse(readFileSync(new URL(`../shared/${name}.json`, import.meta.url), "utf8"));
export const PHONE_PACK = read("phone-pack");
export const SHARED = read("measures");
const [WIDTH, HEIGHT] = [480, 640];
const SIDE = 256;

/** Whether a layer covers this place. */
function covers({ all, rect, ellipse, from = 0 }, x, y) {
  if (all) return true;
  if (rect) return x >= rect[0] && y >= rect[1] && x < rect[2] && y < rect[3];
  const [cx, cy, rx, ry] = ellipse;
  return x >= from && ((x - cx) * ry) ** 2 + ((y - cy) * rx) ** 2 <= (rx * ry) ** 2;
}

/** What a layer adds to its colour at this place. */
function texture({ fade = 0, ripple, stripes }, x, y) {
  let added = Math.floor((x * fade) / 100);
  if (ripple) {
    const { amplitude, period } = ripple;
    added += Math.floor((amplitude * (2 * Math.abs(2 * ((x + 2 * y) % period) - period) - period)) / period);
  }
  return stripes && Math.floor(x / stripes.period) % 2 ? added + stripes.amplitude : added;
}

/** The picture as a frame of the video. */
export function frameOf({ layers }) {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  for (const layer of layers)
    for (let y = 0, i = 0; y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++, i += 4)
        if (covers(layer, x, y)) {
          const added = texture(layer, x, y);
          for (let channel = 0; channel < 3; channel++) data[i + channel] = layer.rgb[channel] + added;
        }
  return { data, width: WIDTH, height: HEIGHT };
}

/** What the network would say where people are: 0 to 1 in each cell; a later layer counts where it is higher. */
export function silhouetteOf({ silhouette }) {
  const values = new Float32Array(SIDE ** 2);
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) {
      const [x, y] = [Math.floor(((2 * column + 1) * WIDTH) / 512), Math.floor(((2 * row + 1) * HEIGHT) / 512)];
      const levels = silhouette.filter((layer) => covers(layer, x, y)).map(({ level }) => level / 255);
      values[row * SIDE + column] = Math.max(0, ...levels);
    }
  return { values, side: SIDE };
}

/** What the network of faces would say: 896 × 17, score first. */
export function objectsOf({ found }) {
  const objects = new Float32Array(896 * 17).fill(-20);
  for (const { anchor, score, numbers } of found) objects.set([score, ...numbers], anchor * 17);
  return objects;
}
