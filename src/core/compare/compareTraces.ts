/** Compares two traces unit by unit and step by step. Pure and deterministic; near-linear in the length of both texts. */
import type { Analysis, Candidate } from "../analysis";
import { equivalent } from "../answer/equivalent";
import type { Span, Trace } from "../trace";
import type { RunMatch } from "./align";
import { closingStep } from "./closings";
import { findDivergence } from "./divergence";
import { type MatchedSide, matchSteps, type Pins, type StepMatches } from "./matchSteps";
import { matchUnits, type UnitMatches } from "./matchUnits";
import { sameKey } from "./passageWords";
import { stepRows, unitRows } from "./rows";
import { vectorize, vectorizeRuns } from "./similarity";
import { indicesOf, type StepRow, type TraceDiff, type UnitRow } from "./traceDiff";
import { planUnits } from "./unitPlan";
import { wordDiff } from "./wordDiff";

/** One side of a comparison. */
export interface Compared {
  readonly trace: Trace;
  readonly analysis: Analysis;
}

const noPins: Pins = { pinned: [], broken: [] };

/** A side, and what its texts say. */
interface Read extends Compared {
  readonly steps: MatchedSide;
  readonly unitKeys: readonly string[];
}

/** What was read of a trace, as long as its analysis is in use: the same trace is compared again with other partners and other pins. */
const known = new WeakMap<Analysis, Read>();

function read(side: Compared): Read {
  const before = known.get(side.analysis);
  if (before?.trace === side.trace) return before;
  const fresh = readAnew(side);
  known.set(side.analysis, fresh);
  return fresh;
}

function readAnew({ trace, analysis }: Compared): Read {
  const keys = analysis.steps.map((step) => sameKey(trace.text.slice(step.start, step.end)));
  const units = analysis.steps.map((step) => step.unit);
  const unitKeys = analysis.units.map((unit) => keys.slice(unit.firstStep, unit.endStep).join(" "));
  return { trace, analysis, steps: { keys, units, closing: closingStep(analysis) }, unitKeys };
}

interface Matches {
  readonly steps: StepMatches;
  readonly units: UnitMatches;
}

function matchAll(first: Read, second: Read, pins: Pins): Matches {
  const vectors = vectorize(first.steps.keys, second.steps.keys);
  const unitVectors = vectorizeRuns(vectors, first.analysis.units, second.analysis.units);
  const plan = planUnits(first.analysis.units, second.analysis.units, unitVectors);
  const steps = matchSteps(first.steps, second.steps, vectors, pins, plan);
  const units = matchUnits(
    first.analysis,
    second.analysis,
    unitVectors,
    steps,
    (t, s) => first.unitKeys[t] === second.unitKeys[s] && first.unitKeys[t] !== "",
  );
  return { steps, units };
}

const mirror = (matches: readonly RunMatch[]): RunMatch[] =>
  matches
    .map(({ teacher, student, teacherEnd, studentEnd, similarity }) => ({
      teacher: student,
      student: teacher,
      similarity,
      ...(studentEnd === undefined ? {} : { teacherEnd: studentEnd }),
      ...(teacherEnd === undefined ? {} : { studentEnd: teacherEnd }),
    }))
    .sort((a, b) => a.teacher - b.teacher);

/** Ties are broken by position, so the pair is matched in one canonical order whichever side is called teacher. */
function matchEitherWay(teacher: Read, student: Read, pins: Pins): Matches {
  const [a, b] = [teacher.trace.text, student.trace.text];
  if (a.length < b.length || (a.length === b.length && a <= b)) {
    return matchAll(teacher, student, pins);
  }
  const swapped: Pins = { pinned: pins.pinned.map(([t, s]) => [s, t]), broken: pins.broken.map(([t, s]) => [s, t]) };
  const { steps, units } = matchAll(student, teacher, swapped);
  return {
    steps: { inOrder: mirror(steps.inOrder), moved: mirror(steps.moved) },
    units: { inOrder: mirror(units.inOrder), moved: mirror(units.moved) },
  };
}

