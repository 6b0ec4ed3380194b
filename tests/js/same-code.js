// Whether pairs of scripts are the same but for comments: `node tests/js/same-code.js ONE OTHER …`; names those that are not.
import { readFileSync } from "node:fs";
import ts from "typescript";

/** @param {string} path */
function code(path) {
  const options = { removeComments: true, target: ts.ScriptTarget.Latest, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(readFileSync(path, "utf8"), { compilerOptions: options }).outputText;
}

const paths = process.argv.slice(2);
for (let i = 0; i < paths.length; i += 2)
  if (code(paths[i]) !== code(paths[i + 1])) process.stdout.write(`${paths[i]}\n`);
