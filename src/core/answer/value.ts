/** Reads the value that follows "the answer is" and its like. Offsets are UTF-16 code units in the text given. */
import { isWhiteSpace, unitAt } from "../codeUnits";
import type { Span } from "../trace";
import { closingBrace } from "./braces";
import { cleanSpan } from "./clean";

const maxValue = 240;
const opener = /[\s"“「:\uff1a]*(?:(?:\*\*|__)[\s"“「:\uff1a]*)*/y;
const filler =
  /(?:indeed|simply|just|also|still|then|therefore|thus|probably|likely|actually|clearly|about|approximately|exactly|again|now|either|option|choice)[\s:,]+/iy;
const mathOpen = /\$\$?|\\\\?[([]/y;
const closers: Readonly<Record<string, string>> = { $: "$", $$: "$$", "\\(": "\\)", "\\[": "\\]", "\\\\(": "\\\\)", "\\\\[": "\\\\]" };
const listGlue = /(?:\$\$?|\\\\?[)\]])(?:\s*,\s*(?:and|or)?\s*|\s+(?:and|or)\s+|\s*[、,\uff0c和或]\s*)(?=\$|\\\\?[([])/y;
const sentenceEnd = /(?:[.?]|(?<![\d)}])!)(?=\s|$|["”*)])|>>|[。\uff01\uff1f\uff1b\n]|;\s|<\/?[a-z]|<eo|【/g;
const clause =
  /,?\s+(?:since|because|which|but|so|as|when|where|given|according|if|after|I|we|let|right|then|not|instead|rather|assuming|based|by|in order|due|though|however|wait|hmm|again|too|altogether|indeed|namely|same|in total|in all|as well)\b|,\s+(?:or\s+)?(?:about|approximately|roughly|i\.e)|\s+(?:[–—]|-(?=\s+[a-zA-Z]{3}))\s|\s\(|,(?=\s+(?:and\s+)?(?:the|this|that|it|we|there)\b)|\s+and\s+(?=(?:the|this|that|it|we|there|so|then)\b)|[,\uff0c](?:因为|但|而)/gi;
const trailing = /[\s*_.,;:!?。\uff0c\uff1b\uff1a\uff01\uff1f"”」]+$/;

function sticky(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? at + match[0].length : at;
}

/** True for a unit that nothing is trimmed off at: an ASCII letter or digit. */
const isPlain = (unit: number): boolean => isLetter(unit) || isDigit(unit);

function trimmed(text: string, start: number, end: number): Span | undefined {
  if (end > start && isPlain(text.charCodeAt(start)) && isPlain(text.charCodeAt(end - 1))) {
    return { start, end };
  }
  const inner = text.slice(start, end);
  const left = inner.length - inner.replace(/^[\s*_:"“「]+/, "").length;
  const kept = inner.slice(left).replace(trailing, "");
  return kept === "" ? undefined : { start: start + left, end: start + left + kept.length };
}

function mathValue(text: string, at: number): Span | undefined {
  let start = at;
  let end = -1;
  for (let i = 0; i < 12; i += 1) {
    mathOpen.lastIndex = start;
    const open = mathOpen.exec(text);
    const closer = open ? closers[open[0]] : undefined;
    if (!open || closer === undefined) {
      break;
    }
    const close = text.indexOf(closer, start + open[0].length);
    if (close < 0 || close - at > maxValue * 2) {
      break;
    }
    end = close + closer.length;
    listGlue.lastIndex = close;
    const glue = listGlue.exec(text);
    if (!glue) {
      break;
    }
    start = close + glue[0].length;
  }
  return end < 0 ? undefined : trimmed(text, at, end);
}

function plainValue(text: string, at: number): Span | undefined {
  const windowText = text.slice(at, at + maxValue);
  sentenceEnd.lastIndex = 0;
  let end = sentenceEnd.exec(windowText)?.index ?? windowText.length;
  clause.lastIndex = 1;
  // What begins a clause before the end of the sentence goes on for some words at most, whatever white space stands between.
  const cut = clause.exec(windowText.slice(0, afterSpace(windowText, end) + clauseReach));
  if (cut && cut.index < end && cut.index > 0) {
    end = cut.index;
  }
  return trimmed(text, at, at + end);
}

/** Code units that the words take at most which begin a clause. */
const clauseReach = 24;

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isWhiteSpace(text.charCodeAt(at))) {
    at += 1;
  }
  return at;
}

/**
 * True for `$5` that is money rather than the start of a formula: digits follow, and no dollar sign closes them on the line's next 30 units, or words
 * stand before it: "$10. So she pays $10 more".
 */
function isMoney(text: string, at: number): boolean {
  const formula = /^\$([^$\n]{1,30})\$/.exec(text.slice(at, at + 33))?.[1];
  return /^\\?\$\d[\d,]*(?:\.\d+)?(?![\d$^_\\/*+=-])/.test(text.slice(at, at + 30)) && (formula === undefined || prose.test(formula));
}

/** Words between two dollar signs that no formula has. */
const prose = /(?<![\\{a-zA-Z])[a-zA-Z]{2,}\s+[a-zA-Z]{2,}/;

/**
 * The value that starts at `from`: a formula's content, a boxed content, or the words up to the end of the clause. White space, emphasis, colons
 * and fillers ("indeed", "simply") are skipped. Undefined when nothing follows within 240 code units.
 */
export function readValue(text: string, from: number): Span | undefined {
  const at = valueStart(text, from);
  closedNumber.lastIndex = at;
  const number = closedNumber.exec(text);
  if (number) {
    return { start: at, end: at + number[0].length };
  }
  const first = text[at];
  if (first !== "$" && first !== "\\") {
    return plainValue(text, at);
  }
  const box = /^(?:\$\$?|\\\\?[([])?\s*\\{1,2}boxed\{/.exec(text.slice(at, at + 20));
  if (box) {
    const open = at + box[0].length - 1;
    const close = closingBrace(text, open);
    return close < 0 ? undefined : trimmed(text, open + 1, close);
  }
  return (isMoney(text, at) ? undefined : mathValue(text, at)) ?? plainValue(text, at);
}

/** A number that its sentence ends with: the most frequent value. */
const closedNumber = /-?\d+(?:,\d{3})*(?:\.\d+)?(?=\n|\.(?:\s|$)|\u3002|$)/y;

/** Where the value begins: after white space, emphasis, colons and fillers. */
function valueStart(text: string, from: number): number {
  if (isDigit(unitAt(text, from))) {
    return from;
  }
  let at = sticky(opener, text, from);
  for (let i = 0; i < 3; i += 1) {
    const filled = isLetter(unitAt(text, at)) ? sticky(filler, text, at) : at;
    const next = filled === at ? at : sticky(opener, text, filled);
    if (next === at) {
      break;
    }
    at = next;
  }
  return at;
}

const isLetter = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

const stopWords =
  /^(?:not|the|a|an|that|this|these|those|to|in|on|of|going|correct|incorrect|wrong|right|what|how|why|same|based|given|found|supposed|expected|it|we|you|i|my|your|there|no longer|different|unique|consistent|valid|close|for|from|at|unclear|unknown|simple|straightforward|obtained|calculated|if|when|where|because|as|by|with|only|all|more|less|and|or|too|very|so|below|above|out|off|up)\b/i;
const number = /-?\d[\d,]*(?:\.\d+)?%?|-?\.\d+/g;

/**
 * Whether a value read after an answer phrase is one: has a number, a formula, an option letter, yes/no, or a few words. Its ends are made clean; long
 * prose with exactly one number is narrowed to the number. Undefined when it is no answer ("the answer is not clear yet").
 */
export function asAnswer(text: string, read: Span): Span | undefined {
  if (isWholeNumber(text, read)) {
    return read;
  }
  const span = boxIn(text, read) ?? cleanSpan(text, read);
  return span && answerIn(text, withoutSubject(text, span));
}

/** True for digits and nothing else, by far the most frequent value. */
function isWholeNumber(text: string, { start, end }: Span): boolean {
  for (let at = start; at < end; at += 1) {
    if (!isDigit(text.charCodeAt(at))) {
      return false;
    }
  }
  return end > start;
}

/** A box inside a sentence that was read: "The height is \boxed{5} centimeters". */
function boxIn(text: string, span: Span): Span | undefined {
  // Only the span is searched, with what of a box that begins in it may stand behind.
  const found = text.slice(span.start, span.end + box.length - 1).indexOf(box);
  const at = span.start + found;
  const close = found < 0 ? -1 : closingBrace(text, at + box.length - 1);
  return close < 0 ? undefined : cleanSpan(text, { start: at + box.length, end: close });
}

const box = "\\boxed{";

const han = /\p{Script=Han}/u;
/** A subject that an answer in a whole sentence repeats, and its verb: "The height of the tank is 5 m". */
const subject = /^(?:the|their|its|his|her)\s[^.=\\$\n]{1,120}?\s(?:is|are|was|were|equals)\s+(?=[-+$\\(]?[\d\\])/i;
/** A Chinese subject and its verb before a value: 首项为2或6. */
export const chineseSubject = /^[\u4e00-\u9fff]{1,12}(?:等于|为|是|共|有)\s*(?=[-\d$\\(A-Z])/;

/** The value without the subject that an answer may repeat. */
function withoutSubject(text: string, span: Span): Span {
  const value = text.slice(span.start, span.end);
  const repeated = (chineseSubject.exec(value.slice(0, 20)) ?? subject.exec(value))?.[0];
  return repeated === undefined ? span : (cleanSpan(text, { start: span.start + repeated.length, end: span.end }) ?? span);
}

const bareNumber = /^-?\d[\d,]*(?:\.\d+)?$/;

/** Pieces of a value between its white space. */
function wordCount(value: string): number {
  let count = 1;
  for (let at = 0; at < value.length; at += 1) {
    count += isWhiteSpace(value.charCodeAt(at)) && !(at > 0 && isWhiteSpace(value.charCodeAt(at - 1))) ? 1 : 0;
  }
  return count;
}

const words = /\p{L}{2,}/gu;
const beyondAscii = /[^\x00-\x7f]/;

/** Runs of two letters or more. */
function letterRuns(value: string): number {
  if (beyondAscii.test(value)) {
    return (value.match(words) ?? []).length;
  }
  let [count, run] = [0, 0];
  for (let at = 0; at < value.length; at += 1) {
    run = isLetter(value.charCodeAt(at)) ? run + 1 : 0;
    count += run === 2 ? 1 : 0;
  }
  return count;
}

function answerIn(text: string, span: Span): Span | undefined {
  const value = text.slice(span.start, span.end);
  if (bareNumber.test(value)) {
    return span;
  }
  if (/\\[a-zA-Z]|[=^_{}]/.test(value) && value.length <= 200) {
    return wordCount(value) > 30 ? undefined : span;
  }
  number.lastIndex = 0;
  const first = number.exec(value);
  if (first) {
    const letters = letterRuns(value);
    if (letters <= 3 || number.test(value)) {
      return letters <= 6 ? span : undefined;
    }
    return letters <= 14 ? { start: span.start + first.index, end: span.start + first.index + first[0].length } : undefined;
  }
  if (/^\(?[A-Z]\)?(?:[.)、:,\uff1a\uff0c].*)?$/.test(value) || /^(?:yes|no|true|false)\b/i.test(value)) {
    return span;
  }
  if (han.test(value)) {
    return value.length <= 20 ? span : undefined;
  }
  return wordCount(value) <= 4 && !stopWords.test(value) ? span : undefined;
}
