import type { Notice, PartKind, Span, Thinking } from "../trace";
import { type DelimiterToken, delimiters, findDelimiters } from "./delimiters";
import { verbatimTest } from "./verbatim";

/** A piece of the thinking; offsets in {@link ThinkSplit.text}. Pieces tile it. */
export interface ThinkPart extends Span {
  readonly kind: PartKind;
}

/** A field cut at its delimiters. `preamble + opening + text + closing + response` is the field, for every string. */
export interface ThinkSplit {
  readonly thinking: Thinking;
  readonly preamble: string;
  readonly opening: string;
  readonly text: string;
  readonly closing: string;
  readonly response: string;
  readonly parts: readonly ThinkPart[];
  readonly notices: readonly Notice[];
}

/** Where the thinking and its delimiters are in the field. */
interface Cut {
  readonly thinking: Thinking;
  readonly openStart: number;
  readonly textStart: number;
  readonly textEnd: number;
  readonly closeEnd: number;
  readonly notices: readonly Notice[];
  readonly tokens: readonly DelimiterToken[];
}

/**
 * Cuts a field into preamble, opening delimiter, thinking, closing delimiter and response. Several blocks are one thinking that runs from the first
 * opening to the last closing delimiter; tags between are parts of kind "tag", text between blocks is "message". Tags in code and quotations are
 * text. Missing and stray tags give notices. Linear time; any string is accepted.
 */
export function splitThinking(field: string): ThinkSplit {
  const cut = cutAtTags(field) ?? cutAtWords(field) ?? cutNowhere(field);
  const text = field.slice(cut.textStart, cut.textEnd);
  const empty = cut.thinking !== "none" && text.trim() === "";
  const notice: Notice = { kind: "empty", message: "The thinking is empty." };
  return {
    thinking: empty ? "empty" : cut.thinking,
    preamble: field.slice(0, cut.openStart),
    opening: field.slice(cut.openStart, cut.textStart),
    text,
    closing: field.slice(cut.textEnd, cut.closeEnd),
    response: field.slice(cut.closeEnd),
    parts: partsOf(field, cut),
    notices: empty ? [...cut.notices, notice] : cut.notices,
  };
}

/** True when a field has a delimiter of thinking outside code and quotations. */
export function hasThinkTags(field: string): boolean {
  return cutAtTags(field) !== undefined;
}

function cutNowhere(field: string): Cut {
  return { thinking: "none", openStart: 0, textStart: 0, textEnd: field.length, closeEnd: field.length, notices: [], tokens: [] };
}

/** Delimiters that count: outside code and quotations, and after their opening where the closing literal has other uses. */
function realTokens(field: string): readonly DelimiterToken[] {
  if (field !== tokensOf) {
    tokens = findRealTokens(field);
    tokensOf = field;
  }
  return tokens;
}

/** The last field and its delimiters: a field is asked about several times in a row, by who recognises it and by who cuts it. */
let tokensOf = "";
let tokens: readonly DelimiterToken[] = [];

function findRealTokens(field: string): DelimiterToken[] {
  const found = findDelimiters(field);
  if (found.length === 0) return found;
  const verbatim = verbatimTest(field);
  const opened = new Set<number>();
  return found.filter((token) => {
    if (verbatim(token)) return false;
    if (token.role === "open") opened.add(token.kind);
    return token.role !== "close" || !delimiters[token.kind]?.closeNeedsOpen || opened.has(token.kind);
  });
}

function cutAtTags(field: string): Cut | undefined {
  const tokens = realTokens(field);
  const first = tokens.find((token) => token.role === "open" || token.role === "close");
  if (!first) return undefined;
  const noOpen = first.role === "close";
  const matched = matchTokens(tokens, noOpen);
  const openStart = noOpen ? 0 : first.start;
  const textStart = noOpen ? 0 : first.end;
  const notices: Notice[] = [];
  if (noOpen) notices.push({ kind: "missing-open", message: `There is ${first.literal} but no opening tag before it.`, at: 0 });
  const end = matched.close ?? matched.answer;
  if (!matched.close) {
    const ended = end ? `${end.literal} ends the thinking` : "the thinking runs to the end of the text";
    notices.push({
      kind: "unclosed",
      message: `${first.literal} is never closed; ${ended}.`,
      at: (end?.start ?? field.length) - textStart,
    });
  }
  for (const stray of matched.stray) {
    const inText = stray.start >= textStart && stray.start < (end?.start ?? field.length);
    const message = `${stray.literal} has no counterpart${inText ? "" : " (it stands outside the thinking)"}.`;
    notices.push({ kind: "stray-tag", message, ...(inText && { at: stray.start - textStart }) });
  }
  return {
    thinking: !end ? "unclosed" : noOpen ? "no-open" : "closed",
    openStart,
    textStart,
    textEnd: end?.start ?? field.length,
    closeEnd: end?.end ?? field.length,
    notices,
    tokens,
  };
}

/** At most this many stray tags are named; a loop may write thousands. */
const mostStray = 8;

