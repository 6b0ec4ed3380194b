// @ts-check
/** The picture of a document, to check that everything can be read: use it or take it again. */

import { pictureFigure } from "camera/preview";
import { el } from "ui/dom";
import { banner, button } from "ui/screens";
import { language, t } from "ui/texts";
import { keepOpen } from "upload/keep-open";

/**
 * @import { Slot } from "pairing/api"
 * @import { View } from "ui/screens"
 * @import { Sendable } from "upload/send"
 */

/**
 * @param {Slot} slot
 * @param {Sendable} picture
 * @param {{words?: string, earlier?: boolean, onUse: () => unknown, onRetake: () => unknown}} how
 *   `words`: why the server refused it; `earlier`: it was taken before this visit
 * @returns {View}
 */
export function documentPreviewView(slot, picture, { words, earlier, onUse, onRetake }) {
  const shown = pictureFigure(picture);
  const bad = Boolean(words);
  return {
    name: "look",
    title: bad ? t("look.bad") : earlier ? t("look.earlier") : slot.label[language()],
    say: words ?? t("doc.check"),
    leave: shown.release,
    body: [
      !bad && keepOpen(),
      earlier && el("h3", {}, slot.label[language()]),
      earlier && banner("inform", t("look.earlier-why")),
      words ? banner("bad", words) : el("p", {}, t("doc.check")),
      shown.node,
      el("p", { class: "soft small" }, t("look.bytes", { size: Math.ceil(picture.bytes.byteLength / 1024) })),
    ],
    actions: [button(t("look.retake"), onRetake, bad ? "primary" : "secondary"), !bad && button(t("look.use"), onUse)],
  };
}
