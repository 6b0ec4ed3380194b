// @ts-check
/** Screen 5: it has arrived. */

import { findingsList, worthSaying } from "camera/findings";
import { pictureFigure } from "camera/preview";
import { el } from "ui/dom";
import { banner, button, linkButton } from "ui/screens";
import { t } from "ui/texts";

/**
 * @import { Picture } from "camera/picture"
 * @import { Capture, State } from "pairing/api"
 * @import { View } from "ui/screens"
 */

/**
 * @param {State} state
 * @param {() => unknown} onRetake
 * @param {Picture} [sent] the picture that was sent, as long as this visit has it
 * @returns {View}
 */
export function doneView(state, onRetake, sent) {
  const shown = picturesOf(state.capture, sent);
  const findings = state.capture?.report?.findings ?? [];
  const retake = button(t("look.retake"), onRetake, "secondary");
  return {
    name: "done",
    step: 4,
    title: t(state.alone ? "done.alone" : "done.title"),
    say: t("done.received"),
    leave: shown?.release,
    body: [
      banner("good", el("p", {}, t("done.received"))),
      el("p", {}, t(state.alone ? "done.next-alone" : "done.next")),
      shown?.node,
      worthSaying(findings).length > 0 && el("h3", {}, t("done.findings")),
      findingsList(findings),
    ],
    actions: state.alone ? [retake, linkButton("/apply/capture", t("done.go-on"))] : [retake],
  };
}

/**
 * What the server will register, beside the original where that is still here. @param {Capture | null} capture
 * @param {Picture} [sent]
 */
function picturesOf(capture, sent) {
  if (!capture?.registered_sha256) return null;
  const original = sent?.width && capture.crop ? pictureFigure(sent) : null;
  const node = el("div");
  import("look/registered").then(
    ({ besides, fromServer, markOf }) => {
      const photo = fromServer(capture.sha256);
      const [x, y, width, height] = capture.crop ?? [];
      const mark = () => markOf({ width: 1, height: 1 }, { x, y, width, height });
      node.append(original ? besides(photo, original.node, mark()) : photo);
    },
    () => node.remove(),
  );
  return { node, release: () => original?.release() };
}
