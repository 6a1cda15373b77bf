/** Compares two traces unit by unit and step by step. Pure and deterministic; near-linear in the length of both texts. */
import type { Analysis } from "../analysis";
import { equivalent } from "../answer/equivalent";
import type { Span, Trace } from "../trace";
import { findDivergence } from "./divergence";
import { matchSteps, type Pins, type StepMatches } from "./matchSteps";
import { matchUnits } from "./matchUnits";
import { stepRows, unitRows } from "./rows";
import { foldSpace, vectorize, vectorizeRuns } from "./similarity";
import type { StepRow, TraceDiff, UnitRow } from "./traceDiff";
import { wordDiff } from "./wordDiff";

/** One side of a comparison. */
export interface Compared {
  readonly trace: Trace;
  readonly analysis: Analysis;
}

const noPins: Pins = { pinned: [], broken: [] };

function texts(side: Compared, spans: readonly Span[]): string[] {
  return spans.map((span) => foldSpace(side.trace.text.slice(span.start, span.end)));
}

interface Matches {
  readonly steps: StepMatches;
  readonly units: { readonly inOrder: StepMatches["inOrder"]; readonly moved: StepMatches["moved"] };
}

function matchAll(first: Compared, second: Compared, pins: Pins): Matches {
  const [a, b] = [texts(first, first.analysis.steps), texts(second, second.analysis.steps)];
  const vectors = vectorize(a, b);
  const steps = matchSteps(a, b, vectors, pins);
  const [unitsA, unitsB] = [texts(first, first.analysis.units), texts(second, second.analysis.units)];
  const units = matchUnits(
    first.analysis,
    second.analysis,
    vectorizeRuns(vectors, first.analysis.units, second.analysis.units),
    steps,
    (t, s) => unitsA[t] === unitsB[s] && unitsA[t] !== "",
  );
  return { steps, units };
}

const mirror = <T extends { readonly teacher: number; readonly student: number }>(matches: readonly T[]): T[] =>
  matches.map((match) => ({ ...match, teacher: match.student, student: match.teacher }));

const byPlace = (a: { readonly teacher: number }, b: { readonly teacher: number }): number => a.teacher - b.teacher;

/** Ties are broken by position, so the pair is matched in one canonical order whichever side is called teacher. */
function matchEitherWay(teacher: Compared, student: Compared, pins: Pins): Matches {
  const [a, b] = [teacher.trace.text, student.trace.text];
  if (a.length < b.length || (a.length === b.length && a <= b)) {
    return matchAll(teacher, student, pins);
  }
  const swapped: Pins = { pinned: pins.pinned.map(([t, s]) => [s, t]), broken: pins.broken.map(([t, s]) => [s, t]) };
  const { steps, units } = matchAll(student, teacher, swapped);
  return {
    steps: { inOrder: mirror(steps.inOrder).sort(byPlace), moved: mirror(steps.moved).sort(byPlace) },
    units: { inOrder: mirror(units.inOrder).sort(byPlace), moved: mirror(units.moved).sort(byPlace) },
  };
}

function withWords(row: StepRow, teacher: Compared, student: Compared): StepRow {
  const a = row.teacher === undefined ? undefined : teacher.analysis.steps[row.teacher];
  const b = row.student === undefined ? undefined : student.analysis.steps[row.student];
  if (!a || !b || row.kind === "same" || row.similarity === 1) {
    return row;
  }
  const words = wordDiff(teacher.trace.text.slice(a.start, a.end), a.start, student.trace.text.slice(b.start, b.end), b.start);
  return words ? { ...row, teacherWords: words.teacherWords, studentWords: words.studentWords } : row;
}

function markSameUnits(rows: readonly UnitRow[], teacher: Compared, student: Compared): UnitRow[] {
  const [a, b] = [texts(teacher, teacher.analysis.units), texts(student, student.analysis.units)];
  return rows.map((row) =>
    row.kind === "changed" && row.teacher !== undefined && row.student !== undefined && a[row.teacher] === b[row.student]
      ? { ...row, kind: "same", similarity: 1 }
      : row,
  );
}

function onlyIn(
  side: "teacher" | "student",
  units: readonly UnitRow[],
  steps: readonly StepRow[],
  analysis: Analysis,
): TraceDiff["totals"]["teacherOnly"] {
  const kind = `${side}-only` as const;
  const alone = steps.filter((row) => row.kind === kind);
  return {
    units: units.filter((row) => row.kind === kind).length,
    steps: alone.length,
    tokens: alone.reduce((sum, row) => sum + (analysis.steps[row[side] ?? -1]?.tokens ?? 0), 0),
  };
}

function totals(units: readonly UnitRow[], steps: readonly StepRow[], teacher: Analysis, student: Analysis): TraceDiff["totals"] {
  const paired = (rows: readonly (UnitRow | StepRow)[]): number =>
    rows.filter((row) => row.teacher !== undefined && row.student !== undefined).length;
  return {
    teacherTokens: teacher.tokens,
    studentTokens: student.tokens,
    ratio: teacher.tokens > 0 ? student.tokens / teacher.tokens : 0,
    unitsMatched: [paired(units), paired(units)],
    stepsMatched: [paired(steps), paired(steps)],
    teacherOnly: onlyIn("teacher", units, steps, teacher),
    studentOnly: onlyIn("student", units, steps, student),
  };
}

const verdicts = { correct: true, wrong: false, unknown: undefined } as const;

function answersOf(teacher: Analysis, student: Analysis): TraceDiff["answers"] {
  const reference = teacher.referenceAnswer ?? student.referenceAnswer;
  const [left, right] = [teacher.finalAnswer, student.finalAnswer];
  const [teacherCorrect, studentCorrect] = [verdicts[teacher.verdict], verdicts[student.verdict]];
  return {
    ...(left === undefined ? {} : { teacher: left }),
    ...(right === undefined ? {} : { student: right }),
    ...(reference === undefined ? {} : { reference }),
    ...(left === undefined || right === undefined ? {} : { agree: equivalent(left, right).equal }),
    ...(teacherCorrect === undefined ? {} : { teacherCorrect }),
    ...(studentCorrect === undefined ? {} : { studentCorrect }),
  };
}

/**
 * The alignment of two traces: units one to one, steps level inside them, single words where enough of a matched pair aligns, the first
 * divergence, totals and answers. `pins` are a person's corrections: pinned step pairs are kept and the rest aligns around them. Swapping the sides
 * swaps the matches. Traces without steps give rows of the other side only.
 */
export function compareTraces(teacher: Compared, student: Compared, pins: Pins = noPins): TraceDiff {
  const matches = matchEitherWay(teacher, student, pins);
  const [left, right] = [teacher.analysis, student.analysis];
  const units = markSameUnits(unitRows(left.units.length, right.units.length, matches.units), teacher, student);
  const [a, b] = [texts(teacher, left.steps), texts(student, right.steps)];
  const drafts = stepRows(left, right, units, matches.steps, (t, s) => (a[t] === b[s] ? "same" : "changed"));
  const steps = drafts.map((row) => withWords(row, teacher, student));
  const divergence = findDivergence(steps, { text: teacher.trace.text, analysis: left }, { text: student.trace.text, analysis: right });
  return {
    units,
    steps,
    ...(divergence ? { divergence } : {}),
    totals: totals(units, steps, left, right),
    answers: answersOf(left, right),
  };
}
