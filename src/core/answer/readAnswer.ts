/** Answers read once: their core, their option, date and structure, each when first asked for. */
import { announcedAnswer, mayAnnounce } from "./announced";
import { type Choice, choiceOf, verdictOf } from "./choice";
import { undefinedValue } from "./complex";
import { evaluate, variablesOf } from "./evaluate";
import { listed } from "./listed";
import { measured, withoutMatter } from "./measured";
import { members } from "./members";
import { momentOf } from "./moment";
import type { Node } from "./node";
import { foldText, normalizeAnswer } from "./normalize";
import { chineseNumber, numberWords } from "./numerals";
import { parseAnswer } from "./parse";
import { bare } from "./scalar";
import { isUndetermined } from "./undetermined";
import { knownUnit } from "./units";
import { chineseSubject } from "./value";

/** Longer texts are read from their end only. */
const maxLength = 20_000;
/** An answer beyond this is prose: its last formula or number is read. */
const maxFormula = 1500;

/** What is found out once and kept. */
class Once<T> {
  #value: { readonly value: T } | undefined;

  constructor(private readonly find: () => T) {}

  get value(): T {
    this.#value ??= { value: this.find() };
    return this.#value.value;
  }
}

/** An answer, or a text that announces one, ready to be compared. */
export interface ReadAnswer {
  /** The answer in the text, trimmed; may be empty. */
  readonly core: string;
  /** Three letters in a row stand in it. */
  readonly wordy: boolean;
  /** Its words for comparison as text. */
  readonly folded: Once<string>;
  readonly choice: Once<Choice | undefined>;
  /** Yes or no in a word. */
  readonly verdict: Once<boolean | undefined>;
  readonly moment: Once<string | undefined>;
  readonly undetermined: Once<boolean>;
  /** Its structure, in every way it may be meant. */
  readonly readings: Once<readonly Node[]>;
  /** Its value where it is one real number, read in one way, without unit, percent or degree sign. */
  readonly number: Once<number | undefined>;
}

/** Answers kept, and the longest one that is: an analysis compares the same few hundred again and again. */
const mostKept = 2000;
const longestKept = 400;
const kept = new Map<string, ReadAnswer>();

/** An answer read, from memory where it was read before. */
export function readAnswer(text: string): ReadAnswer {
  const before = kept.get(text);
  if (before) {
    return before;
  }
  const read = newReading(core(text));
  if (text.length <= longestKept) {
    if (kept.size >= mostKept) {
      kept.clear();
    }
    kept.set(text, read);
  }
  return read;
}

const threeLetters = /\p{L}{3}/u;

function newReading(answer: string): ReadAnswer {
  const nodes = new Once(() => readings(answer));
  return {
    core: answer,
    wordy: threeLetters.test(answer),
    folded: new Once(() => foldText(answer)),
    choice: new Once(() => choiceOf(answer)),
    verdict: new Once(() => verdictOf(answer)),
    moment: new Once(() => momentOf(answer)),
    undetermined: new Once(() => isUndetermined(answer)),
    readings: nodes,
    number: new Once(() => realNumber(nodes.value)),
  };
}

/** The value of an answer that is one number and nothing else. */
function realNumber(nodes: readonly Node[]): number | undefined {
  const [node] = nodes;
  if (!node || nodes.length > 1 || (node.kind !== "number" && node.kind !== "apply") || bare(node).mark !== "") {
    return undefined;
  }
  const { re, im } = members(node).length === 1 && variablesOf(node).size === 0 ? evaluate(node, () => Number.NaN) : undefinedValue;
  return im === 0 && Number.isFinite(re) ? re : undefined;
}

