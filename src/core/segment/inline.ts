/** Stretches inside a line that a sentence is never divided in: maths, code, tags. */
import { unitAt } from "../codeUnits";

/**
 * Finds delimiters ahead. A search result is kept until the scan has passed it, so that many openers without a closer cost one search,
 * not one each: this keeps the division linear on any input.
 */
export class Seeker {
  readonly #text: string;
  readonly #found = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Offset of the next `delimiter` at or after `from`, or the text's length when there is none. Calls must not go far backwards. */
  next(delimiter: string, from: number): number {
    const known = this.#found.get(delimiter);
    if (known !== undefined && known >= from) return known;
    const at = this.#text.indexOf(delimiter, from);
    const result = at < 0 ? this.#text.length : at;
    this.#found.set(delimiter, result);
    return result;
  }

  /** Offset of the blank line (its first line feed) at or after `from`, or the text's length. */
  blankLine(from: number): number {
    return Math.min(this.next("\n\n", from), this.next("\r\n\r\n", from));
  }
}

/** Longest inline maths or tag that is believed, in code units; longer ones are an unclosed delimiter. */
const maxInline = 4000;
const maxTag = 300;

const dollar = 36;
const backslash = 92;
const backtick = 96;
const less = 60;

/** End of the maths, code or tag that starts at `at`; `at` itself when none does or it is not closed in its paragraph. */
export function skipInline(text: string, at: number, seeker: Seeker): number {
  const code = unitAt(text, at);
  if (code === dollar) return skipDollars(text, at, seeker);
  if (code === backslash) return skipBackslash(text, at, seeker);
  if (code === backtick) return skipBackticks(text, at, seeker);
  if (code === less) return skipTag(text, at, seeker);
  return at;
}

/** `close` when it lies in the paragraph and within reach, else `at`. */
function closedAt(at: number, close: number, width: number, text: string, seeker: Seeker, limit = maxInline): number {
  if (close >= text.length || close - at > limit || close > seeker.blankLine(at)) return at;
  return close + width;
}

function skipDollars(text: string, at: number, seeker: Seeker): number {
  if (unitAt(text, at + 1) === dollar) {
    const end = closedAt(at, seeker.next("$$", at + 2), 2, text, seeker);
    return end > at ? end : at + 2;
  }
  const close = seeker.next("$", at + 1);
  if (close >= text.length || !isMathPair(text, at, close)) return at;
  return closedAt(at, close, 1, text, seeker);
}

/** Pandoc's rule, which tells `$x$` from prices: no space inside either dollar, no digit after the closing one. */
function isMathPair(text: string, open: number, close: number): boolean {
  const first = unitAt(text, open + 1);
  const last = unitAt(text, close - 1);
  const after = unitAt(text, close + 1);
  const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13;
  return !isBlank(first) && !isBlank(last) && !(after >= 48 && after <= 57) && last !== backslash;
}

function skipBackslash(text: string, at: number, seeker: Seeker): number {
  const next = unitAt(text, at + 1);
  if (next === 40) return orSkip(at, closedAt(at, seeker.next("\\)", at + 2), 2, text, seeker));
  if (next === 91) return orSkip(at, closedAt(at, seeker.next("\\]", at + 2), 2, text, seeker));
  if (next === 98 && text.startsWith("\\begin{", at)) return environmentEnd(text, at, seeker);
  return at + 2 <= text.length ? at + 2 : at + 1;
}

const orSkip = (at: number, end: number): number => (end > at ? end : at + 2);

/** End of `\begin{name}…\end{name}` at `at`; just after `\begin` when it is not closed within reach. */
export function environmentEnd(text: string, at: number, seeker: Seeker): number {
  const nameEnd = seeker.next("}", at);
  const miss = at + 6;
  if (nameEnd - at > 40) return miss;
  const closer = `\\end${text.slice(at + 6, nameEnd + 1)}`;
  let close = seeker.next("\\end{", at);
  for (let tries = 0; tries < 8 && close < text.length && close - at <= maxInline; tries++) {
    if (text.startsWith(closer, close)) return close + closer.length;
    const further = text.slice(close + 5, at + maxInline).indexOf("\\end{");
    if (further < 0) return miss;
    close += 5 + further;
  }
  return miss;
}

function skipBackticks(text: string, at: number, seeker: Seeker): number {
  if (text.startsWith("```", at)) return orWhole(at + 3, seeker.next("```", at + 3), 3, text);
  const close = seeker.next("`", at + 1);
  return closedAt(at, close, 1, text, seeker, 400);
}

const orWhole = (from: number, close: number, width: number, text: string): number => (close >= text.length ? from : close + width);

/** End of a tag such as `</think>` or `<a href="…">` at `at`; `at` when it is a less-than sign. */
export function skipTag(text: string, at: number, seeker: Seeker): number {
  const next = unitAt(text, at + 1);
  const opens = (next >= 97 && next <= 122) || (next >= 65 && next <= 90) || next === 47 || next === 124;
  if (!opens) return at;
  const close = seeker.next(">", at + 1);
  if (close >= text.length || close - at > maxTag) return at;
  for (let i = at + 1; i < close; i++) {
    const code = unitAt(text, i);
    if (code === less || code === 10) return at;
  }
  return close + 1;
}
