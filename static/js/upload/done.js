// @ts-check
/** Screen 5: it has arrived. */

import { findingsList, worthSaying } from "camera/findings";
import { el } from "ui/dom";
import { banner, button, linkButton } from "ui/screens";
import { t } from "ui/texts";

/**
 * @import { State } from "pairing/api"
 * @import { View } from "ui/screens"
 */

/**
 * @param {State} state
 * @param {() => unknown} onRetake
 * @returns {View}
 */
export function doneView(state, onRetake) {
  const findings = state.capture?.report?.findings ?? [];
  const retake = button(t("look.retake"), onRetake, "secondary");
  return {
    name: "done",
    step: 4,
    title: t(state.alone ? "done.alone" : "done.title"),
    say: t("done.received"),
    body: [
      banner("good", el("p", {}, t("done.received"))),
      el("p", {}, t(state.alone ? "done.next-alone" : "done.next")),
      worthSaying(findings).length > 0 && el("h3", {}, t("done.findings")),
      findingsList(findings),
    ],
    actions: state.alone ? [retake, linkButton("/apply/capture", t("done.go-on"))] : [retake],
  };
}
