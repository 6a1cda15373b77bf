/** Steps that work out again what earlier ones did, by their equations. */
import { type FlagContext, wordsOfStep } from "./context";
import type { Equations } from "./equations";
import { clipped } from "./phrasing";
import { wordKinds } from "./words";

/** Earlier steps compared with one check, and words read of each: bounds that keep the rule linear, far above real steps. */
const sourcesRead = 8;
const wordsRead = 2000;

/** Share of the numbers of a step that stand in one of the earlier steps, 0 to 1; 0 for a step without numbers. */
const numberShare = (context: FlagContext, step: number, earlier: ReadonlySet<number>): number => {
  const { words } = context;
  const known = new Set<number>();
  for (const other of earlier) {
    const { start, end } = wordsOfStep(context, other);
    for (let at = start; at < Math.min(end, start + wordsRead); at++)
      if (words.kinds[at] === wordKinds.number) known.add(words.ids[at] ?? 0);
  }
  const own = new Set<number>();
  const { start, end } = wordsOfStep(context, step);
  for (let at = start; at < end; at++) if (words.kinds[at] === wordKinds.number) own.add(words.ids[at] ?? 0);
  let shared = 0;
  for (const id of own) if (known.has(id)) shared++;
  return own.size === 0 ? 0 : shared / own.size;
};

/** A step whose results stand in an earlier one. */
export interface Recalculated {
  /** The earlier step. */
  readonly step: number;
  /** The result that both state, as written, shortened. */
  readonly result: string;
  /** Share of the step's numbers that stand in the steps it goes over, 0 to 1. */
  readonly share: number;
}

type Stated = "calculation" | "formula" | "value";

/**
 * What an equation states: a calculation with numbers alone (`6 − 24 + 18 = 0`), a formula with names, or a bare value (`t = 6`), which is a choice
 * as often as a result.
 */
const statedBy = ({ equations, words }: FlagContext, equation: number): Stated => {
  const left = equations.leftStart[equation] ?? 0;
  const right = equations.rightStart[equation] ?? 0;
  const end = equations.rightEnd[equation] ?? 0;
  let names = 0;
  let numbers = 0;
  for (let at = left; at < end; at++) {
    if (words.kinds[at] === wordKinds.word) names++;
    else if (words.kinds[at] === wordKinds.number) numbers++;
  }
  if (names === 0 && numbers >= 2 && end - left >= 4) return "calculation";
  return right - left - 1 < 2 && end - right < 2 ? "value" : "formula";
};

/** Formulas that must come again before a check is taken to derive them again; one alone is quoted to start from. */
const formulasAgain = 2;

/** The text of a side with the brackets that stand around it and belong to it. */
const withBrackets = (text: string, start: number, end: number): string => {
  const inner = text.slice(start, end);
  const count = (pattern: RegExp): number => inner.match(pattern)?.length ?? 0;
  let missing = count(/[([{]/g) - count(/[)\]}]/g);
  let from = start;
  let to = end;
  for (; missing < 0 && from > 0 && /[([{]/.test(text.charAt(from - 1)); missing++) from--;
  for (; missing > 0 && /[)\]}]/.test(text.charAt(to)); missing--) to++;
  while (from > 0 && /[([]/.test(text.charAt(from - 1)) && /[)\]]/.test(text.charAt(to)) && text.charAt(from - 2) !== "\\") {
    from--;
    to++;
  }
  return text.slice(from, to);
};

/** The first step before `step` that states equation `i`, or the same calculation in another order; −1 when none does. */
const firstStated = ({ step: stepOf, firstSame, firstSameNumbers }: Equations, i: number, step: number): number => {
  const same = stepOf[firstSame[i]!]!;
  if (same < step) return same;
  const sameNumbers = stepOf[firstSameNumbers[i]!]!;
  return sameNumbers < step ? sameNumbers : -1;
};

/** The earlier step whose results a step works out again; undefined when half or more of what it states is new. */
export const recalculated = (context: FlagContext, step: number): Recalculated | undefined => {
  const { equations, words, text } = context;
  const again = { calculation: 0, formula: 0 };
  let all = 0;
  const sources = new Set<number>();
  let earlier = -1;
  let result = "";
  for (let i = equations.firstOfStep[step] ?? 0; i < (equations.firstOfStep[step + 1] ?? 0); i++) {
    const stated = statedBy(context, i);
    if (stated === "value" || context.givenEquations.has(equations.keys[i] ?? 0)) continue;
    all++;
    const first = firstStated(equations, i, step);
    if (first < 0) continue;
    again[stated]++;
    if (sources.size < sourcesRead) sources.add(first);
    if (stated === "formula" && again.calculation > 0) continue;
    earlier = first;
    const from = equations.rightStart[i] ?? 0;
    result = clipped(withBrackets(text, words.starts[from] ?? 0, words.ends[(equations.rightEnd[i] ?? 0) - 1] ?? 0));
  }
  if (again.calculation === 0 && again.formula < formulasAgain) return undefined;
  if ((again.calculation + again.formula) * 2 <= all) return undefined;
  const share = numberShare(context, step, sources);
  return share >= context.thresholds.reverifyOverlap ? { step: earlier, result, share } : undefined;
};
