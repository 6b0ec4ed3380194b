// @ts-check
/** Screen 2: how the picture should be, with drawings. */

import { lastTime } from "camera/last-time";
import { el } from "ui/dom";
import { banner, button, drawing } from "ui/screens";
import { t } from "ui/texts";

/**
 * @import { Pack, Rejected } from "pairing/api"
 * @import { View } from "ui/screens"
 */

const BAD = ["too-bright", "too-dark", "uneven", "off-centre", "too-large", "too-small"];

/**
 * @param {Pack} pack
 * @param {() => unknown} onRead
 * @param {Rejected} [rejected] what an office said about the picture before
 * @returns {View}
 */
export function specificationView({ gate }, onRead, rejected) {
  const size = { kb: gate.min_bytes / 1024, width: gate.min_width, height: gate.min_height };
  const before = lastTime(rejected);
  return {
    name: "rules",
    step: 2,
    title: t("rules.title"),
    say: `${t("rules.size", size)} ${t("rules.scene")}`,
    body: [
      before && banner("warn", before),
      el(
        "div",
        { class: "bad-ones", role: "group", "aria-label": t("rules.bad") },
        ...BAD.map((name) => example(name, "bad")),
      ),
      el("p", {}, el("strong", {}, t("rules.size", size))),
      el(
        "figure",
        { class: "rules-scene" },
        drawing("scene", t("rules.scene-drawing")),
        el("figcaption", {}, t("rules.scene")),
      ),
      el("p", { class: "soft" }, t("rules.distance")),
      el("div", { class: "good-one" }, example("good", "good"), tips()),
    ],
    actions: [button(t("rules.read"), onRead)],
  };
}

/** @param {string} name @param {"good" | "bad"} tone */
function example(name, tone) {
  const label = el(
    "figcaption",
    { class: `verdict ${tone}` },
    el("b", {}, tone === "good" ? "✓" : "✕"),
    t(`rules.${name}`),
  );
  return el("figure", {}, drawing(name, ""), label);
}

function tips() {
  return el("ul", {}, ...["face", "head", "light", "wall"].map((tip) => el("li", {}, t(`rules.tip.${tip}`))));
}
