/** Numbers, ranges and answers as the interface writes them. */
import type { TraceDocument } from "../src/protocol/engine";

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number with thousands separators. */
export const count = (value: number): string => grouped.format(value);

/** What an open record without a name is called: its line, or its number in files whose records are items of a list. */
export const placeOf = ({ ref, line, numbered }: Pick<TraceDocument, "ref" | "line" | "numbered">): string =>
  numbered ? `record ${count(ref.record + 1)}` : `line ${count(line)}`;

/** The same at the beginning of a sentence. */
export const placeFirst = (document: Parameters<typeof placeOf>[0]): string =>
  placeOf(document).replace(/^./, (first) => first.toUpperCase());

/** A share from 0 to 1 as a whole percentage without the sign. */
export const percent = (share: number): string => String(Math.round(share * 100));

/** The same, telling a small share from none: "<1". */
export const percentOrLess = (share: number): string => (share > 0 && share < 0.005 ? "<1" : percent(share));

/** A ratio with two decimals; a whole 0 or 1 without. */
export const ratio = (value: number): string => (value === 0 || value === 1 ? String(value) : value.toFixed(2));

/** "1 step", "3 steps". */
export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** "step 9" or "steps 3–17" from 0-based, half-open indices. */
export const stepRange = (first: number, end: number): string =>
  end - first <= 1 ? `step ${count(first + 1)}` : `steps ${count(first + 1)}–${count(end)}`;

const units = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A byte count in the largest unit that keeps at least one digit before the point. */
export function bytes(value: number): string {
  let size = value;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** "about 40 s left" from milliseconds. */
export function timeLeft(ms: number): string {
  if (ms < 1000) return "less than 1 s left";
  const seconds = ms < 60_000 ? Math.ceil(ms / 5000) * 5 : Math.ceil(ms / 60_000) * 60;
  return seconds < 60 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}

/** Replacements that turn a short TeX answer into plain characters, in order. */
const plainRules: readonly (readonly [RegExp, string])[] = [
  [/\\(?:text|mathrm|mathbf|operatorname|textbf)\s*\{([^{}]*)\}/g, "$1"],
  [/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "$1/$2"],
  [/\\sqrt\s*\{([^{}]*)\}/g, "√($1)"],
  [/\^\s*\{?\s*\\circ\s*\}?/g, "°"],
  [/\\degree/g, "°"],
  [/\\pi\b/g, "π"],
  [/\\infty\b/g, "∞"],
  [/\\(?:times|cdot)\b/g, "·"],
  [/\\leq?\b/g, "≤"],
  [/\\geq?\b/g, "≥"],
  [/\\(?:left|right|displaystyle)\b/g, ""],
  [/\\ |~/g, " "],
  [/\\[()[\],;!$%]|\$/g, ""],
  [/\s+/g, " "],
];

/** A short answer as plain characters, for places that cannot hold typeset maths. At most `limit` code units. */
export function plainAnswer(answer: string, limit = 24): string {
  let text = answer.slice(0, 400);
  for (const [pattern, replacement] of plainRules) text = text.replace(pattern, replacement);
  text = text.trim();
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

/** Name of a token counter as a suffix: "est.", "exact" or the counter's own name. */
export function counterSuffix(counter: string): string {
  if (/estimate/i.test(counter)) return "est.";
  return counter === "record" ? "exact" : counter;
}
