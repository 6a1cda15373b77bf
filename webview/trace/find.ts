/** Find in trace: over the data, not over what happens to be on screen. Pure. */
import type { Trace } from "../../src/core/trace";
import { type FieldName, fieldText } from "./rows";

/** What to look for. */
export interface FindQuery {
  readonly text: string;
  readonly matchCase: boolean;
  readonly word: boolean;
  readonly regex: boolean;
}

/** A match; offsets are in the trace's text, or in the field named. */
export interface Match {
  readonly field?: FieldName;
  readonly start: number;
  readonly end: number;
}

/** Matches in reading order, at most 20,000; `error` where the pattern is not valid. */
export interface FindResult {
  readonly matches: readonly Match[];
  readonly error?: string;
  readonly more: boolean;
}

const mostMatches = 20_000;
/** A repeated group that holds a repeat can take exponential time. */
const nestedRepeat = /\([^()]*[+*][^()]*\)\s*[+*{]/;

/** The pattern of a query, or why there is none. */
export function findPattern(query: FindQuery): RegExp | string {
  const source = query.regex ? query.text : query.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  if (query.regex && nestedRepeat.test(source)) return "A repeat inside a repeated group can take for ever; use a simpler pattern";
  try {
    return new RegExp(query.word ? `\\b(?:${source})\\b` : source, `gm${query.matchCase ? "" : "i"}${query.regex ? "u" : ""}`);
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : "not a valid pattern";
  }
}

/** All matches in a trace, its preamble and its response. An empty query finds nothing. */
export function findInTrace(trace: Trace, query: FindQuery): FindResult {
  if (query.text === "") return { matches: [], more: false };
  const pattern = findPattern(query);
  if (typeof pattern === "string") return { matches: [], error: pattern, more: false };
  const matches: Match[] = [];
  for (const field of ["system", "preamble"] as const) collect(matches, pattern, fieldText(trace, field), field);
  collect(matches, pattern, trace.text, undefined);
  for (const field of ["response", "reference"] as const) collect(matches, pattern, fieldText(trace, field), field);
  return { matches, more: matches.length >= mostMatches };
}

function collect(matches: Match[], pattern: RegExp, text: string, field: FieldName | undefined): void {
  if (text === "" || (field === "reference" && text.length <= 40)) return;
  for (const match of text.matchAll(pattern)) {
    if (matches.length >= mostMatches) return;
    if (match[0].length > 0) matches.push({ ...(field ? { field } : {}), start: match.index, end: match.index + match[0].length });
  }
}

/** Index of the first match at or after an offset of the text; the first of all when there is none. */
export function matchAfter(matches: readonly Match[], offset: number): number {
  const at = matches.findIndex((match) => match.field === undefined && match.start >= offset);
  return Math.max(0, at);
}
