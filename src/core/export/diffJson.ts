/** The alignment of two traces as one JSON object: the line that the command line prints for a pair. */
import type { Analysis } from "../analysis";
import { meaningOf } from "../compare/measures";
import { indicesOf, type TraceDiff, type UnitRow } from "../compare/traceDiff";
import type { Span, Trace } from "../trace";

/** One side of a pair. */
export interface DiffSide {
  /** The file as the user named it. */
  readonly file: string;
  readonly trace: Trace;
  readonly analysis: Analysis;
}

/**
 * A pair in the public format; offsets are UTF-16 code units of each side's own text, absent values are null. A row holds the steps (units) from `teacher`
 * up to, not with, `teacherEnd`, and likewise of the student: one on each side, save in `split` rows of steps (several of the student) and `merged` ones
 * (several of the teacher). A unit beside several has a row for each; `continues` names its side in all but the first.
 */
export function diffJson(teacher: DiffSide, student: DiffSide, diff: TraceDiff): Readonly<Record<string, unknown>> {
  const meaning = meaningOf(teacher, student, diff);
  return {
    teacher: sideJson(teacher),
    student: sideJson(student),
    question: teacher.trace.question,
    units: diff.units.map((row) => ({ ...rowJson(row), continues: row.continues ?? null })),
    steps: diff.steps.map((row) => ({
      ...rowJson(row),
      unitRow: row.unitRow,
      teacherSpan: spanOf(teacher, row, "teacher"),
      studentSpan: spanOf(student, row, "student"),
      teacherWords: row.teacherWords ?? null,
      studentWords: row.studentWords ?? null,
    })),
    changedSteps: diff.steps.flatMap((row, index) => (row.kind === "same" ? [] : [index])),
    divergence: diff.divergence
      ? { ...diff.divergence, teacherShare: round(diff.divergence.teacherShare), studentShare: round(diff.divergence.studentShare) }
      : null,
    answers: {
      teacher: diff.answers.teacher ?? null,
      student: diff.answers.student ?? null,
      reference: diff.answers.reference ?? null,
      agree: diff.answers.agree ?? null,
      teacherCorrect: diff.answers.teacherCorrect ?? null,
      studentCorrect: diff.answers.studentCorrect ?? null,
    },
    totals: { ...diff.totals, ratio: round(diff.totals.ratio) },
    functions: meaning.functions,
    dropped: meaning.dropped,
    missing: meaning.missing,
    firstResult: meaning.firstResult ?? null,
  };
}

const rowJson = (row: UnitRow) => ({
  kind: row.kind,
  teacher: row.teacher ?? null,
  teacherEnd: endOf(row, "teacher"),
  student: row.student ?? null,
  studentEnd: endOf(row, "student"),
  similarity: round(row.similarity),
});

function endOf(row: UnitRow, side: "teacher" | "student"): number | null {
  const last = indicesOf(row, side).at(-1);
  return last === undefined ? null : last + 1;
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

function spanOf({ analysis }: DiffSide, row: UnitRow, side: "teacher" | "student"): Span | null {
  const indices = indicesOf(row, side);
  const [first, last] = [analysis.steps[indices[0] ?? -1], analysis.steps[indices.at(-1) ?? -1]];
  return first && last ? { start: first.start, end: last.end } : null;
}

const sideJson = ({ file, trace, analysis }: DiffSide) => ({
  file,
  record: trace.record,
  rollout: trace.rollout,
  id: trace.id,
  model: trace.model ?? trace.variant ?? null,
  tokens: analysis.tokens,
  steps: analysis.steps.length,
  units: analysis.units.length,
});