/** The answer in a text: what it announces, else the text, without the opening of a box that was cut off; the end of it where it is very long. */
function core(text: string): string {
  const end = text.length > maxLength ? text.slice(-maxLength) : text;
  return ((mayAnnounce(end) ? announcedAnswer(end) : undefined) ?? end.replace(/^[\s$]*\\{1,2}boxed\s*\{/, "")).trim();
}

/** Different ways to read commas between digits: thousands, decimal comma, separator. */
function spellings(normalized: string): string[] {
  if (!normalized.includes(",")) {
    return [normalized];
  }
  const joined = normalized.replace(/(?<![\d.,])([1-9]\d{0,2})((?:,\d{3})+)(?![\d,])/g, (whole, head: string, tail: string, at: number) =>
    bracketBefore(normalized, at) ? whole : head + tail.replaceAll(",", ""),
  );
  const decimal =
    /^[^\d,([{]*\d+,\d+[^\d,]*$/.test(normalized) && !/\d,\d{3}(?!\d)/.test(normalized.replace(/(?<!\d)0,/, ""))
      ? normalized.replace(",", ".")
      : joined;
  return [...new Set([joined, decimal, normalized])];
}

/** True inside brackets, where a comma separates. */
function bracketBefore(text: string, at: number): boolean {
  let depth = 0;
  for (let i = Math.max(0, at - 200); i < at; i += 1) {
    const sign = text[i];
    depth += sign === "(" || sign === "[" ? 1 : sign === ")" || sign === "]" ? -1 : 0;
    depth += sign === "{" && text[i - 1] === "\\" ? 1 : sign === "}" && text[i - 1] === "\\" ? -1 : 0;
  }
  return depth > 0;
}

function parsed(text: string): Node[] {
  return spellings(text).flatMap((spelling) => {
    const node = parseAnswer(spelling);
    return node ? [node] : [];
  });
}

/** Words that stand before what they announce, or many words: a sentence rather than an answer. */
function isProse(answer: string): boolean {
  const words =
    answer
      .replace(/\\(?:text(?:bf|it|rm)?|mathrm|mbox)\s*\{[^{}]*\}|\\[a-zA-Z]+/g, " ")
      .match(/(?<![a-zA-Z(])[a-zA-Z][a-z]+(?![a-zA-Z(])/g) ?? [];
  const long = words.filter((word) => !/^(?:sqrt|pi|sin|cos|tan|log|ln|exp|and|or|inf|infinity|frac)$/.test(word));
  return long.length >= 4 || (long.length >= 1 && /^\W*[A-Za-z][a-z]+[\s:]/.test(answer) && /[\d$\\]/.test(answer));
}

/** An answer as structure, in every way it may be meant; its last formula or number where the whole is prose. */
function readings(answer: string): Node[] {
  const numeral = chineseNumber(answer) ?? numberWords(answer) ?? withoutMatter(listed(answer).replace(chineseSubject, ""));
  const measure = measured(numeral);
  if (measure) {
    return parsed(normalizeAnswer(measure.value)).map((value) =>
      value.kind === "number" || value.kind === "apply"
        ? { kind: "unit", value, words: measure.unit, power: knownUnit(measure.unit)?.power ?? 1 }
        : value,
    );
  }
  const prose = isProse(numeral);
  const whole = !prose && numeral.length <= maxFormula ? parsed(normalizeAnswer(numeral)) : [];
  if (whole.some((node) => node.kind !== "text")) {
    return whole.filter((node) => node.kind !== "text");
  }
  const part = prose ? lastStated(numeral) : undefined;
  return part === undefined ? whole : [...parsed(normalizeAnswer(part)), ...whole];
}

const formula = /\$\$?([^$]{1,1000})\$\$?|\\\(([\s\S]{1,1000}?)\\\)|\\\[([\s\S]{1,1000}?)\\\]/g;
const glue = /^\s*(?:,|;|and|or|,\s*and|,\s*or|和|或|、)\s*$/;

interface Place {
  readonly text: string;
  readonly end: number;
}

/** The last formula of a text, with those that join it in a list ("$1$ and $2$"). */
function lastFormula(text: string): Place | undefined {
  const found = [...text.matchAll(formula)];
  const last = found.at(-1);
  if (!last) {
    return undefined;
  }
  const content = (match: RegExpMatchArray): string => match[1] ?? match[2] ?? match[3] ?? "";
  const parts = [content(last)];
  for (let i = found.length - 2; i >= 0; i -= 1) {
    const before = found[i];
    const after = found[i + 1];
    if (!before || !after || !glue.test(text.slice(before.index + before[0].length, after.index))) {
      break;
    }
    parts.unshift(content(before));
  }
  return { text: parts.join(", "), end: last.index + last[0].length };
}

const standingNumber = /(?<![\p{L}\d.])-?(?:\d[\d,]*\d(?:\.\d+)?|\d+(?:\.\d+)?)(?:\/\d+)?%?(?![\p{Script=Latin}\d])/gu;

function lastNumber(text: string): Place | undefined {
  const numbers = [...text.matchAll(standingNumber)];
  const last = numbers.at(-1);
  return last && { text: last[0], end: last.index + last[0].length };
}

/** A share of what follows: its number is not the value. */
const share = /(?:\b(?:half|halves|thirds?|quarters?|fourths?|fifths?|tenths?|percent)|%)\s+of\s+[$\\(]*$/;

/** The last formula or number of a sentence, whichever stands later. */
function lastStated(text: string): string | undefined {
  const tail = text.slice(-4000);
  const [math, number] = [lastFormula(tail), lastNumber(tail)];
  const stated = math && (!number || math.end >= number.end) ? math : number;
  return stated && !share.test(tail.slice(0, stated.end - stated.text.length)) ? stated.text : undefined;
}
