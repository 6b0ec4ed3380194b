// @ts-check
/** The field for the code below the QR code, for a phone that cannot scan it. */

import { Refusal } from "pairing/api";
import { el } from "ui/dom";
import { button } from "ui/screens";
import { say } from "ui/speech";
import { t } from "ui/texts";

const LENGTH = 8;
/** No keyboard completes or corrects it. */
const PLAIN = {
  autocomplete: "off",
  autocapitalize: "characters",
  spellcheck: "false",
  enterkeyhint: "go",
  "aria-describedby": "code-error",
};

/**
 * What was typed stays until it is right: what the server or the network says stands below it.
 * @param {(typed: string) => Promise<unknown>} onGiven rejects with what went wrong
 * @param {"primary" | "secondary"} [kind] of the button
 */
export function codeEntry(onGiven, kind = "primary") {
  const field = el("input", { id: "code", class: "code-field", maxlength: "20", ...PLAIN });
  const problem = el("p", { id: "code-error", class: "error", role: "alert", hidden: true });
  const complain = (/** @type {string} */ words) => {
    problem.textContent = words;
    problem.hidden = false;
    field.setAttribute("aria-invalid", "true");
    field.focus();
    say(words);
  };
  const give = () =>
    charactersOf(field.value).length === LENGTH
      ? onGiven(charactersOf(field.value)).catch((error) =>
          complain(error instanceof Refusal ? error.text : t("offline.why")),
        )
      : complain(t("code.short"));
  const form = el("form", { class: "field" }, el("label", { for: "code" }, t("code.label")), field, problem);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    press.click();
  });
  const press = button(t("code.go"), give, kind);
  return { form, press };
}

/** Letters and digits, in whatever width; not what came along from where it was copied. @param {string} typed */
function charactersOf(typed) {
  return typed.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");
}
