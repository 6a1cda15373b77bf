import type { Span } from "../trace";
import { matchesOfLinesWith } from "./linesWith";

/** Longest quotation, in code units, inside which a tag is read as text. */
const longestQuote = 300;
const mayFollowQuote = /[\s\p{P}]|^$/u;
const closingQuote: Readonly<Record<string, string>> = { "“": "”", "「": "」", "«": "»" };

const fenceLine = /^([^\n`~]*)(`{3,}|~{3,})([^\n`]*)$/gm;

/**
 * Fenced code blocks; models also open and close fences at the end of a line of text. A fence that nothing closes, or that another fence with a language
 * name follows, is not a block.
 */
function fences(text: string): Span[] {
  const spans: Span[] = [];
  let open: { start: number; mark: string } | undefined;
  for (const { index, match } of matchesOfLinesWith(["```", "~~~"], text, fenceLine)) {
    const mark = match[2] ?? "";
    const rest = match[3] ?? "";
    const named = /^[\w+#.-]+[ \t\r]*$/.test(rest);
    const bare = rest.trim() === "";
    if (!bare && !named && (!open || (match[1] ?? "").trim() !== "")) continue;
    if (open && !named && mark[0] === open.mark[0] && mark.length >= open.mark.length) {
      spans.push({ start: open.start, end: index + match[0].length });
      open = undefined;
    } else if (!open || named) {
      open = { start: index + (match[1] ?? "").length, mark };
    }
  }
  return spans;
}

/** Inline code of one line: runs of backticks paired with the next run of the same length. */
function inlineCode(line: string, offset: number): Span[] {
  const runs = [...line.matchAll(/`+/g)].map((m) => ({ start: m.index, length: m[0].length }));
  const next: (number | undefined)[] = new Array(runs.length);
  const latest = new Map<number, number>();
  for (let i = runs.length - 1; i >= 0; i--) {
    const length = runs[i]?.length ?? 0;
    next[i] = latest.get(length);
    latest.set(length, i);
  }
  const spans: Span[] = [];
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i];
    const j = next[i];
    const close = j === undefined ? undefined : runs[j];
    if (!run || !close || j === undefined) continue;
    spans.push({ start: offset + run.start, end: offset + close.start + close.length });
    i = j;
  }
  return spans;
}

/** Quotations of one line whose quotation marks stand where marks open and close; an inch mark or apostrophe opens none. */
function quotations(line: string, offset: number): Span[] {
  const spans: Span[] = [];
  let open: { start: number; close: string } | undefined;
  for (const match of line.matchAll(/["“”「」«»]/g)) {
    const at = match.index;
    const mark = match[0];
    if (open && mark === open.close && (mark !== '"' || mayFollowQuote.test(line.charAt(at + 1)))) {
      if (at - open.start <= longestQuote) spans.push({ start: offset + open.start, end: offset + at + 1 });
      open = undefined;
    } else if (closingQuote[mark] !== undefined) {
      open = { start: at, close: closingQuote[mark] };
    } else if (mark === '"' && /[\s([{=:,，：（]|^$/.test(line.charAt(at - 1)) && /\S/.test(line.charAt(at + 1))) {
      open = { start: at, close: '"' };
    }
  }
  return spans;
}

const quoteMarks = "'\"`";

/**
 * A test for places whose characters stand for themselves: fenced code, inline code, quotations. Tags there are text.
 * Ask in ascending order; the whole pass is linear.
 */
export function verbatimTest(text: string): (span: Span) => boolean {
  const blocks = fences(text);
  let block = 0;
  let lineEnd = -1;
  let inLine: Span[] = [];
  return ({ start, end }) => {
    while ((blocks[block]?.end ?? Number.POSITIVE_INFINITY) < end) block++;
    const fence = blocks[block];
    if (fence && fence.start <= start && end <= fence.end) return true;
    const before = text.charAt(start - 1);
    if (before !== "" && quoteMarks.includes(before) && text.charAt(end) === before) return true;
    if (start >= lineEnd) {
      const lineStart = text.lastIndexOf("\n", start) + 1;
      const newline = text.indexOf("\n", start);
      lineEnd = newline < 0 ? text.length : newline;
      const line = text.slice(lineStart, lineEnd);
      inLine = [...inlineCode(line, lineStart), ...quotations(line, lineStart)];
    }
    return inLine.some((span) => span.start < start && end < span.end);
  };
}
