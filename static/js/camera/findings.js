// @ts-check
/** The findings on a picture, as lines that a person can act on. */

import { el } from "ui/dom";
import { icon } from "ui/screens";
import { language, t } from "ui/texts";

/**
 * @import { Gate, Picture } from "camera/picture"
 * @import { Finding } from "pairing/api"
 */

const TONES = { pass: "good", warn: "warn", unsure: "warn", refuse: "bad", inform: "inform" };
const SYMBOLS = { good: "check", warn: "warn", bad: "cross", inform: "info" };
const ORDER = ["refuse", "unsure", "warn"];

/**
 * Findings that a person should know, the worst first, each text once. What only a reviewer can decide is left out for
 * a refused picture: no reviewer gets it.
 * @param {Finding[]} findings @returns {Finding[]}
 */
export function worthSaying(findings) {
  const refused = findings.some(({ verdict }) => verdict === "refuse");
  const said = ORDER.filter((verdict) => !(refused && verdict === "unsure"));
  const known = findings
    .filter(({ verdict }) => said.includes(verdict))
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return known.filter((finding, at) => known.findIndex(({ advice }) => advice.zh === finding.advice.zh) === at);
}

/** @param {Finding[]} findings */
export function findingsList(findings) {
  const lines = worthSaying(findings).map((finding) => line(toneOf(finding), finding.advice[language()]));
  return el("ul", { class: "findings" }, ...lines);
}

/** @param {string[]} gate what is wrong @param {Picture} picture @param {Gate} limits */
export function localFindings(gate, picture, limits) {
  const facts = {
    ...factsOf(picture),
    least: `${limits.min_width}×${limits.min_height}`,
    kb: limits.min_bytes / 1024,
    mb: limits.max_bytes / 1048576,
  };
  const lines = gate.map((code) => line("bad", t(`look.${code}`, facts)));
  // Its size is no verdict: beside a fault that is found later it must not read as one.
  if (!lines.length) lines.push(el("li", { class: "soft" }, t(picture.width ? "look.size" : "look.bytes", facts)));
  return el("ul", { class: "findings" }, ...lines);
}

/** @param {Picture} picture */
function factsOf({ bytes, width, height }) {
  return { size: Math.floor(bytes.byteLength / 1024), width, height };
}

/** @param {Finding} finding @returns {keyof typeof SYMBOLS} */
function toneOf({ verdict }) {
  return /** @type {keyof typeof SYMBOLS} */ (TONES[verdict]);
}

/** @param {keyof typeof SYMBOLS} tone @param {string} text */
function line(tone, text) {
  return el(
    "li",
    { class: `verdict ${tone}` },
    icon(SYMBOLS[tone]),
    el("b", {}, t(`tone.${tone}`)),
    el("span", {}, text),
  );
}
