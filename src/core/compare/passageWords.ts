/**
 * A passage as the words that a comparison goes by. Formulas are read as formulas: their delimiters, spacing and sizes say nothing, so that `\(x^{2}\)`,
 * `$x^2$` and `$$x ^ 2$$` have the same words, and a changed exponent is one changed word.
 */
import { type FormulaSource, formulaAt } from "../formulaSource";
import type { Span } from "../trace";

/** Words in order, and where each stands in the text. */
export interface PassageWords {
  readonly words: readonly string[];
  readonly spans: readonly Span[];
}

/** A word, number, LaTeX command or sign. A command's backslash may also stand before one sign: `\{`, `\,`. */
const wordShape = /\\(?:[a-zA-Z]+|[^\sa-zA-Z])|\p{Script=Han}|[\p{L}\p{M}]+(?:['’]\p{L}+)?|\d+(?:[.,]\d+)*|[^\s]/gu;

/** Where a formula may begin. */
const formulaStart = /\$|\\(?:[([]|begin\{)/g;

/** Passages longer than this are read without formulas: looking for the ends of many unclosed ones would take too long. */
const longestPassage = 50_000;

/** Commands of spacing and size, which do not change what a formula says. */
const layout = new Set(
  "\\, \\; \\: \\! \\> \\quad \\qquad \\left \\right \\middle \\big \\Big \\bigg \\Bigg \\bigl \\bigr \\Bigl \\Bigr \\displaystyle \\textstyle \\limits \\nolimits ~".split(
    " ",
  ),
);

/** Commands with two names. */
const synonyms: Readonly<Record<string, string>> = {
  "\\dfrac": "\\frac",
  "\\tfrac": "\\frac",
  "\\cfrac": "\\frac",
  "\\le": "\\leq",
  "\\ge": "\\geq",
  "\\ne": "\\neq",
  "\\to": "\\rightarrow",
  "\\lbrace": "\\{",
  "\\rbrace": "\\}",
  "\\dots": "\\ldots",
};

interface Word extends Span {
  readonly word: string;
}

/** The words of a passage that starts at `from` of its text; spans are offsets in that text. */
export function passageWords(passage: string, from: number): PassageWords {
  const found: Word[] = [];
  let at = 0;
  for (const formula of formulasOf(passage)) {
    add(found, wordsBetween(passage, at, formula.start));
    add(found, formulaWords(passage, formula));
    at = formula.end;
  }
  add(found, wordsBetween(passage, at, passage.length));
  return { words: found.map(({ word }) => word), spans: found.map(({ start, end }) => ({ start: from + start, end: from + end })) };
}

/** Two passages with the same key say the same: white space is folded, formulas are compared as formulas. Empty without words. */
export function sameKey(passage: string): string {
  const formulas = formulasOf(passage);
  if (formulas.length === 0) return foldSpace(passage);
  let at = 0;
  let key = "";
  for (const formula of formulas) {
    const words = formulaWords(passage, formula).map(({ word }) => word);
    key += `${passage.slice(at, formula.start)} $${words.join(" ")}$ `;
    at = formula.end;
  }
  return foldSpace(key + passage.slice(at));
}

/** A passage with white space folded. */
export const foldSpace = (text: string): string => text.trim().replace(/\s+/g, " ");

function add(to: Word[], words: readonly Word[]): void {
  for (const word of words) to.push(word);
}

/** Formulas of a passage in order; those inside others belong to them. */
function formulasOf(passage: string): FormulaSource[] {
  if (passage.length > longestPassage || !/[$\\]/.test(passage)) return [];
  const found: FormulaSource[] = [];
  const starts = new RegExp(formulaStart);
  for (let match = starts.exec(passage); match; match = starts.exec(passage)) {
    const formula = formulaAt(passage, match.index);
    if (!formula) continue;
    found.push(formula);
    starts.lastIndex = formula.end;
  }
  return found;
}

function wordsBetween(passage: string, from: number, to: number): Word[] {
  const found: Word[] = [];
  const piece = passage.slice(from, to);
  let at = 0;
  for (const word of piece.match(wordShape) ?? []) {
    const start = piece.indexOf(word, at);
    at = start + word.length;
    found.push({ word, start: from + start, end: from + at });
  }
  return found;
}

function formulaWords(passage: string, { start, end, tex, display }: FormulaSource): Word[] {
  const opening = tex.length === end - start ? 0 : passage[start] === "$" && !display ? 1 : 2;
  const words = wordsBetween(passage, start + opening, end - (tex.length === end - start ? 0 : opening))
    .filter(({ word }) => !layout.has(word))
    .map((word) => ({ ...word, word: synonyms[word.word] ?? word.word }));
  return words.filter((_, at) => !isIdleBrace(words, at));
}

/** A brace around one word only groups: `x^{2}` is `x^2`. */
function isIdleBrace(words: readonly Word[], at: number): boolean {
  const open = words[at]?.word === "{" ? at : words[at]?.word === "}" ? at - 2 : -1;
  return open >= 0 && words[open]?.word === "{" && words[open + 2]?.word === "}" && !/[{}]/.test(words[open + 1]?.word ?? "{");
}
