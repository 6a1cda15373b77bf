// What the bundles leave out of the libraries, as plugins of esbuild: each saves the reader some thousand bytes that nothing ever calls.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import ts from "typescript";

/** Of the molecule library only what draws SVG, from its source: its own bundle cannot be taken apart. */
export const svgAlone = {
  name: "svg-alone",
  setup({ onResolve }) {
    const source = resolve("node_modules/smiles-drawer/src");
    onResolve({ filter: /^smiles-drawer\/src\// }, ({ path }) => {
      const name = path.slice("smiles-drawer/src/".length);
      return { path: join(source, name === "ParserWrapper" ? `${name}.ts` : `${name}.js`) };
    });
    onResolve({ filter: /^\.\/(?:CanvasWrapper|GaussDrawer)$/ }, () => ({ path: resolve("src/worker/molecule/notDrawn.ts") }));
  },
};

/** Rules that `webview/text/markdown.ts` switches off or has no option for, and the writer of HTML. */
const unusedOfMarkdown = new RegExp(
  `/(?:${[
    "renderer",
    "presets/(?:zero|commonmark)",
    "rules_core/(?:normalize|linkify|replacements|smartquotes|text_join)",
    "rules_block/(?:code|reference|html_block|lheading)",
    "rules_inline/(?:newline|linkify|escape|entity|html_inline|fragments_join)",
  ].join("|")})\\.mjs$`,
);

/** Markdown without the rules that are switched off. */
export const markdownInUse = {
  name: "markdown-in-use",
  setup({ onResolve }) {
    onResolve({ filter: unusedOfMarkdown }, ({ importer }) =>
      importer.includes("markdown-it") ? { path: resolve("webview/standIns/switchedOff.ts") } : undefined,
    );
  },
};

/** Formulas as HTML alone: the builders of MathML go, and of three formats of each font the one that every VS Code reads stays. */
export const formulasAsHtml = {
  name: "formulas-as-html",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]katex\.mjs$/ }, async ({ path }) => ({ contents: withoutMathMl(await readFile(path, "utf8")), loader: "js" }));
    onLoad({ filter: /[\\/]katex\.min\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/,url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)/g, ""),
      loader: "css",
    }));
  },
};

/** Members of objects and classes that only MathML and markup as text need. */
const unusedOfKatex = new Set(["mathmlBuilder", "toMarkup"]);

/** The source without those members, and without its look at the page's doctype, which holds on to every way of rendering. */
function withoutMathMl(source) {
  const file = ts.createSourceFile("katex.mjs", source, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const kept = [];
  let from = 0;
  const cut = (start, end) => {
    kept.push(source.slice(from, start));
    from = end;
  };
  const visit = (node) => {
    const members = ts.isObjectLiteralExpression(node) ? node.properties : ts.isClassLike(node) ? node.members : undefined;
    if (!members) return ts.forEachChild(node, visit);
    for (const [index, member] of members.entries()) {
      // With its comma: an object may not begin with one.
      if (unusedOfKatex.has(member.name?.escapedText)) cut(member.pos, members[index + 1]?.pos ?? member.end);
      else visit(member);
    }
  };
  for (const statement of file.statements) {
    if (ts.isIfStatement(statement) && source.slice(statement.pos, statement.end).includes("compatMode")) cut(statement.pos, statement.end);
    else visit(statement);
  }
  return kept.join("") + source.slice(from);
}
