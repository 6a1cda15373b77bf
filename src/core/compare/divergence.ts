/** The first place where two aligned traces part. */
import type { Analysis, Step } from "../analysis";
import { equivalent } from "../answer/equivalent";
import { type Divergence, indicesOf, type StepRow } from "./traceDiff";

/** Steps in a row without a match that make a divergence. */
const leastRun = 3;
/** Characters of an answer that are quoted. */
const longestAnswer = 60;
/** Answers of one side that are looked at. */
const mostAnswers = 200;

/** One side of a comparison as text and analysis. */
export interface DivergenceSide {
  readonly text: string;
  readonly analysis: Analysis;
}

const matched = (row: StepRow): boolean => row.teacher !== undefined && row.student !== undefined;

/** A number after a sign of equality that is all of the right side: no operator follows. */
const numberAfter = /\s*([-+]?[\d.,]*\d)(?=[\s.,;$)\\]|$)(?!\s*(?:[-+*/^×·(]|\\(?![)\],;])))/y;
/** What stands before one, back to the last sign that ends an expression. */
const expressionBefore = /[^=\n$,;:]{3,}$/;
/** Words and beginnings of formulas, after which an expression begins. */
const words = /\\[([]|(?<![\\a-zA-Z])[a-zA-Z]{2,}/;
/** Characters of an expression at most, and of a step that are searched. */
const longestExpression = 60;
const longestStep = 4000;

/** Left-hand sides of a step's equations with a number on the right: "5 * 3" → "15". Names alone ("x = 3") depend on their context and are left out. */
function results(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const searched = text.slice(0, longestStep);
  for (let at = searched.indexOf("="); at >= 0; at = searched.indexOf("=", at + 1)) {
    numberAfter.lastIndex = at + 1;
    const value = numberAfter.exec(searched)?.[1];
    const before = value === undefined ? undefined : expressionBefore.exec(searched.slice(Math.max(0, at - longestExpression), at))?.[0];
    if (value === undefined || before === undefined) continue;
    const left = (before.split(words).at(-1) ?? "")
      .replace(/\\(?:cdot|times)(?![a-zA-Z])|[×·]/g, "*")
      .replace(/\\(?:left|right)|[\s()]/g, "");
    if (/\d.*[-+/^*]|\d{2}|\d[a-z]/.test(left) && /^[-\d.+/^*\\{}a-z]+$/i.test(left)) found.set(left, value);
  }
  return found;
}

/** Tells in plain words where the two sides of a row reach different results; undefined where they do not. */
export type ResultCheck = (row: StepRow) => string | undefined;

/**
 * The check for the rows of one comparison. The same computation with another number is always a different result. A stated answer is one only where the two
 * traces end in different answers, and where the teacher states it nowhere: what agrees in the end is an intermediate value.
 */
export function resultCheck(teacher: DivergenceSide, student: DivergenceSide): ResultCheck {
  const ownAnswers = answersOnlyIn(student.analysis, teacher.analysis);
  const stated = new Map(teacher.analysis.candidates.map((candidate) => [candidate.step, candidate.answer]));
  return (row) => {
    if (!matched(row) || row.kind === "same") return undefined;
    const right = lastOf(row, "student", ownAnswers);
    const left = lastOf(row, "teacher", stated);
    if (right !== undefined && left !== undefined) return `the teacher states ${short(left)}, the student ${short(right)}`;
    const ours = results(textOf(teacher, indicesOf(row, "teacher")));
    for (const [expression, value] of results(textOf(student, indicesOf(row, "student")))) {
      const other = ours.get(expression);
      if (other !== undefined && !equivalent(other, value).equal)
        return `${expression} is ${other} for the teacher, ${value} for the student`;
    }
    return undefined;
  };
}

/** The first answer of the student, by step, that the teacher states nowhere, in words; undefined where the traces end alike. */
export function firstOwnAnswer(teacher: Analysis, student: Analysis): { readonly step: number; readonly words: string } | undefined {
  const [first] = answersOnlyIn(student, teacher);
  return first && { step: first[0], words: `the student states ${short(first[1])}, which the teacher never does` };
}

/** Answers by step that one side states and the other does not; none where both end in the same answer, or one in none. */
function answersOnlyIn(own: Analysis, other: Analysis): ReadonlyMap<number, string> {
  if (own.finalAnswer === undefined || other.finalAnswer === undefined || equivalent(own.finalAnswer, other.finalAnswer).equal)
    return new Map();
  const known = [...new Set(other.candidates.map(({ answer }) => answer))].slice(0, mostAnswers);
  const isKnown = new Map<string, boolean>();
  const isOwn = (answer: string): boolean => {
    const seen = isKnown.get(answer) ?? known.some((one) => equivalent(one, answer).equal);
    isKnown.set(answer, seen);
    return !seen;
  };
  return new Map(own.candidates.filter(({ answer }) => isOwn(answer)).map(({ step, answer }) => [step, answer]));
}

const lastOf = (row: StepRow, side: "teacher" | "student", answers: ReadonlyMap<number, string>): string | undefined =>
  indicesOf(row, side)
    .flatMap((step) => answers.get(step) ?? [])
    .at(-1);

/** An answer that is a whole sentence, cut. */
const short = (answer: string): string => (answer.length > longestAnswer ? `${answer.slice(0, longestAnswer).trimEnd()}…` : answer);

function textOf({ text, analysis }: DivergenceSide, indices: readonly number[]): string {
  const [first, last] = [analysis.steps[indices[0] ?? -1], analysis.steps[indices.at(-1) ?? -1]];
  return first && last ? text.slice(first.start, last.end) : "";
}

function tokensOf(steps: readonly Step[], indices: readonly number[]): number {
  return indices.reduce((sum, index) => sum + (steps[index]?.tokens ?? 0), 0);
}

/** Length of the run of steps without a match that starts at `from`. */
function runLength(rows: readonly StepRow[], from: number): number {
  let end = from;
  for (let row = rows[end]; row && !matched(row); row = rows[end]) end += 1;
  return end - from;
}

function runReason(rows: readonly StepRow[], teacher: DivergenceSide, student: DivergenceSide): string {
  const format = (n: number): string => Math.round(n).toLocaleString("en-US");
  const ours = rows.flatMap((row) => (row.teacher === undefined ? [] : [row.teacher]));
  const theirs = rows.flatMap((row) => (row.student === undefined ? [] : [row.student]));
  const part = (who: string, steps: readonly number[], tokens: number): string =>
    `${steps.length} ${who} ${steps.length === 1 ? "step" : "steps"} (${format(tokens)} tokens)`;
  const parts = [
    ...(ours.length > 0 ? [part("teacher", ours, tokensOf(teacher.analysis.steps, ours))] : []),
    ...(theirs.length > 0 ? [part("student", theirs, tokensOf(student.analysis.steps, theirs))] : []),
  ];
  return `${parts.join(" and ")} without a match`;
}

function before(steps: readonly Step[], index: number, total: number): number {
  return total === 0 ? 0 : steps.slice(0, index).reduce((sum, step) => sum + step.tokens, 0) / total;
}

/** The first step of a side from a row on, in the side's own order. */
function stepFrom(rows: readonly StepRow[], from: number, side: "teacher" | "student", count: number): number {
  for (let index = from; index < rows.length; index += 1) {
    const row = rows[index];
    const step = row?.kind === "moved" && side === "student" ? undefined : row?.[side];
    if (step !== undefined) return step;
  }
  return count;
}

/** Why the traces part at a row; undefined where they do not. `follows`: a match stands before it. */
type PartCheck = (index: number, row: StepRow, follows: boolean) => string | undefined;

function partCheck(rows: readonly StepRow[], teacher: DivergenceSide, student: DivergenceSide): PartCheck {
  const differs = resultCheck(teacher, student);
  return (index, row, follows) => {
    if (matched(row)) return differs(row);
    const run = follows ? runLength(rows, index) : 0;
    return run >= leastRun ? runReason(rows.slice(index, index + run), teacher, student) : undefined;
  };
}

/**
 * The first place after the first match where results differ, or from which on three or more steps in a row have no match. Undefined when nothing matches or
 * nothing parts. Linear in the rows.
 */
export function findDivergence(rows: readonly StepRow[], teacher: DivergenceSide, student: DivergenceSide): Divergence | undefined {
  const reasonAt = partCheck(rows, teacher, student);
  for (const [index, row] of rows.entries()) {
    const previous = rows[index - 1];
    const reason = reasonAt(index, row, previous !== undefined && matched(previous));
    if (reason === undefined) continue;
    const [ours, theirs] = [teacher.analysis, student.analysis];
    const teacherStep = stepFrom(rows, index, "teacher", ours.steps.length);
    const studentStep = stepFrom(rows, index, "student", theirs.steps.length);
    return {
      stepRow: index,
      ...(teacherStep < ours.steps.length ? { teacherStep } : {}),
      ...(studentStep < theirs.steps.length ? { studentStep } : {}),
      teacherShare: before(ours.steps, teacherStep, ours.tokens),
      studentShare: before(theirs.steps, studentStep, theirs.tokens),
      reason,
    };
  }
  return undefined;
}
