// @ts-check
/** What is known and only to be checked is folded where there is little room, and open where there is enough. */

const ROOM = "(min-width: 40.01rem)";

/** As the page begins; what somebody has opened before this was loaded stays open. */
export function unfold() {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const all = document.querySelectorAll("details[data-folded]");
  for (const each of all) each.open ||= matchMedia(ROOM).matches;
}
