// What a phone's judge sees in tests: a pack, a good face, and a judge that has looked at it.
import "./resolve.js";
import { readFileSync } from "node:fs";

const { headOf } = await import("guidance/head");
const { measures } = await import("guidance/measures");
const { Judge } = await import("guidance/judge");

const CHECKS = {
  single_face: [1, 1],
  eye_line: [200, 300],
  face_width: [180, 300],
  hair_line: [50, 110, "warn"],
  centring: [null, 0.06, "warn"],
  inter_eye_distance: [70, null],
  roll: [-8, 8],
  yaw: [-15, 15, "refuse", "hint"],
  under_exposure: [null, 0.25],
  over_exposure: [null, 0.25],
  luminance_mean: [0.2, 0.8, "warn"],
  illumination_uniformity: [40, null],
  background_uniformity: [null, 30, "refuse", "coarse"],
  background_colour: [null, 20, "warn", "coarse"],
  sharpness: [0.3, null],
};
const rule = ([low, high, severity = "refuse", phone = "yes"]) => ({ low, high, severity, phone, advice: {} });
/** How the server and the phone measure: what the rule pack brings of app/imaging/measuring.toml. */
export const { measuring: MEASURING } = JSON.parse(
  readFileSync(new URL("../shared/phone-pack.json", import.meta.url), "utf8"),
);
export const PACK = {
  margin: 0.03,
  coarse_margin: 0.1,
  crop: { width: 480, height: 640 },
  background: [[255, 255, 255]],
  measuring: MEASURING,
  checks: Object.fromEntries(Object.entries(CHECKS).map(([name, limits]) => [name, rule(limits)])),
};

/** A face 216 px wide in the middle of 480×640, with its eyes at 250. */
export const face = ({ x = 240, y = 250, size = 1, score = 0.9 } = {}) => {
  const at = (dx, dy) => [x + dx * size, y + dy * size];
  return {
    box: [...at(-116, -70), ...at(116, 162)],
    points: [at(-50, 0), at(50, 0), at(0, 60), at(0, 110), at(-103, 20), at(103, 20)],
    score,
  };
};
/** With its landmarks: the irises in the middles of the eyes, the sides as far apart as the head is wide. */
export const fine = (seen) => {
  const [left, right] = seen.points;
  const { centre, width } = headOf(seen);
  const side = (way) => [centre + (way * width) / 2, seen.points[4][1]];
  return { ...seen, points: [...seen.points, left, right, side(-1), side(1)], look: { yaw: 0, opening: 0.08 } };
};
export const LIGHT = { under: 0.01, over: 0, mean: 0.55, even: 85, sharp: 0.45 };
export const BACKGROUND = { hair: 75, rough: 3, colours: [[235, 235, 235]] };
export const seen = (more = {}) =>
  measures({ faces: [face()], light: LIGHT, background: BACKGROUND, ms: 0, ...more }, PACK, 2);

/** A judge that has looked at the same for a while. */
export const judged = (found, frames = 8) => {
  const judge = new Judge(PACK);
  for (let i = 0; i < frames; i++) judge.take(found, i * 40);
  return judge;
};
