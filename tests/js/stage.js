// A camera and its network of faces for tests of the live judge: people stand where a test puts them.
import { face, fine, LIGHT, PACK } from "./seen.js";

const { WHOLE } = await import("guidance/framing");
const { LiveJudge } = await import("guidance/live-judge");
const { transferred } = await import("guidance/placing");

const pack = { ...PACK, gate: { min_width: 600 } };
const FRAME = { x: 0, y: 0, width: 2160, height: 2880 };

/** A camera and a network of faces: who stands where in the whole frame, seen when it is large enough. */
class Stage {
  constructor(frame = FRAME) {
    this.faces = [face()];
    this.landmarks = true;
    this.behind = { hair: 75, rough: 3, colours: [[235, 235, 235]] };
    this.frame = frame;
    this.looks = [];
    /** What a look with more than faces takes. */
    this.slow = 1;
  }

  look(_source, area, crop, asked) {
    const by = this.frame.width / crop.width;
    const at = {
      left: (area.x - this.frame.x) / by,
      top: (area.y - this.frame.y) / by,
      scale: this.frame.width / area.width,
    };
    this.looks.push({ ...at, ...asked });
    const seen = this.faces.map((each) => transferred(each, WHOLE, at)).filter(visible(asked.corners ? 20 : 70));
    const [first, ...rest] = seen;
    const hair = (y) => (y - at.top) * at.scale;
    return Promise.resolve({
      faces: first && this.landmarks ? [fine(first), ...rest] : seen,
      light: asked.light ? { ...LIGHT, ...this.lit } : null,
      background: asked.background && this.behind ? { ...this.behind, hair: hair(this.hair ?? 75) } : null,
      ms: asked.light || asked.background ? this.slow : 1,
    });
  }
}

const visible =
  (least) =>
  ({ box }) =>
    box[2] - box[0] >= least && box[2] > 0 && box[0] < 480 && box[1] < 640 && box[3] > 0;

/** A face `share` as wide as the good one, with its eyes at y. */
export const standing = (size, { x = 240, y = 250 } = {}) => face({ x, y, size });

/** Look for so many ms, 20 times a second. */
export async function watched(stage, ms = 2000, live = new LiveJudge(stage, pack)) {
  const source = { videoWidth: stage.frame.width, videoHeight: stage.frame.height };
  const told = [];
  for (let now = live.now ?? 0, end = now + ms; now < end; now += 50) {
    live.learn(await live.look(source, now), now);
    told.push(live.wanted(now)?.check);
    live.now = now;
  }
  return { live, told };
}

/** One face: its size, where its eyes are, and where its hair ends. */
export const at = (size, place, hair) => {
  const stage = new Stage();
  stage.faces = [standing(size, place)];
  stage.hair = hair ?? (place?.y ?? 250) - 175 * size;
  return stage;
};
