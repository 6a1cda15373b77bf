/** A formula found in Markdown source. Offsets are UTF-16 code units of the string searched. */
export interface FormulaSource {
  readonly start: number;
  /** After the closing delimiter. */
  readonly end: number;
  readonly tex: string;
  readonly display: boolean;
}

/** Environments that stand outside delimiters and that KaTeX knows. `itemize` and its like are text. */
const environments =
  /^\\begin\{((?:align|alignat|aligned|alignedat|array|Bmatrix|Vmatrix|bmatrix|cases|CD|dcases|equation|gather|gathered|matrix|pmatrix|rcases|smallmatrix|split|vmatrix)\*?)\}/;

/** A formula longer than this between single dollars is not taken for one: the dollars are more likely money pages apart. */
const longestInline = 2000;

/** The formula that begins exactly at `pos`, or undefined. Money (`$5 and $6`), shell variables and unclosed delimiters are none. */
export function formulaAt(source: string, pos: number, limit = source.length): FormulaSource | undefined {
  const found = source.charCodeAt(pos) === 0x24 ? dollarFormula(source, pos) : slashFormula(source, pos);
  return found && found.end <= limit ? found : undefined;
}

function slashFormula(source: string, pos: number): FormulaSource | undefined {
  const next = source[pos + 1];
  if (next === "(") return delimited(source, pos, "\\(", "\\)", false);
  if (next === "[") return delimited(source, pos, "\\[", "\\]", true);
  if (next === "b") return environmentAt(source, pos);
  return undefined;
}

function delimited(source: string, pos: number, open: string, close: string, display: boolean): FormulaSource | undefined {
  const end = closing(source, pos + open.length, close);
  if (end < 0) return undefined;
  const tex = source.slice(pos + open.length, end);
  return tex.trim() === "" ? undefined : { start: pos, end: end + close.length, tex, display };
}

/** First `close` whose backslash is not itself escaped: `\\]` is a line break and a bracket. */
function closing(source: string, from: number, close: string): number {
  for (let at = source.indexOf(close, from); at >= 0; at = source.indexOf(close, at + 1)) {
    if (!escaped(source, at, from)) return at;
  }
  return -1;
}

function escaped(source: string, at: number, from: number): boolean {
  let slashes = 0;
  while (at - slashes > from && source.charCodeAt(at - slashes - 1) === 0x5c) slashes++;
  return slashes % 2 === 1;
}

function environmentAt(source: string, pos: number): FormulaSource | undefined {
  const name = environments.exec(source.slice(pos, pos + 32))?.[1];
  if (name === undefined) return undefined;
  const end = environmentEnd(source, pos, name);
  return end < 0 ? undefined : { start: pos, end, tex: source.slice(pos, end), display: true };
}

/** After the `\end{name}` that belongs to the `\begin{name}` at `pos`; −1 when there is none. */
function environmentEnd(source: string, pos: number, name: string): number {
  const open = `\\begin{${name}}`;
  const close = `\\end{${name}}`;
  let depth = 1;
  let from = pos + open.length;
  for (let end = source.indexOf(close, from); end >= 0; end = source.indexOf(close, from)) {
    for (let nested = source.indexOf(open, from); nested >= 0 && nested < end; nested = source.indexOf(open, nested + 1)) depth++;
    from = end + close.length;
    depth--;
    if (depth === 0) return from;
  }
  return -1;
}

function dollarFormula(source: string, pos: number): FormulaSource | undefined {
  if (source[pos + 1] === "$") {
    const found = delimited(source, pos, "$$", "$$", true);
    return found && !isProse(found.tex) ? found : undefined;
  }
  const end = closing(source, pos + 1, "$");
  if (end < 0 || end - pos > longestInline || source[end + 1] === "$") return undefined;
  const tex = source.slice(pos + 1, end);
  return isInlineFormula(tex, source[pos - 1] ?? "", source[end + 1] ?? "") ? { start: pos, end: end + 1, tex, display: false } : undefined;
}

/** Tells what stands between two dollars: maths, or text between two amounts of money. */
function isInlineFormula(tex: string, before: string, after: string): boolean {
  if (tex.trim() === "" || /\n[ \t]*\n/.test(tex)) return false;
  if (/^\s/.test(tex) !== /\s$/.test(tex)) return false;
  if (/\d/.test(after) || /[\w$]/.test(before)) return false;
  if (/[=(+*/<-]$/.test(tex)) return false;
  if (/^[A-Z_][A-Z0-9_]+\b(?![\s=^+])/.test(tex) && /\w/.test(after)) return false;
  if (/^\s*[\d.,]+\s*(?:[A-Za-z]{2,}|[,.;])\s/.test(tex)) return false;
  return !isProse(tex);
}

/** Two words of plain letters in a row, or a run of Chinese text, outside `\text{…}`: prose, not maths. */
function isProse(tex: string): boolean {
  const bare = tex
    .replace(/\\(?:text|textbf|textit|textrm|mathrm|operatorname|mbox|hbox|tag|begin|end)\*?\s*\{[^{}]*\}/g, " 0 ")
    .replace(/\\[A-Za-z]+/g, " 0 ");
  return /(?:^|[\s,.;])[A-Za-z]{2,}[,.;:]?\s+[A-Za-z]{2,}(?=[\s,.;]|$)/.test(bare) || /[\u3400-\u9fff]{4}/.test(bare);
}
