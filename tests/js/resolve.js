// The page's import map, for node: "phone/send" is static/js/phone/send.js. Import this first, then the page's modules
// with `await import(…)`.
import { register } from "node:module";

const root = new URL("../../static/js/", import.meta.url).href;
const hooks = `
  export function resolve(name, context, next) {
    const own = /^(phone|live|shared|words|desk|apply|support|review|documents)\\/[\\w.-]+$/.test(name);
    return own ? next(${JSON.stringify(root)} + name + ".js", context) : next(name, context);
  }`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