/**
 * Pairs openings with closings by counting. The last closing that had an opening ends the thinking, unless a block was opened after it; then a tag
 * that starts the answer does; then nothing.
 */
function matchTokens(tokens: readonly DelimiterToken[], noOpen: boolean) {
  let depth = noOpen ? 1 : 0;
  let close: DelimiterToken | undefined;
  let answer: DelimiterToken | undefined;
  const openings: DelimiterToken[] = [];
  let closed = 0;
  const stray: DelimiterToken[] = [];
  for (const token of tokens) {
    if (token.role === "open") {
      depth++;
      openings.push(token);
      close = undefined;
      answer = undefined;
    } else if (token.role === "close" && depth > 0) {
      depth--;
      closed++;
      close = token;
    } else if (token.role === "close") {
      stray.push(token);
    } else if (token.role === "answerOpen" && depth > 0 && openings.length > 0) {
      answer ??= token;
    }
  }
  const without = close ? openings.slice(noOpen ? Math.max(0, closed - 1) : closed) : [];
  return { close, answer, stray: [...stray, ...without].sort((a, b) => a.start - b.start).slice(0, mostStray) };
}

/** Delimiters made of ordinary words, tried only where there is no tag. Each gives the cut's places or undefined. */
const wordCuts: readonly ((field: string) => Omit<Cut, "notices" | "tokens"> | undefined)[] = [
  literalThinkAnswer,
  bareChannels,
  answerTag,
  finalAnswerHeading,
];

function cutAtWords(field: string): Cut | undefined {
  for (const cutter of wordCuts) {
    const cut = cutter(field);
    if (cut) return { ...cut, notices: [], tokens: [] };
  }
  return undefined;
}

/** `think` on the first line and `answer` on a line of its own (s1). */
function literalThinkAnswer(field: string) {
  const open = /^\s*(?:<\|im_start\|>)?think\r?\n/.exec(field);
  if (!open) return undefined;
  const openStart = open[0].length - open[0].trimStart().length;
  const textStart = open[0].length;
  const close = /(?:^|\n)(?:<\|im_start\|>)?answer\r?\n/.exec(field.slice(textStart));
  const textEnd = close ? textStart + close.index : field.length;
  const closeEnd = textEnd + (close?.[0].length ?? 0);
  return { thinking: close ? ("closed" as const) : ("unclosed" as const), openStart, textStart, textEnd, closeEnd };
}

/** Channels whose special tokens the decoder dropped: `analysis…assistantfinal…`. */
function bareChannels(field: string) {
  if (!field.startsWith("analysis")) return undefined;
  const textEnd = field.indexOf("assistantfinal");
  if (textEnd < 0) return undefined;
  const closeEnd = textEnd + "assistantfinal".length;
  return { thinking: "closed" as const, openStart: 0, textStart: "analysis".length, textEnd, closeEnd };
}

/** Reasoning without tags, then a tag that starts the answer. */
function answerTag(field: string) {
  const tag = realTokens(field)
    .filter((token) => token.role === "answerOpen")
    .at(-1);
  if (!tag || field.slice(0, tag.start).trim() === "") return undefined;
  return { thinking: "no-open" as const, openStart: 0, textStart: 0, textEnd: tag.start, closeEnd: tag.end };
}

/** Reasoning without tags, then the heading `**Final Answer**` (QwQ preview); the last one counts. */
function finalAnswerHeading(field: string) {
  const heading = [...field.matchAll(/^(?:\*\*Final Answer:?\*\*:?|#{1,4} Final Answer:?)[ \t]*$/gm)].at(-1);
  if (!heading || field.slice(0, heading.index).trim() === "") return undefined;
  const closeEnd = heading.index + heading[0].length;
  return { thinking: "no-open" as const, openStart: 0, textStart: 0, textEnd: heading.index, closeEnd };
}

/** Tiles the thinking with reasoning, tags and the messages between blocks; white space after a tag belongs to the tag. */
function partsOf(field: string, cut: Cut): ThinkPart[] {
  const parts: ThinkPart[] = [];
  const add = (start: number, end: number, kind: PartKind) => {
    const last = parts.at(-1);
    if (end <= start) return;
    if (last?.kind === kind || (last?.kind === "tag" && field.slice(start, end).trim() === "")) {
      parts[parts.length - 1] = { ...last, end: end - cut.textStart };
    } else {
      parts.push({ kind, start: start - cut.textStart, end: end - cut.textStart });
    }
  };
  let at = cut.textStart;
  let depth = 1;
  for (const token of cut.tokens) {
    if (token.start < cut.textStart || token.start >= cut.textEnd) continue;
    add(at, token.start, depth > 0 ? "reasoning" : "message");
    add(token.start, token.end, "tag");
    if (token.role === "open") depth++;
    if (token.role === "close") depth = Math.max(0, depth - 1);
    at = token.end;
  }
  add(at, cut.textEnd, depth > 0 ? "reasoning" : "message");
  return parts;
}