/** The text of a row's steps on one side, from the first to the last. */
function spanOf({ analysis }: Compared, row: StepRow, side: "teacher" | "student"): Span | undefined {
  const indices = indicesOf(row, side);
  const [first, last] = [analysis.steps[indices[0] ?? -1], analysis.steps[indices.at(-1) ?? -1]];
  return first && last && { start: first.start, end: last.end };
}

function withWords(row: StepRow, teacher: Read, student: Read): StepRow {
  const [a, b] = [spanOf(teacher, row, "teacher"), spanOf(student, row, "student")];
  if (!a || !b || row.kind === "same" || row.similarity === 1) return row;
  const words = wordDiff(teacher.trace.text.slice(a.start, a.end), a.start, student.trace.text.slice(b.start, b.end), b.start);
  if (words?.aligned === 1) return row.kind === "changed" ? { ...row, kind: "same", similarity: 1 } : { ...row, similarity: 1 };
  if (words) return { ...row, teacherWords: words.teacherWords, studentWords: words.studentWords };
  return differingAnswers(row, teacher, student);
}

/** The closing steps of two traces with different answers differ in those, whatever their other words. */
function differingAnswers(row: StepRow, teacher: Read, student: Read): StepRow {
  const [left, right] = [answerIn(teacher, indicesOf(row, "teacher")), answerIn(student, indicesOf(row, "student"))];
  if (!left || !right || equivalent(left.answer, right.answer).equal) return row;
  const span = ({ start, end }: Span): Span => ({ start, end });
  return { ...row, teacherWords: [span(left)], studentWords: [span(right)] };
}

const answerIn = ({ analysis }: Read, steps: readonly number[]): Candidate | undefined =>
  analysis.candidates.findLast((candidate) => candidate.equalsFinal && steps.includes(candidate.step));

const isSameUnit = (row: UnitRow, teacher: Read, student: Read): boolean =>
  row.kind === "changed" && teacher.unitKeys[row.teacher ?? -1] === student.unitKeys[row.student ?? -1];

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
  const paired = (rows: readonly (UnitRow | StepRow)[]): readonly [number, number] => {
    const both = rows.filter((row) => row.teacher !== undefined && row.student !== undefined);
    const inAll = (side: "teacher" | "student"): number => new Set(both.flatMap((row) => indicesOf(row, side))).size;
    return [inAll("teacher"), inAll("student")];
  };
  return {
    teacherTokens: teacher.tokens,
    studentTokens: student.tokens,
    ratio: teacher.tokens > 0 ? student.tokens / teacher.tokens : 0,
    unitsMatched: paired(units),
    stepsMatched: paired(steps),
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
 * The alignment of two traces: units, steps level inside them, single words where enough of a matched pair aligns, the first
 * divergence, totals and answers. Where one side says in several steps what the other says in one, they share a row. `pins` are a person's corrections: pinned step pairs are kept and the rest aligns around them. Swapping the sides
 * swaps the matches. Traces without steps give rows of the other side only.
 */
export function compareTraces(teacher: Compared, student: Compared, pins: Pins = noPins): TraceDiff {
  const [one, other] = [read(teacher), read(student)];
  const matches = matchEitherWay(one, other, pins);
  const [left, right] = [teacher.analysis, student.analysis];
  const units = unitRows(left.units.length, right.units.length, matches.units).map(
    (row): UnitRow => (isSameUnit(row, one, other) ? { ...row, kind: "same", similarity: 1 } : row),
  );
  const isSame = (match: RunMatch): boolean =>
    match.teacherEnd === undefined && match.studentEnd === undefined && one.steps.keys[match.teacher] === other.steps.keys[match.student];
  const steps = stepRows(left, right, units, matches.steps, isSame).map((row) => withWords(row, one, other));
  const divergence = findDivergence(steps, { text: teacher.trace.text, analysis: left }, { text: student.trace.text, analysis: right });
  return {
    units,
    steps,
    ...(divergence ? { divergence } : {}),
    totals: totals(units, steps, left, right),
    answers: answersOf(left, right),
  };
}
