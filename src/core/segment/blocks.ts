/** Blocks that start on a line of their own: code fences, tables, headings, list items, display maths, tags. */
import { unitAt } from "../codeUnits";
import { environmentEnd, type Seeker, skipTag } from "./inline";

/** What a sentence is. Everything but `sentence` is one atom that is never divided. */
export type SentenceKind = "sentence" | "display-math" | "code" | "list-item" | "table" | "heading" | "tag";

/** A block found at a line start. `whole`: it ends at `end`; otherwise it is prose whose marker ends at `end`. */
export interface Block {
  readonly kind: SentenceKind;
  readonly end: number;
  readonly whole: boolean;
}

/** A list item up to this many code units is one atom; a longer one holds several sentences and is divided like prose. */
const longestItem = 240;

const headingRule = /#{1,6}[ \t]/y;
const boldLineRule = /\*\*[^*\n]{1,160}\*\*[ \t]*[:：]?[ \t]*\r?(?=\n|$)/y;
const setextRule = /(?:[-*_=]{3,})[ \t]*\r?(?=\n|$)/y;
const itemRule = /(?:[-*+•◦‣·][ \t]+|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)][ \t]+|\d{1,3}、|[①-⑳])(?=\S)/y;
const knownTagRule = /<\/?(?:\||[A-Za-z][\w:-]*[ \t>/])/y;

/** The block whose first non-space character is at `at`; undefined for plain prose. Display maths and code are found in mid-line too. */
export function blockAt(text: string, at: number, lineStart: boolean, seeker: Seeker): Block | undefined {
  if (!lineStart) return undefined;
  switch (unitAt(text, at)) {
    case 96:
    case 126:
      return fence(text, at, seeker);
    case 36:
    case 92:
      return displayMath(text, at, seeker);
    case 124:
      return { kind: "table", end: tableEnd(text, at, seeker), whole: true };
    case 60:
      return tag(text, at, seeker);
    default:
      return heading(text, at, seeker) ?? listItem(text, at, seeker);
  }
}

function matches(rule: RegExp, text: string, at: number): number {
  rule.lastIndex = at;
  return rule.test(text) ? rule.lastIndex : -1;
}

function lineEnd(text: string, from: number, seeker: Seeker): number {
  return Math.min(seeker.next("\n", from), text.length);
}

function fence(text: string, at: number, seeker: Seeker): Block | undefined {
  const mark = text.startsWith("```", at) ? "```" : text.startsWith("~~~", at) ? "~~~" : undefined;
  if (!mark) return undefined;
  const close = seeker.next(`\n${mark}`, at + 3);
  if (close >= text.length) return { kind: "code", end: text.length, whole: true };
  return { kind: "code", end: lineEnd(text, close + 4, seeker), whole: true };
}

function displayMath(text: string, at: number, seeker: Seeker): Block | undefined {
  const end = displayEnd(text, at, seeker);
  if (end < 0) return undefined;
  let tail = end;
  while (tail < text.length && ".,;:。，；".includes(text.charAt(tail))) tail++;
  let rest = tail;
  while (rest < text.length && (unitAt(text, rest) === 32 || unitAt(text, rest) === 13)) rest++;
  if (rest < text.length && unitAt(text, rest) !== 10) return undefined;
  return { kind: "display-math", end: tail, whole: true };
}

/** Longest display formula that is believed, in code units. */
const longestDisplay = 8000;

function displayEnd(text: string, at: number, seeker: Seeker): number {
  const close = text.startsWith("$$", at) ? seeker.next("$$", at + 2) : text.startsWith("\\[", at) ? seeker.next("\\]", at + 2) : -1;
  if (close >= 0) return close < text.length && close - at < longestDisplay && !crossesParagraphs(close, at, seeker) ? close + 2 : -1;
  if (!text.startsWith("\\begin{", at)) return -1;
  const end = environmentEnd(text, at, seeker);
  return end > at + 6 ? end : -1;
}

function crossesParagraphs(close: number, at: number, seeker: Seeker): boolean {
  return seeker.blankLine(at) < close;
}

function tableEnd(text: string, at: number, seeker: Seeker): number {
  let end = lineEnd(text, at, seeker);
  while (end < text.length) {
    let next = end + 1;
    while (next < text.length && (unitAt(text, next) === 32 || unitAt(text, next) === 9)) next++;
    if (unitAt(text, next) !== 124) break;
    end = lineEnd(text, next, seeker);
  }
  return end;
}

function tag(text: string, at: number, seeker: Seeker): Block | undefined {
  if (matches(knownTagRule, text, at) < 0) return undefined;
  const end = skipTag(text, at, seeker);
  return end > at ? { kind: "tag", end, whole: true } : undefined;
}

function heading(text: string, at: number, seeker: Seeker): Block | undefined {
  const code = unitAt(text, at);
  if (code === 35 && matches(headingRule, text, at) > 0) return { kind: "heading", end: lineEnd(text, at, seeker), whole: true };
  if (code === 42) {
    const end = matches(boldLineRule, text, at);
    if (end > 0) return { kind: "heading", end, whole: true };
  }
  if (code === 45 || code === 42 || code === 61 || code === 95) {
    const end = matches(setextRule, text, at);
    if (end > 0) return { kind: "heading", end, whole: true };
  }
  return undefined;
}

const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

/** False for a letter that no numbering follows, the start of most lines; a cheap test before the pattern. */
function mayBeItem(text: string, at: number): boolean {
  if (!isLetter(unitAt(text, at))) return true;
  return ".)ivx".includes(text.charAt(at + 1));
}

function listItem(text: string, at: number, seeker: Seeker): Block | undefined {
  if (!mayBeItem(text, at)) return undefined;
  const marker = matches(itemRule, text, at);
  if (marker < 0) return undefined;
  const end = lineEnd(text, at, seeker);
  const opensMaths =
    text.startsWith("$$", marker) || text.startsWith("\\[", marker) || text.startsWith("\\begin", marker) || text.startsWith("```", marker);
  if (end - at <= longestItem && !opensMaths) return { kind: "list-item", end, whole: true };
  return { kind: "list-item", end: marker, whole: false };
}
