import type { Result } from "../result";
import { ok } from "../result";
import type { Json } from "../trace";
import { parseLenient } from "./lenientJson";
import type { ParsedRecord, ParseFailure } from "./parsedRecord";

/** Levels of nesting that a record may have. Deeper ones are shown as text: walking them would exhaust the stack of whoever does. */
export const maxDepth = 512;

/**
 * Reads a record's JSON and loses nothing of it: `NaN` and infinities, and integers that a double cannot hold, are kept as strings; values of
 * repeated keys are kept beside the last one; raw control characters in strings are kept. Each comes with a notice. What is no JSON even so gives
 * a failure in plain words. Never throws.
 */
export function parseRecord(text: string): Result<ParsedRecord, ParseFailure> {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return parseLenient(text, maxDepth);
  }
  if (typeof value !== "object" || value === null) return lossless(value) ? ok({ value, notices: [] }) : parseLenient(text, maxDepth);
  const seen = survey(value);
  if (!seen.lossless || seen.keys !== countKeys(text)) return parseLenient(text, maxDepth);
  return ok({ value, notices: [] });
}

/** False for integers that a double may have rounded. */
const lossless = (value: Json): boolean => typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value);

/** Counts the keys in a value, and looks at its numbers and its depth. */
function survey(root: object): { readonly keys: number; readonly lossless: boolean } {
  let keys = 0;
  let level: object[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return { keys, lossless: false };
    const next: object[] = [];
    for (const item of level) {
      const values: readonly Json[] = Array.isArray(item) ? item : Object.values(item);
      if (!Array.isArray(item)) keys += values.length;
      for (const value of values) {
        if (typeof value === "object" && value !== null) next.push(value);
        else if (!lossless(value)) return { keys, lossless: false };
      }
    }
    level = next;
  }
  return { keys, lossless: true };
}

/** Keys in valid JSON: strings followed by a colon. Costs a search per string, so long texts cost little. */
function countKeys(text: string): number {
  let keys = 0;
  let at = text.indexOf('"');
  while (at >= 0) {
    const end = stringEnd(text, at);
    at = end;
    while (isSpace(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) === 58) keys += 1;
    at = text.indexOf('"', at);
  }
  return keys;
}

/** Offset after the closing quote of the string that opens at `open`. */
function stringEnd(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at > 0 && isEscaped(text, at, open + 1)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at + 1;
}

function isEscaped(text: string, at: number, from: number): boolean {
  let back = at;
  while (back > from && text.charCodeAt(back - 1) === 92) back -= 1;
  return (at - back) % 2 === 1;
}

const isSpace = (unit: number): boolean => unit === 32 || unit === 10 || unit === 13 || unit === 9;
