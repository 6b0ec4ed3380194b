// @ts-check
/**
 * What is known of a picture before it is sent: by the phone's own judge where that is there, and on a slow link by the
 * server, which is asked with the crop alone. The picture can be used meanwhile.
 */

import { findingsList } from "camera/findings";
import { slowLink } from "look/link-rate";
import { askAbout } from "look/probe";
import { el } from "ui/dom";
import { t } from "ui/texts";

/**
 * @import { Picture } from "camera/picture"
 * @import { Pack, Report } from "pairing/api"
 * @import { Area } from "guidance/faces"
 */

/**
 * @typedef {{list: HTMLElement, marks: SVGElement, bad: boolean, area: Area}} Own `area`: the crop, px of the picture
 * @typedef {{found: (own: Own) => void, known: (bad: boolean) => void}} Uses `found`: the own judge has looked;
 *   `known`: there is no more to come, and whether the server would refuse it
 */

/** ms that a slow link may take for what the own judge still lacks. */
const PATIENCE = 1500;

/** @param {Picture} picture @param {Pack} pack @param {HTMLElement} node where it is told @param {Uses} uses */
export function ownCheck(picture, pack, node, { found, known }) {
  const slow = slowLink();
  let stopped = false;
  let cancel = () => {};
  /** @type {Area | null} */
  let area = null;
  const judged = async () => {
    const own = await judge(picture, pack, slow, (how) => {
      cancel = how;
      if (stopped) throw new Error("left");
    });
    if (own) {
      area = own.area;
      node.replaceChildren(own.list);
      found(own);
    }
    if (own?.bad || !slow) return own?.bad ?? null;
    return askedServer(picture, area, node);
  };
  judged().then((bad) => {
    if (bad === null) node.remove(); // the server's findings come a moment later
    known(bad === true);
  });
  const stop = () => {
    stopped = true;
    cancel();
  };
  return { area: () => area, stop };
}

/**
 * By the own judge. @param {Picture} picture @param {Pack} pack @param {boolean} slow
 * @param {(how: () => void) => void} cancels takes what gives its loading up, before it begins
 * @returns {Promise<Own | null>} null: there is none
 */
async function judge(picture, pack, slow, cancels) {
  const load = async () => {
    const [{ pictureFindings }, { cancelLoading }] = await Promise.all([
      import("guidance/picture-findings"),
      import("guidance/fetching"),
    ]);
    cancels(cancelLoading);
    if (slow) setTimeout(cancelLoading, PATIENCE);
    return pictureFindings(picture, pack);
  };
  const late = new Promise((resolve) => slow && setTimeout(resolve, PATIENCE, null));
  return picture.width ? Promise.race([load().catch(() => null), late]) : null;
}

/** @param {Picture} picture @param {Area | null} area @param {HTMLElement} node where it is told
 * @returns {Promise<boolean | null>} null: no answer */
async function askedServer(picture, area, node) {
  const asking = el("p", { class: "soft" }, t("look.asking"));
  if (area) node.append(asking);
  else node.replaceChildren(asking); // nothing but this is under way
  const told = await askAbout(picture, area);
  if (!told) {
    asking.remove();
    return node.childElementCount ? false : null;
  }
  node.replaceChildren(verdictOf(told.report));
  return told.report.verdict === "refuse";
}

/** @param {Report} report */
function verdictOf({ verdict, findings }) {
  const list = findingsList(findings);
  return verdict === "pass" || !list.childElementCount ? el("p", { class: "soft" }, t("look.passed")) : list;
}
