// The page's import map, for node: "upload/send" is static/js/upload/send.js. Import this first, then the page's
// modules with `await import(…)`.
import { register } from "node:module";

const root = new URL("../../static/js/", import.meta.url).href;
const words = new URL("../../static/words/", import.meta.url).href;
const vendor = new URL("../../static/vendor/", import.meta.url).href;
const hooks = `
  export function resolve(name, context, next) {
    const own = /^(ui|camera|look|guidance|upload|pairing|documents|review|desk)\\/[\\w.-]+$/.test(name);
    if (name.startsWith("words/")) return next(${JSON.stringify(words)} + name.slice(6) + ".js", context);
    if (name === "sha256") return next(${JSON.stringify(vendor)} + name + ".js", context);
    return own ? next(${JSON.stringify(root)} + name + ".js", context) : next(name, context);
  }`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
