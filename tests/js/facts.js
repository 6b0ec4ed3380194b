// What stands in our JavaScript, as JSON for the house tests: `node tests/js/facts.js FILE…`.
// Functions with their lines, exports, types, what is imported from where, and which of the browser's stores are named.
import { readFileSync } from "node:fs";
import ts from "typescript";

const STORES = ["localStorage", "sessionStorage", "indexedDB", "caches", "cookie"];

/**
 * @typedef {{functions: [string, number][], exports: string[], types: string[], imports: [string, string][],
 *   names: string[], stores: string[], strings: string[]}} Facts functions: name, lines; imports: module, name, `*` for a module that is
 *   loaded later
 */

/** @param {string} path @returns {Facts} */
function factsOf(path) {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  /** @type {Facts} */
  const facts = { functions: [], exports: [], types: [], imports: [], names: [], stores: [], strings: [] };
  for (const comment of [...file.statements, file.endOfFileToken].flatMap((each) =>
    each.getChildren(file).filter(ts.isJSDoc),
  ))
    noteTags(comment, facts);
  visit(file, facts);
  return facts;
}

/** @param {ts.Node} node @param {Facts} facts */
function visit(node, facts) {
  if (ts.isFunctionLike(node) && "body" in node && node.body) facts.functions.push([nameOf(node), linesOf(node)]);
  if (isExported(node)) facts.exports.push(...declared(node));
  facts.imports.push(...importedBy(node));
  if (ts.isIdentifier(node)) noteName(node.text, facts);
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    facts.strings.push(node.text);
  ts.forEachChild(node, (child) => visit(child, facts));
}

/** @param {string} name @param {Facts} facts */
function noteName(name, facts) {
  facts.names.push(name);
  if (STORES.includes(name)) facts.stores.push(name);
}

/** The types that a comment declares and imports. @param {ts.JSDoc} comment @param {Facts} facts */
function noteTags(comment, facts) {
  for (const tag of comment.tags ?? []) {
    if (ts.isJSDocTypedefTag(tag) && tag.name) facts.types.push(tag.name.getText());
    if (ts.isJSDocImportTag(tag)) facts.imports.push(...bound(tag));
  }
}

/** @param {ts.Node} node the title of a test is the name of its body */
function nameOf(node) {
  const { parent } = node;
  const name =
    ts.getNameOfDeclaration(/** @type {ts.Declaration} */ (node)) ??
    ts.getNameOfDeclaration(/** @type {ts.Declaration} */ (parent));
  if (name) return name.getText();
  const title = ts.isCallExpression(parent) ? parent.arguments[0] : null;
  return title && ts.isStringLiteral(title) ? title.text : "(without a name)";
}

/** @param {ts.Node} node without the comment above it */
function linesOf(node) {
  const file = node.getSourceFile();
  const lineAt = (/** @type {number} */ position) => file.getLineAndCharacterOfPosition(position).line;
  return lineAt(node.getEnd()) - lineAt(node.getStart(file)) + 1;
}

/** @param {ts.Node} node */
function isExported(node) {
  return ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** @param {ts.Node} node @returns {string[]} the names of an exported declaration */
function declared(node) {
  const all = ts.isVariableStatement(node) ? node.declarationList.declarations : [/** @type {ts.Declaration} */ (node)];
  return all.map((each) => ts.getNameOfDeclaration(each)?.getText() ?? "");
}

/** @param {ts.Node} node @returns {[string, string][]} */
function importedBy(node) {
  if (ts.isCallExpression(node))
    return node.expression.kind === ts.SyntaxKind.ImportKeyword ? [[textOf(node.arguments[0]), "*"]] : [];
  return ts.isImportDeclaration(node) ? bound(node) : [];
}

/** @param {ts.ImportDeclaration | ts.JSDocImportTag} node @returns {[string, string][]} */
function bound(node) {
  const [from, bindings] = [textOf(node.moduleSpecifier), node.importClause?.namedBindings];
  if (!bindings) return [];
  if (ts.isNamespaceImport(bindings)) return [...membersOf(bindings)].map((name) => [from, name]);
  return bindings.elements.map(({ name, propertyName }) => [from, (propertyName ?? name).text]);
}

/** What is read of a module that is imported whole. @param {ts.NamespaceImport} binding @returns {Set<string>} */
function membersOf(binding) {
  /** @type {Set<string>} */
  const names = new Set();
  const look = (/** @type {ts.Node} */ node) => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === binding.name.text)
      names.add(node.name.text);
    ts.forEachChild(node, look);
  };
  look(binding.getSourceFile());
  return names;
}

/** @param {ts.Node} node */
function textOf(node) {
  return ts.isStringLiteral(node) ? node.text : "";
}

const paths = process.argv.slice(2);
process.stdout.write(JSON.stringify(Object.fromEntries(paths.map((path) => [path, factsOf(path)]))));
