// @ts-check
/** Elements without HTML strings: no input is ever parsed as HTML. */

/**
 * Make an element: `el("button", { class: "primary", onclick: go }, "Go")`.
 * False, null and undefined are skipped, as properties and as children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node | string | false | null | undefined)} kids
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...kids) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...kids.filter(present));
  return node;
}

/**
 * The same for SVG; attributes only.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} kids
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...kids) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...kids);
  return node;
}

/** @param {Node | string | false | null | undefined} kid @returns {kid is Node | string} */
function present(kid) {
  return kid !== false && kid !== null && kid !== undefined;
}

/** @param {HTMLElement} node @param {string} name @param {unknown} value */
function set(node, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
  else if (value === true || name === "srcObject") Reflect.set(node, name, value);
  else node.setAttribute(name, String(value));
}
