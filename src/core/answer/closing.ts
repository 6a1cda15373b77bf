/**
 * What a response ends with where it announces nothing: the formula that closes it, the one of several that its last sentence names. Offsets are
 * UTF-16 code units in the text given.
 */
import type { Span } from "../trace";
import { isCrisp } from "./crisp";
import { formulasIn, reachStart } from "./section";

const nothingMore = /^[\s.。*]*$/;
const equality = /=|≈|\\approx(?![a-zA-Z])/g;
/** Ends of environments and of sentences behind a value in a formula. */
const afterValue = /(?:\\end\{\w+\*?\}|[\s.,])+$/;

/** The value that the formula at the end of a text comes to; undefined where the text does not end in a formula, or the formula in no value. */
export function closingFormula(text: string): Span | undefined {
  const last = formulasIn(text, reachStart(text, 0, text.length), text.length).at(-1);
  if (!last || !nothingMore.test(text.slice(last.to))) {
    return undefined;
  }
  const formula = text.slice(last.start, last.end).replace(afterValue, "");
  const sign = [...formula.matchAll(equality)].at(-1);
  if (!sign) {
    return undefined;
  }
  const side = formula.slice(sign.index + sign[0].length);
  const value = side.replace(/^[\s&]+/, "");
  return isCrisp(value) ? { start: last.start + formula.length - value.length, end: last.start + formula.length } : undefined;
}

const asksForOne = /\b(?:who|whose|which)\b/i;
/** A last sentence that opens with its subject, and says no number of it. */
const naming =
  /(?<![^\s.!?])(?:thus|therefore|so|hence|in conclusion|overall)\b,?\s+(?:it is\s+|the\s+)?[*_]*(\p{Lu}[\p{L}-]+)[*_]*(?:['’]s?\s[^\d=.\n]{1,60}?)?\s(?:is|was|has|had|are|were|did|does|won)\b[^\d=.\n]{1,120}[\s.!*]*$/iu;

/** The one of the question's names that the last sentence of a text decides for, where the question asks who or which. */
export function closingName(text: string, question: string): Span | undefined {
  if (!asksForOne.test(question)) {
    return undefined;
  }
  const from = Math.max(0, text.length - 250);
  const match = naming.exec(text.slice(from));
  const name = match?.[1];
  if (!match || name === undefined || !/^\p{Lu}/u.test(name) || !new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, "u").test(question)) {
    return undefined;
  }
  const start = from + match.index + match[0].indexOf(name);
  return { start, end: start + name.length };
}
