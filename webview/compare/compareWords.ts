/** Words of the Compare view. */
import type { Analysis, Candidate } from "../../src/core/analysis";
import { indicesOf } from "../../src/core/compare/traceDiff";
import { count, percent, plural, stepRange } from "../format";
import { type Aligned, isMatched } from "./compareRows";

export type SideName = "teacher" | "student";

/** "T" and "S", as the narrow layout marks the sides. */
export const sideLetters: Readonly<Record<SideName, "T" | "S">> = { teacher: "T", student: "S" };

/** Steps of one side in some step rows. */
export const stepsIn = (aligned: Aligned, stepRows: readonly number[], side: SideName): readonly number[] =>
  stepRows.flatMap((row) => indicesOf(aligned.diff.steps[row], side));

/** Tokens of the steps of one side in some step rows. */
export function tokensOf(aligned: Aligned, stepRows: readonly number[], side: SideName): number {
  return stepsIn(aligned, stepRows, side).reduce((sum, step) => sum + (aligned[side].steps[step]?.tokens ?? 0), 0);
}

/** Range of one side's steps in some step rows, half-open; undefined when it has none there. */
export function stepsOf(
  aligned: Aligned,
  stepRows: readonly number[],
  side: SideName,
): { readonly first: number; readonly end: number } | undefined {
  const steps = stepsIn(aligned, stepRows, side);
  return steps.length === 0 ? undefined : { first: Math.min(...steps), end: Math.max(...steps) + 1 };
}

/** "4 matched, 2 only in teacher". */
export function matchedWords(aligned: Aligned, stepRows: readonly number[], side: SideName): string {
  const all = stepsIn(aligned, stepRows, side).length;
  const matched = stepsIn(
    aligned,
    stepRows.filter((row) => isMatched(aligned.diff.steps[row] ?? {})),
    side,
  ).length;
  const alone = all - matched;
  const words = [matched > 0 ? `${count(matched)} matched` : "", alone > 0 ? `${count(alone)} only in ${side}` : ""].filter(Boolean);
  if (all === 1) return matched === 1 ? "matched" : `only in ${side}`;
  return matched === 0 ? `only in ${side}` : words.join(", ");
}

/** "steps 6–11 · 4 matched, 2 only in teacher · 320 tokens"; undefined when the side has no step there. */
export function foldWords(aligned: Aligned, stepRows: readonly number[], side: SideName): string | undefined {
  const steps = stepsOf(aligned, stepRows, side);
  if (!steps) return undefined;
  return `${stepRange(steps.first, steps.end)} · ${matchedWords(aligned, stepRows, side)} · ${count(tokensOf(aligned, stepRows, side))} tokens`;
}

/** "units 3–4 · 11 steps only in teacher · 1,185 tokens". */
export function loneUnitsWords(aligned: Aligned, firstUnitRow: number, endUnitRow: number, side: SideName): string {
  const indices = aligned.diff.units.slice(firstUnitRow, endUnitRow).flatMap((row) => indicesOf(row, side));
  const units = indices.flatMap((index) => aligned[side].units[index] ?? []);
  const first = indices[0] ?? 0;
  const steps = units.reduce((sum, unit) => sum + unit.endStep - unit.firstStep, 0);
  const tokens = units.reduce((sum, unit) => sum + unit.tokens, 0);
  return `units ${first + 1}–${first + units.length} · ${plural(steps, "step")} only in ${side} · ${count(tokens)} tokens`;
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

/** What the gap beside a unit without a partner says: some of its steps may still be matched with steps of other units. */
export function loneUnitWords(aligned: Aligned, unit: number, side: SideName, tokens: number): string {
  const own = aligned[side].units[unit];
  const inside = (step: number): boolean => own !== undefined && step >= own.firstStep && step < own.endStep;
  const elsewhere = aligned.diff.steps
    .filter(isMatched)
    .flatMap((row) => indicesOf(row, side))
    .filter(inside).length;
  if (elsewhere === 0) return gapWords(side, tokens);
  return `unit only in ${side} · ${count(elsewhere)} of ${plural((own?.endStep ?? 0) - (own?.firstStep ?? 0), "step")} matched elsewhere`;
}

/** "step 13 / 8", with a dash for a side that has no step there. */
export function divergenceSteps({ diff }: Aligned): string {
  const at = diff.divergence;
  if (!at) return "none";
  const words = [at.teacherStep, at.studentStep].map((step) => (step === undefined ? "–" : count(step + 1)));
  return `step ${words.join(" / ")}`;
}

/** "unit 2 · teacher step 13, student step 8 · the next 11 teacher steps (1,185 tokens) have no match". */
export function divergenceWords(aligned: Aligned): string {
  const at = aligned.diff.divergence;
  if (!at) return "";
  const unit = at.teacherStep === undefined ? undefined : aligned.teacher.steps[at.teacherStep]?.unit;
  const steps = [
    at.teacherStep === undefined ? "" : `teacher step ${count(at.teacherStep + 1)}`,
    at.studentStep === undefined ? "" : `student step ${count(at.studentStep + 1)}`,
  ].filter(Boolean);
  return [unit === undefined ? "" : `unit ${count(unit + 1)}`, steps.join(", "), at.reason].filter(Boolean).join(" · ");
}
