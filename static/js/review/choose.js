// @ts-check
/** Several items: each button decides its own item; to send the form is an act of its own. */

const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("#decide"));
const items = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("fieldset.item")]);

/** The item that the keys act on. */
export const currentItem = () => items().find((item) => item.classList.contains("is-current")) ?? items()[0];

export function chooseItems() {
  const act = form();
  if (!act) return;
  if (!items().some((item) => item.classList.contains("is-current")))
    turnTo(items().find((item) => !item.dataset.said) ?? items()[0]);
  act.addEventListener("focusin", ({ target }) => turnTo(/** @type {Element} */ (target).closest("fieldset.item")));
  for (const sheet of document.querySelectorAll("figure.viewer[data-item]"))
    sheet.addEventListener("pointerdown", () => turnTo(itemOf(sheet)));
  if (items().length < 2) return;
  allowAll();
  act.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button[name^='choice.']");
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    choose(button);
  });
}

/** @param {Element | null | undefined} item */
function turnTo(item) {
  if (!item) return;
  for (const each of items()) each.classList.toggle("is-current", each === item);
}

/** @param {Element} sheet */
function itemOf(sheet) {
  return items().find((item) => item.dataset.item === /** @type {HTMLElement} */ (sheet).dataset.item);
}

/** @param {HTMLButtonElement} button */
function choose(button) {
  const item = /** @type {HTMLElement} */ (button.closest("fieldset"));
  const field = /** @type {HTMLInputElement} */ (item.querySelector("input[name^='chosen.']"));
  field.value = item.dataset.said = button.value;
  for (const each of item.querySelectorAll("button")) setPressed(each, each === button);
  const reasons = /** @type {HTMLDetailsElement | null} */ (item.querySelector("details"));
  if (reasons) reasons.open = button.value === "reject";
  allowAll();
  if (button.value === "reject" && !explained(item)) return;
  onward(item);
}

/** Who has rejected one item does not approve them all with one press. */
function allowAll() {
  const all = /** @type {HTMLButtonElement | null | undefined} */ (form()?.querySelector("button[name=all]"));
  if (all) all.disabled = items().some((item) => item.dataset.said === "reject");
}

/** The next item that nothing is said about; after the last one the button that sends the act. @param {HTMLElement} item */
function onward(item) {
  const left = items().filter((each) => !each.dataset.said);
  const after = left.find((each) => item.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) ?? left[0];
  if (after) {
    turnTo(after);
    document.querySelector(`#sheet-${after.dataset.item}`)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  } else if (items().every((each) => each.dataset.said === "approve" || explained(each)))
    /** @type {HTMLElement | null} */ (form()?.querySelector("button[name=submit]"))?.focus();
}

/** Whether a rejection has a reason or an opinion. @param {HTMLElement} item */
export function explained(item) {
  const opinion = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("#opinion"));
  return item.querySelector("input[type=checkbox]:checked") !== null || Boolean(opinion?.value.trim());
}

/**
 * What is chosen is filled; a secondary button is not one while it is chosen.
 * @param {HTMLButtonElement} button @param {boolean} on
 */
export function setPressed(button, on) {
  button.setAttribute("aria-pressed", String(on));
  button.classList.toggle("primary", on);
  button.classList.toggle("secondary", !on && button.value === "approve");
}
