import type { Notice, Thinking } from "../trace";

/** A piece of decoded reasoning: a slice of the field and what follows it that the field spells as an escape. */
export interface JsonPiece {
  /** Offset in the field, UTF-16 code units. */
  readonly fieldStart: number;
  readonly text: string;
  /** Decoded escape after the slice, such as a line break written `\n`. */
  readonly glue: string;
}

/** Reasoning inside JSON inside a text. `opening`, `closing` and what surrounds them are as written; only the reasoning is decoded. */
export interface JsonSplit {
  readonly thinking: Thinking;
  readonly preamble: string;
  readonly opening: string;
  readonly pieces: readonly JsonPiece[];
  readonly closing: string;
  readonly response: string;
  /** Value of the answer's key. */
  readonly answer?: string;
  readonly notices: readonly Notice[];
}

const reasoningKey =
  /"(?:reasoning|thinking|thought|thoughts|rationale|explanation|chain[_ ]of[_ ]thought|cot|analysis|step[_ ]by[_ ]step)"\s*:\s*"/i;
const answerKey = /"(?:answer|final[_ ]answer|result|solution|conclusion)"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|([^",{}[\]\s][^",}\n]*))/i;
/** A quote that ends a value: another key or the object's end follows. */
const valueEnd = /"\s*(?:,\s*"[\w -]{1,40}"\s*:|\}\s*(?:```\s*)?$)/g;

/**
 * Reads a text that is a JSON object (bare or in a code fence) with reasoning as a string. Models write raw line breaks and single backslashes in
 * such strings: a string that is not valid JSON is taken as it stands, a valid one is decoded. Undefined when the text is something else. Linear time.
 */
export function splitJsonText(field: string): JsonSplit | undefined {
  const head = /^\s*(?:```(?:json|JSON)?\s*)?\{/.exec(field);
  if (!head) return undefined;
  const key = reasoningKey.exec(field);
  if (!key) return undefined;
  const start = key.index + key[0].length;
  const end = endOfString(field, start);
  const raw = field.slice(start, end);
  const decoded = isValid(raw) ? decode(raw, start) : [{ fieldStart: start, text: raw, glue: "" }];
  const closed = end < field.length;
  const answer = answerOf(field.slice(end)) ?? answerOf(field.slice(0, key.index));
  const notices: Notice[] = [];
  if (decoded.length > 1)
    notices.push({ kind: "other", message: "The reasoning stands in JSON inside the text; its escapes are shown decoded." });
  if (!closed) notices.push({ kind: "unclosed", message: "The JSON inside the text ends within the reasoning." });
  return {
    thinking: raw.trim() === "" ? "empty" : closed ? "closed" : "unclosed",
    preamble: field.slice(0, key.index),
    opening: key[0],
    pieces: decoded,
    closing: closed ? '"' : "",
    response: field.slice(end + 1),
    ...(answer !== undefined && { answer }),
    notices,
  };
}

const isEscaped = (field: string, at: number): boolean => {
  let slashes = 0;
  while (field.charAt(at - 1 - slashes) === "\\") slashes++;
  return slashes % 2 === 1;
};

/** Offset of the quote that ends the string, or the text's length. */
function endOfString(field: string, start: number): number {
  valueEnd.lastIndex = start;
  for (let match = valueEnd.exec(field); match; match = valueEnd.exec(field)) {
    if (!isEscaped(field, match.index)) return match.index;
    valueEnd.lastIndex = match.index + 1;
  }
  return field.length;
}

/** LaTeX commands whose first letter makes a JSON escape: a string with one was never meant to be decoded. */
const latex =
  /(?<!\\)\\(?:frac|forall|times|text|theta|tau|tan|to|tfrac|triangle|top|beta|binom|boxed|bar|begin|bmod|big|bot|neq?|nu|not|notin|nmid|right|rho|rangle|underline|uparrow)(?![a-z])/;

function isValid(raw: string): boolean {
  if (!raw.includes("\\") || latex.test(raw)) return false;
  try {
    return typeof JSON.parse(`"${raw}"`) === "string";
  } catch {
    return false;
  }
}

/** Cuts a valid JSON string at its escapes. `\\` and `\"` keep their second character in place; other escapes become glue. */
function decode(raw: string, offset: number): JsonPiece[] {
  const pieces: JsonPiece[] = [];
  let from = 0;
  for (const match of raw.matchAll(/\\(?:u[0-9a-fA-F]{4}|.)/g)) {
    const next = match[0].charAt(1);
    const plain = next === "\\" || next === '"' || next === "/";
    const glue = plain ? "" : String(JSON.parse(`"${match[0]}"`));
    pieces.push({ fieldStart: offset + from, text: raw.slice(from, match.index), glue });
    from = plain ? match.index + 1 : match.index + match[0].length;
  }
  pieces.push({ fieldStart: offset + from, text: raw.slice(from), glue: "" });
  return pieces.filter((piece) => piece.text !== "" || piece.glue !== "");
}

function answerOf(text: string): string | undefined {
  const match = answerKey.exec(text);
  const value = match?.[1] ?? match?.[2]?.trim();
  if (value === undefined || value === "") return undefined;
  try {
    const parsed: unknown = match?.[1] === undefined ? value : JSON.parse(`"${value}"`);
    return typeof parsed === "string" ? parsed : value;
  } catch {
    return value;
  }
}
