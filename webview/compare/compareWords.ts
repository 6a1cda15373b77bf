/** Words of the Compare view. */
import type { Analysis, Candidate } from "../../src/core/analysis";
import { indicesOf, type TraceDiff } from "../../src/core/compare/traceDiff";
import { count, percent, plural, stepRange } from "../format";
import { type Aligned, isMatched } from "./compareRows";

export type SideName = "teacher" | "student";

/** "T" and "S", as the narrow layout marks the sides. */
export const sideLetters: Readonly<Record<SideName, "T" | "S">> = { teacher: "T", student: "S" };

/** The numbers `[first, end)`. */
export const range = (first: number, end: number): readonly number[] => Array.from({ length: end - first }, (_, index) => first + index);

/** Steps of one side in some step rows. */
export const stepsIn = (aligned: Aligned, stepRows: readonly number[], side: SideName): readonly number[] =>
  stepRows.flatMap((row) => indicesOf(aligned.diff.steps[row], side));

/** Tokens of the steps of one side in some step rows. */
export function tokensOf(aligned: Aligned, stepRows: readonly number[], side: SideName): number {
  return stepsIn(aligned, stepRows, side).reduce((sum, step) => sum + (aligned[side].steps[step]?.tokens ?? 0), 0);
}

const matched = new WeakMap<TraceDiff, Readonly<Record<SideName, ReadonlySet<number>>>>();

/** Steps of a side that have a partner, wherever it stands. */
function matchedSteps({ diff }: Aligned, side: SideName): ReadonlySet<number> {
  const known = matched.get(diff);
  if (known) return known[side];
  const rows = diff.steps.filter(isMatched);
  const of = (name: SideName): ReadonlySet<number> => new Set(rows.flatMap((row) => indicesOf(row, name)));
  const found = { teacher: of("teacher"), student: of("student") };
  matched.set(diff, found);
  return found[side];
}

/** "4 matched, 2 only in teacher" of some steps of a side. */
export function matchedWords(aligned: Aligned, steps: readonly number[], side: SideName): string {
  const known = matchedSteps(aligned, side);
  const both = steps.filter((step) => known.has(step)).length;
  const alone = steps.length - both;
  if (both === 0) return `only in ${side}`;
  if (steps.length === 1) return "matched";
  return alone === 0 ? `${count(both)} matched` : `${count(both)} matched, ${count(alone)} only in ${side}`;
}

/** Runs that are named one by one; the others are left to "and more". */
const namedRuns = 3;

/** "steps 3–4, 17": steps of a row may be of several places in their trace. */
function stepsWords(steps: readonly number[]): string {
  const runs: { first: number; end: number }[] = [];
  for (const step of [...steps].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.end === step) last.end += 1;
    else runs.push({ first: step, end: step + 1 });
  }
  const [{ first, end } = { first: 0, end: 0 }, ...rest] = runs;
  if (rest.length === 0) return stepRange(first, end);
  const named = runs.slice(0, namedRuns).map((run) => stepRange(run.first, run.end).replace(/^steps? /, ""));
  return `steps ${named.join(", ")}${runs.length > namedRuns ? " and more" : ""}`;
}

/** "steps 6–11 · 4 matched, 2 only in teacher · 320 tokens"; undefined when the side has no step there. */
export function foldWords(aligned: Aligned, stepRows: readonly number[], side: SideName): string | undefined {
  const steps = stepsIn(aligned, stepRows, side);
  if (steps.length === 0) return undefined;
  return `${stepsWords(steps)} · ${matchedWords(aligned, steps, side)} · ${count(tokensOf(aligned, stepRows, side))} tokens`;
}

/** What of some units of a side stands on that side only: the other steps are matched with steps of other units. */
function loneIn(
  aligned: Aligned,
  units: readonly number[],
  side: SideName,
): { readonly alone: number; readonly elsewhere: number; readonly tokens: number } {
  const known = matchedSteps(aligned, side);
  const steps = units.flatMap((index) => {
    const unit = aligned[side].units[index];
    return unit ? range(unit.firstStep, unit.endStep) : [];
  });
  const alone = steps.filter((step) => !known.has(step));
  const tokens = alone.reduce((sum, step) => sum + (aligned[side].steps[step]?.tokens ?? 0), 0);
  return { alone: alone.length, elsewhere: steps.length - alone.length, tokens };
}

