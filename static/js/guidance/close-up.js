// @ts-check
/** The viewfinder shows what would be registered: drawn larger; filmed nearer, or with more px, where that takes more. */

import { WHOLE_FRAME } from "camera/guide";
import { WHOLE } from "guidance/framing";
import { LensZoom } from "guidance/lens-zoom";

/**
 * @import { Viewfinder } from "camera/viewfinder"
 * @import { LiveJudge } from "guidance/live-judge"
 * @import { Size } from "guidance/crop"
 */

/** ms that a camera takes to come nearer or to film with more px, on a slow phone. */
const SETTLED = 2500;

export class CloseUp {
  /** @param {Viewfinder} viewfinder @param {LiveJudge} live @param {Size} size of the registered picture */
  constructor(viewfinder, live, size) {
    this.viewfinder = viewfinder;
    this.live = live;
    this.size = size;
    this.shown = WHOLE;
    this.lens = new LensZoom();
    this.changed = -Infinity;
  }

  /** @param {boolean} green then the lens is left alone @param {number} now ms */
  follow(green, now) {
    const { viewfinder, live, size } = this;
    const { view, longest } = live.framing;
    const part = { left: view.left / size.width, top: view.top / size.height, scale: view.scale };
    if (view !== this.shown) viewfinder.showPart(part);
    [this.shown, viewfinder.longest] = [view, longest];
    if (green) return;
    const nearer = this.lens.follow(viewfinder.camera.track, part, live.short, now);
    if (nearer) live.framing.lose();
    if (nearer || (live.small && this.lens.spent && viewfinder.camera.enlarge())) this.changed = now;
  }

  /** The camera is about to show more of the face: what is wrong is told after that. @param {number} now ms */
  settling(now) {
    return now - this.changed < SETTLED;
  }

  end() {
    this.viewfinder.showPart(WHOLE_FRAME);
  }
}
