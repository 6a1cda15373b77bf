/** The first place where two aligned traces part. */
import type { Analysis, Step } from "../analysis";
import { equivalent } from "../answer/equivalent";
import type { Divergence, StepRow } from "./traceDiff";

/** Steps in a row without a match that make a divergence. */
const leastRun = 3;

interface Side {
  readonly text: string;
  readonly analysis: Analysis;
}

const matched = (row: StepRow): boolean => row.teacher !== undefined && row.student !== undefined;

/** Answers stated in a step; the last one counts. */
function answersByStep(analysis: Analysis): Map<number, string> {
  return new Map(analysis.candidates.map((candidate) => [candidate.step, candidate.answer]));
}

const equation = /([^=\n$,;:]{3,60})=\s*([-+]?[\d.,]*\d)(?=[\s.,;$)\\]|$)/g;

/** Left-hand sides of a step's equations with a number on the right: "5 * 3" → "15". Names alone ("x = 3") depend on their context and are left out. */
function results(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of text.slice(0, 4000).matchAll(equation)) {
    const left = (match[1] ?? "").replace(/\\(?:cdot|times|left|right)|[\s*×·()]/g, "");
    if (/\d.*[-+/^]|\d{2}|\d[a-z]/.test(left) && /^[-\d.+/^\\{}a-z]+$/i.test(left)) {
      found.set(left, match[2] ?? "");
    }
  }
  return found;
}

/** In plain words where two matched steps reach different results; undefined when they do not. */
function differentResult(
  row: StepRow,
  teacher: Side,
  student: Side,
  answers: readonly [Map<number, string>, Map<number, string>],
): string | undefined {
  const [t, s] = [row.teacher ?? -1, row.student ?? -1];
  const [left, right] = [answers[0].get(t), answers[1].get(s)];
  if (left !== undefined && right !== undefined && !equivalent(left, right).equal) {
    return `the teacher states ${left}, the student ${right}`;
  }
  const [a, b] = [teacher.analysis.steps[t], student.analysis.steps[s]];
  const ours = results(a ? teacher.text.slice(a.start, a.end) : "");
  for (const [side, value] of results(b ? student.text.slice(b.start, b.end) : "")) {
    const other = ours.get(side);
    if (other !== undefined && !equivalent(other, value).equal) {
      return `${side} is ${other} for the teacher, ${value} for the student`;
    }
  }
  return undefined;
}

function tokensOf(steps: readonly Step[], indices: readonly number[]): number {
  return indices.reduce((sum, index) => sum + (steps[index]?.tokens ?? 0), 0);
}

/** Length of the run of steps without a match that starts at `from`. */
function runLength(rows: readonly StepRow[], from: number): number {
  const end = rows.findIndex((row, index) => index >= from && matched(row));
  return (end < 0 ? rows.length : end) - from;
}

function runReason(rows: readonly StepRow[], teacher: Side, student: Side): string {
  const format = (n: number): string => Math.round(n).toLocaleString("en-US");
  const ours = rows.flatMap((row) => (row.teacher === undefined ? [] : [row.teacher]));
  const theirs = rows.flatMap((row) => (row.student === undefined ? [] : [row.student]));
  const part = (who: string, steps: readonly number[], tokens: number): string =>
    `${steps.length} ${who} ${steps.length === 1 ? "step" : "steps"} (${format(tokens)} tokens)`;
  const parts = [
    ...(ours.length > 0 ? [part("teacher", ours, tokensOf(teacher.analysis.steps, ours))] : []),
    ...(theirs.length > 0 ? [part("student", theirs, tokensOf(student.analysis.steps, theirs))] : []),
  ];
  return `the next ${parts.join(" and ")} have no match`;
}

function before(steps: readonly Step[], index: number | undefined, total: number): number {
  return index === undefined || total === 0 ? 0 : steps.slice(0, index).reduce((sum, step) => sum + step.tokens, 0) / total;
}

/**
 * The first place after the first match where results differ, or the matched step after which three or more steps in a row have no match.
 * Undefined when nothing matches or nothing parts.
 */
export function findDivergence(rows: readonly StepRow[], teacher: Side, student: Side): Divergence | undefined {
  const answers = [answersByStep(teacher.analysis), answersByStep(student.analysis)] as const;
  for (const [index, row] of rows.entries()) {
    if (!matched(row)) {
      continue;
    }
    const run = runLength(rows, index + 1);
    const result = row.kind === "changed" ? differentResult(row, teacher, student, answers) : undefined;
    const reason = result ?? (run >= leastRun ? runReason(rows.slice(index + 1, index + 1 + run), teacher, student) : undefined);
    if (reason !== undefined) {
      return {
        stepRow: index,
        ...(row.teacher === undefined ? {} : { teacherStep: row.teacher }),
        ...(row.student === undefined ? {} : { studentStep: row.student }),
        teacherShare: before(teacher.analysis.steps, row.teacher, teacher.analysis.tokens),
        studentShare: before(student.analysis.steps, row.student, student.analysis.tokens),
        reason,
      };
    }
  }
  return undefined;
}