/** Tokens of lone units' steps without a partner. */
export const loneTokens = (aligned: Aligned, firstUnitRow: number, endUnitRow: number, side: SideName): number =>
  loneIn(aligned, unitsOf(aligned, firstUnitRow, endUnitRow, side), side).tokens;

const unitsOf = ({ diff }: Aligned, firstUnitRow: number, endUnitRow: number, side: SideName): readonly number[] =>
  diff.units.slice(firstUnitRow, endUnitRow).flatMap((row) => indicesOf(row, side));

/** "units 3–4 · 11 steps only in teacher · 1,185 tokens". */
export function loneUnitsWords(aligned: Aligned, firstUnitRow: number, endUnitRow: number, side: SideName): string {
  const units = unitsOf(aligned, firstUnitRow, endUnitRow, side);
  const { alone, elsewhere, tokens } = loneIn(aligned, units, side);
  const first = units[0] ?? 0;
  const moved = elsewhere === 0 ? "" : ` · ${count(elsewhere)} matched elsewhere`;
  return `units ${first + 1}–${first + units.length} · ${plural(alone, "step")} only in ${side} · ${count(tokens)} tokens${moved}`;
}

/** "only in teacher · 1,185 tokens": what a gap says. */
export const gapWords = (side: SideName, tokens: number): string => `only in ${side} · ${count(tokens)} tokens`;

/** "first answer at 64 %", "4 of 6 · equals reference": what a candidate answer is. */
export function candidateNote(analysis: Analysis, candidate: Candidate): string {
  const index = analysis.candidates.indexOf(candidate);
  const { firstAnswerStep, firstAnswerTokens } = analysis.measures;
  const isFirst =
    candidate.equalsFinal && candidate.step === firstAnswerStep && !analysis.candidates.slice(0, index).some((other) => other.equalsFinal);
  const share =
    isFirst && firstAnswerTokens !== undefined && analysis.tokens > 0 ? ` at ${percent(firstAnswerTokens / analysis.tokens)} %` : "";
  const place = isFirst ? `first answer${share}` : `${count(index + 1)} of ${count(analysis.candidates.length)}`;
  const equal = candidate.equalsReference;
  const reference = equal === undefined || (equal && isFirst) ? "" : equal ? " · equals reference" : " · differs from reference";
  return `${place}${reference}`;
}

/** What the gap beside a unit without a partner says. */
export function loneUnitWords(aligned: Aligned, unit: number, side: SideName): string {
  const { alone, elsewhere, tokens } = loneIn(aligned, [unit], side);
  if (elsewhere === 0) return gapWords(side, tokens);
  return `unit only in ${side} · ${count(elsewhere)} of ${plural(alone + elsewhere, "step")} matched elsewhere`;
}

/** "step 13 / 8": each side's first step from there on, a dash for a side that has none left. */
export function divergenceSteps({ diff }: Aligned): string {
  const at = diff.divergence;
  if (!at) return "none";
  const words = [at.teacherStep, at.studentStep].map((step) => (step === undefined ? "–" : count(step + 1)));
  return `step ${words.join(" / ")}`;
}

/** "unit 2 · from teacher step 14: 11 teacher steps (1,185 tokens) without a match", or "unit 2 · teacher step 4, student step 6 · the teacher states 30, …". */
export function divergenceWords(aligned: Aligned): string {
  const { diff } = aligned;
  const at = diff.divergence;
  const row = diff.steps[at?.stepRow ?? -1];
  if (!at || !row) return "";
  const sides = (["teacher", "student"] as const).filter((side) => row[side] !== undefined);
  const places = sides.map((side) => `${side} step ${count((row[side] ?? 0) + 1)}`);
  const [side] = sides;
  const unit = side && aligned[side].steps[row[side] ?? -1]?.unit;
  const where = isMatched(row) ? `${places.join(", ")} ·` : `from ${places.join(", ")}:`;
  return `${unit === undefined ? "" : `unit ${count(unit + 1)} · `}${where} ${at.reason}`;
}
