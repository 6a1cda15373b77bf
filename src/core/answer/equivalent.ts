/**
 * Whether two answers mean the same, by rules in linear time. Nothing of an answer is ever executed: an answer is read as structure by a bounded
 * parser, and expressions are compared by value at fixed points.
 */
import { announcedAnswer } from "./announced";
import { sameChoice } from "./choice";
import { matches } from "./match";
import { sameMoment } from "./moment";
import type { Node } from "./node";
import { foldText, normalizeAnswer } from "./normalize";
import { chineseNumber, numberWords } from "./numerals";
import { parseAnswer } from "./parse";
import { isUndetermined } from "./undetermined";

/** The verdict and the rule that gave it, in a word or two. */
export interface Equivalence {
  readonly equal: boolean;
  readonly how: string;
}

/** Longer texts are read from their end only. */
const maxLength = 20_000;
/** An answer beyond this is prose: its last formula or number is read. */
const maxFormula = 1500;

const equalBy = (how: string): Equivalence => ({ equal: true, how });
const different: Equivalence = { equal: false, how: "different" };

/**
 * Compares two answers, or texts that announce one (`…\boxed{4}`). Symmetric and reflexive, never throws, deterministic. A text that cannot be
 * read as mathematics is compared as words. 28% equals 28 and 0.28; `x = 5` equals 5; units on one side only do not count; a decimal of four
 * places or more equals what rounds to it; a list equals the same items in any order, a tuple only in its own.
 */
export function equivalent(a: string, b: string): Equivalence {
  if (a.trim() === b.trim()) {
    return equalBy("same text");
  }
  const left = core(a);
  const right = core(b);
  if (left === "" || right === "") {
    return different;
  }
  if (left === right || (foldText(left) === foldText(right) && /\p{L}{3}/u.test(left))) {
    return equalBy("same words");
  }
  const choice = sameChoice(left, right) ?? sameMoment(left, right);
  if (choice !== undefined) {
    return choice ? equalBy("same option or date") : different;
  }
  const [none, alsoNone] = [isUndetermined(left), isUndetermined(right)];
  if (none || alsoNone) {
    return none === alsoNone ? equalBy("both say there is none") : different;
  }
  const others = readings(right);
  return readings(left).some((one) => others.some((other) => matches(one, other))) ? equalBy("same value") : different;
}

/** The answer in a text: what it announces, else the text, without the opening of a box that was cut off; the end of it where it is very long. */
function core(text: string): string {
  const end = text.length > maxLength ? text.slice(-maxLength) : text;
  return (announcedAnswer(end) ?? end.replace(/^[\s$]*\\{1,2}boxed\s*\{/, "")).trim();
}

/** Different ways to read commas between digits: thousands, decimal comma, separator. */
function spellings(normalized: string): string[] {
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
  const numeral = chineseNumber(answer) ?? numberWords(answer) ?? answer;
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

function lastNumber(text: string): Place | undefined {
  const numbers = [...text.matchAll(/(?<![\p{L}\d.])-?(?:\d[\d,]*\d(?:\.\d+)?|\d+(?:\.\d+)?)(?:\/\d+)?%?(?![\p{Script=Latin}\d])/gu)];
  const last = numbers.at(-1);
  return last && { text: last[0], end: last.index + last[0].length };
}

/** The last formula or number of a sentence, whichever stands later. */
function lastStated(text: string): string | undefined {
  const tail = text.slice(-4000);
  const [math, number] = [lastFormula(tail), lastNumber(tail)];
  return math && (!number || math.end >= number.end) ? math.text : number?.text;
}
