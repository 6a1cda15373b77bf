/**
 * The answer of a section that is marked as the answer but holds a whole worked solution, and of Chinese solutions: the formula or number that its
 * last concluding sentence ends with. Offsets are UTF-16 code units in the text given.
 */
import type { Span } from "../trace";

/** Code units at the end of a section in which it concludes. */
const reach = 700;
const formula = /\$\$?([^$]{1,500}?)\$\$?|\\\(([\s\S]{1,500}?)\\\)|\\\[([\s\S]{1,500}?)\\\]/g;
/** What joins two formulas of one answer. */
const glue = /^\s*(?:[,，、;；和或]|and|or|或者|以及|,\s*(?:and|or))\s*$/;
/** Ends of sentences outside formulas. */
const sentenceEnd = /[。！？\n]|[.!?](?=\s)/g;
const cue = /(?:所以|因此|故|综上|综合|从而|于是|即|解得|得|答|∴|\\therefore|thus|therefore|hence|so)/i;
/** A verb that names a value, right before it. */
const named = /(?:为|是|等于)\s*[:：]?\s*(?:\$\$?|\\[([])?\s*$/;
/** A number with its sign and unit words, after the last sign or verb of equality. */
const stated = /(?:=|≈|为|是|等于|选择|购进|有)\s*(-?\d[\d,]*(?:\.\d+)?(?:\/\d+)?%?)\s*[\u4e00-\u9fffa-zA-Z°]{0,6}$/;

const therefore = /^\s*(?:\\(?:therefore|because)(?![a-zA-Z])\s*)?/;

/** A formula without its signs of maths. */
export interface Formula extends Span {
  /** Offsets of the whole with its signs. */
  readonly from: number;
  readonly to: number;
}

/** A formula that says something: a number, a relation. A name alone ("S_n") does not. */
const saying = /\d(?![^{}]*\})|[=<>≤≥∈]|\\(?:geq?|leq?|geqslant|leqslant|in|pi|sqrt|frac|infty|emptyset|varnothing)(?![a-zA-Z])/;

/** Where the reach at the end of a section starts: never inside a formula. */
export function reachStart(text: string, start: number, end: number): number {
  const far = end - reach;
  if (far <= start) {
    return start;
  }
  let odd = false;
  for (let at = text.indexOf("$", start); at >= 0 && at < far; at = text.indexOf("$", at + 1)) {
    odd = !odd;
  }
  const close = odd ? text.indexOf("$", far) : -1;
  return close < 0 || close >= end ? far : close + 1;
}

/** The formulas in `text[start, end)` that stand between signs of maths, in order; each span covers what stands between the signs. */
export function formulasIn(text: string, start: number, end: number): Formula[] {
  return Array.from(text.slice(start, end).matchAll(formula), (match) => {
    const content = match[1] ?? match[2] ?? match[3] ?? "";
    const from = start + match.index;
    const inner = from + match[0].indexOf(content);
    const sign = therefore.exec(content)?.[0].length ?? 0;
    return { from, to: from + match[0].length, start: inner + sign, end: inner + content.length };
  });
}

/** Starts of the sentences of a tail; formulas are never cut. */
function sentenceStarts(text: string, start: number, end: number, formulas: readonly Formula[]): number[] {
  const starts = [start];
  for (const match of text.slice(start, end).matchAll(sentenceEnd)) {
    const at = start + match.index;
    if (!formulas.some((one) => at >= one.from && at < one.to) && at + 1 < end) {
      starts.push(at + 1);
    }
  }
  return starts;
}

/** The last formula of a list, with those that join it. */
function lastList(text: string, formulas: readonly Formula[]): Span | undefined {
  const last = formulas.at(-1);
  if (!last) {
    return undefined;
  }
  let first = last;
  for (let i = formulas.length - 2; i >= 0; i -= 1) {
    const before = formulas[i];
    if (!before || !glue.test(text.slice(before.to, first.from))) {
      break;
    }
    first = before;
  }
  return first === last ? { start: last.start, end: last.end } : { start: first.from, end: last.to };
}

function answerOfSentence(text: string, start: number, end: number, formulas: readonly Formula[]): Span | undefined {
  const sentence = text.slice(start, end).replace(/[\s.。!！]+$/, "");
  const number = stated.exec(sentence);
  const own = formulas.filter((one) => one.from >= start && one.to <= end && saying.test(text.slice(one.start, one.end)));
  const list = lastList(text, own);
  if (number?.[1] && start + number.index >= (own.at(-1)?.to ?? 0)) {
    const at = start + number.index + number[0].indexOf(number[1]);
    return { start: at, end: at + number[1].length };
  }
  return list;
}

/** The span of the value that `text[start, end)` concludes: in its last concluding sentence, else in its last sentence that has a value. Linear. */
export function concludedSpan(text: string, start: number, end: number): Span | undefined {
  const from = reachStart(text, start, end);
  const formulas = formulasIn(text, from, end);
  const starts = sentenceStarts(text, from, end, formulas);
  let fallback: Span | undefined;
  for (let i = starts.length - 1; i >= 0; i -= 1) {
    const [at = from, next = end] = [starts[i], starts[i + 1]];
    const value = answerOfSentence(text, at, next, formulas);
    if (value && (cue.test(text.slice(at, next)) || named.test(text.slice(Math.max(at, value.start - 8), value.start)))) {
      return value;
    }
    fallback ??= value;
  }
  return fallback;
}

const sectionEnd = /<eo[a-z]>|<\/?[a-z]+>|【|\n#{1,6} /g;
/** A section of one clause is its answer; a longer one is a solution. */
const oneClause = 60;
const list = /^[\s]*(?:[①-⑳]|[(（]\s*[1-9]\s*[)）])/;
const longestList = 160;
/** A sentence about a value, with formulas, rather than the value. */
const subject = /\p{Script=Han}{2}[^$]*(?:为|是|等于)[^$]*\$/u;

/** The span of the answer in a section that starts at `from`, where it is a solution or a numbered list; undefined where it is a plain value. */
export function sectionAnswer(text: string, from: number): Span | undefined {
  sectionEnd.lastIndex = from;
  const end = sectionEnd.exec(text)?.index ?? text.length;
  const section = text.slice(from, end).trim();
  const start = from + (text.slice(from, end).length - text.slice(from, end).trimStart().length);
  if (list.test(section) && section.length <= longestList && !section.includes("\n\n")) {
    return { start, end: start + section.replace(/[\s.。]+$/, "").length };
  }
  const told = subject.test(section);
  const plain = !told && section.length <= oneClause && !/[。，,\n]/.test(section.replace(/[。.]$/, ""));
  return plain ? undefined : concludedSpan(text, start, end);
}
