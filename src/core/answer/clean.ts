/** Ends of an answer made clean: no half of a formula, no stray mark, no punctuation. Offsets are UTF-16 code units in the text given. */
import { unitAt } from "../codeUnits";
import type { Span } from "../trace";
import { closingBrace } from "./braces";

const edgeBefore = /^(?:[\s_:,;"`\u201c\u201d\u300c\u300d\u3002\u3001\uff1a\uff0c]|\*(?!\d)|\\(?:[,;:! ]|q?quad(?![a-zA-Z])))+/;
const edgeAfter =
  /(?:[\s_:,;."`*?\u201c\u201d\u300c\u300d\u3002\u3001\uff0c\uff1b\uff1a\uff01\uff1f]|(?<![\d)}a-zA-Z])!|\\(?:[,;:! ]|q?quad(?![a-zA-Z])))+$/;
/** A dollar sign of money: digits follow, and no other dollar sign. */
const money = /^\$\d[^$]*$/;
const pairs: Readonly<Record<string, string>> = { "(": ")", "[": "]" };
/** An answer that was cut inside braces is completed when they close within so many code units. */
const completion = 80;

const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const dollar = 0x24;
const star = 0x2a;

const isEscaped = (text: string, at: number): boolean => unitAt(text, at - 1) === backslash && unitAt(text, at - 2) !== backslash;

const unpaired = (marks: readonly number[], end: number): number => (marks.length % 2 === 1 ? (marks[0] ?? end) : end);

/** Offset of the first closing delimiter without its opening one, of the dollar sign or emphasis that has no partner, else `end`. */
function strayCloser(text: string, start: number, end: number): number {
  let depth = 0;
  let maths = 0;
  const dollars: number[] = [];
  const stars: number[] = [];
  for (let at = start; at < end; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === backslash) {
      const next = unitAt(text, at + 1);
      const closes = next === 0x29 || next === 0x5d;
      if (closes && maths === 0) {
        return at;
      }
      maths += next === 0x28 || next === 0x5b ? 1 : closes ? -1 : 0;
      at += 1;
    } else if (sign === openBrace) {
      depth += 1;
    } else if (sign === closeBrace) {
      depth -= 1;
      if (depth < 0) {
        return at;
      }
    } else if (sign === dollar) {
      if (!money.test(text.slice(at, end))) {
        dollars.push(at);
        at += unitAt(text, at + 1) === dollar ? 1 : 0;
      }
    } else if (sign === star && unitAt(text, at + 1) === star && !/[\w(]/.test(text.charAt(at + 2))) {
      stars.push(at);
      at += 1;
    }
  }
  return Math.min(unpaired(dollars, end), unpaired(stars, end));
}

/** End of the span with braces that it opens closed: a little further, or before the command that opens them. */
function closedEnd(text: string, start: number, end: number): number {
  const open: number[] = [];
  for (let at = start; at < end; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === openBrace && !isEscaped(text, at)) {
      open.push(at);
    } else if (sign === closeBrace && !isEscaped(text, at)) {
      open.pop();
    }
  }
  const first = open[0];
  if (first === undefined) {
    return end;
  }
  const close = closingBrace(text, first, end + completion);
  if (close >= 0 && !text.slice(end, close).includes("\n")) {
    return close + 1;
  }
  return first - (/\\[a-zA-Z]+$|[\^_]$/.exec(text.slice(Math.max(start, first - 20), first))?.[0].length ?? 0);
}

/** The span without white space, emphasis, quotes and punctuation at its ends, and without a bracket that has no partner there. */
function withoutEdges(text: string, span: Span): Span {
  const value = text.slice(span.start, span.end);
  const left = edgeBefore.exec(value)?.[0].length ?? 0;
  const right = edgeAfter.exec(value.slice(left))?.[0].length ?? 0;
  let [start, end] = [span.start + left, span.end - right];
  const inner = text.slice(start, end);
  const last = inner.at(-1) ?? "";
  const first = inner[0] ?? "";
  if ((last === ")" || last === "]") && !/[([]/.test(inner)) {
    end -= 1;
  } else if (pairs[first] !== undefined && !/[)\]]/.test(inner)) {
    start += 1;
  }
  return { start, end };
}

const wholeFormula = /^(\$\$?|\\[([])([^$]*?)(\$\$?|\\[)\]])$/;

/** The content of a span that is one formula and nothing else. */
function withoutDelimiters(text: string, span: Span): Span {
  const match = wholeFormula.exec(text.slice(span.start, span.end));
  const [, open = "", content = "", close = ""] = match ?? [];
  const one = match && !/\\[([)\]]/.test(content) && (open.startsWith("$") ? open === close : close.startsWith("\\"));
  return one ? { start: span.start + open.length, end: span.end - close.length } : span;
}

/** Signs that {@link cleanSpan} may take away or complete. */
const unclean =
  /[\\{}$*()[\]_"`\u201c\u201d\u300c\u300d]|^[\s:,;\u3002\u3001\uff1a\uff0c]|[\s:,;.?!\u3002\u3001\uff0c\uff1b\uff1a\uff01\uff1f]$/;

/**
 * The answer that a span holds, its ends made clean: formula delimiters around the whole, half a pair of dollar signs, braces or brackets, emphasis,
 * quotes and punctuation go; braces that were cut are completed. Undefined when nothing is left. Linear in the span.
 */
export function cleanSpan(text: string, span: Span): Span | undefined {
  if (span.end > span.start && !unclean.test(text.slice(span.start, span.end))) {
    return span;
  }
  let kept = span;
  for (let round = 0; round < 3; round += 1) {
    let { start, end } = withoutEdges(text, kept);
    const stray = strayCloser(text, start, end);
    if (stray === start && stray < end) {
      start += text[start] === "\\" || text.startsWith("$$", start) ? 2 : 1;
    } else {
      end = closedEnd(text, start, stray);
    }
    const next = end > start ? withoutDelimiters(text, { start, end }) : { start, end };
    if (next.start === kept.start && next.end === kept.end) {
      break;
    }
    kept = next;
  }
  return kept.end > kept.start ? kept : undefined;
}
