/** The alignment of two traces as one JSON object: the line that the command line prints for a pair. */
import type { Analysis } from "../analysis";
import type { TraceDiff } from "../compare/traceDiff";
import type { Span, Trace } from "../trace";

/** One side of a pair. */
export interface DiffSide {
  /** The file as the user named it. */
  readonly file: string;
  readonly trace: Trace;
  readonly analysis: Analysis;
}

/** A pair in the public format; offsets are UTF-16 code units of each side's own text, absent values are null. */
export function diffJson(teacher: DiffSide, student: DiffSide, diff: TraceDiff): Readonly<Record<string, unknown>> {
  const step = (side: DiffSide, index: number | undefined): Span | null =>
    spanOf(index === undefined ? undefined : side.analysis.steps[index]);
  return {
    teacher: sideJson(teacher),
    student: sideJson(student),
    question: teacher.trace.question,
    units: diff.units.map((row) => ({
      kind: row.kind,
      teacher: row.teacher ?? null,
      student: row.student ?? null,
      similarity: round(row.similarity),
    })),
    steps: diff.steps.map((row) => ({
      kind: row.kind,
      teacher: row.teacher ?? null,
      student: row.student ?? null,
      similarity: round(row.similarity),
      unitRow: row.unitRow,
      teacherSpan: step(teacher, row.teacher),
      studentSpan: step(student, row.student),
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
  };
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

const spanOf = (span: Span | undefined): Span | null => (span ? { start: span.start, end: span.end } : null);

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
