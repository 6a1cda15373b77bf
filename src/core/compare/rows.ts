/**
 * Rows of a comparison in reading order, from matches of units and steps. Every step of both sides stands in exactly one row, under a row of its own unit; only
 * the student's step of a moved row stands elsewhere.
 */
import type { Match, RunMatch } from "./align";
import type { StepMatches } from "./matchSteps";
import type { UnitMatches, Units } from "./matchUnits";
import { indicesOf, type MatchKind, type StepRow, type UnitRow } from "./traceDiff";

type Draft<T> = { -readonly [K in keyof T]: T[K] };
type Name = "teacher" | "student";

/** Kind of a match in order that is not the same. */
const kindOfRun = ({ teacherEnd, studentEnd }: RunMatch): MatchKind =>
  studentEnd !== undefined ? "split" : teacherEnd !== undefined ? "merged" : "changed";

/** A match of units in order, and what goes on in it. */
const unitRow = (match: Match, continues: Name | undefined): UnitRow => ({
  kind: "changed",
  ...match,
  ...(continues ? { continues } : {}),
});

/** A teacher's unit that faces several is split, several that face one of the student are merged. */
function withRuns(rows: readonly UnitRow[]): UnitRow[] {
  const matched = rows.filter((row) => row.kind === "changed");
  const next = new Map(matched.map((row, index) => [row, matched[index + 1]]));
  return rows.map((row) => {
    const continues = row.continues ?? next.get(row)?.continues;
    return continues === undefined ? row : { ...row, kind: continues === "teacher" ? "split" : "merged" };
  });
}

/**
 * Rows of units: matched ones level, those alone before the next matched pair, the teacher's first. A moved pair stands where its teacher unit is; a unit that
 * faces several has a row beside each.
 */
export function unitRows(teacherCount: number, studentCount: number, matches: UnitMatches): UnitRow[] {
  const movedTeacher = new Map(matches.moved.map((match) => [match.teacher, match]));
  const movedStudent = new Set(matches.moved.map((match) => match.student));
  const rows: UnitRow[] = [];
  let [t, s] = [0, 0];
  const until = (endTeacher: number, endStudent: number): void => {
    for (; t < endTeacher; t += 1) {
      const moved = movedTeacher.get(t);
      rows.push(moved ? { kind: "moved", ...moved } : { kind: "teacher-only", teacher: t, similarity: 0 });
    }
    for (; s < endStudent; s += 1) {
      if (!movedStudent.has(s)) rows.push({ kind: "student-only", student: s, similarity: 0 });
    }
  };
  for (const match of matches.inOrder) {
    until(match.teacher, match.student);
    rows.push(unitRow(match, match.teacher < t ? "teacher" : match.student < s ? "student" : undefined));
    [t, s] = [match.teacher + 1, match.student + 1];
  }
  until(teacherCount, studentCount);
  return withRuns(rows);
}

/** For each step of a side the index of its row of units: a matched one's is that of both units, one alone stays with the matched one before it. */
function rowsOfSteps(sides: Readonly<Record<Name, Units>>, rows: readonly UnitRow[], matches: readonly RunMatch[], side: Name): Int32Array {
  const ofPair = new Map(rows.map((row, index) => [`${row.teacher}:${row.student}`, index]));
  const first = new Map<number | undefined, number>();
  for (const [index, row] of rows.entries()) if (!first.has(row[side])) first.set(row[side], index);
  const fixed = new Map(
    matches.flatMap((match) => {
      const row = ofPair.get(`${sides.teacher.steps[match.teacher]?.unit}:${sides.student.steps[match.student]?.unit}`);
      return row === undefined ? [] : indicesOf(match, side).map((step) => [step, row] as const);
    }),
  );
  const { steps } = sides[side];
  let row = 0;
  return Int32Array.from(steps, ({ unit }, step) => {
    if (step === 0 || steps[step - 1]?.unit !== unit) row = first.get(unit) ?? 0;
    row = fixed.get(step) ?? row;
    return row;
  });
}

function byRow(rowOf: Int32Array, count: number, skip: ReadonlySet<number>): number[][] {
  const lists: number[][] = Array.from({ length: count }, () => []);
  for (const [step, row] of rowOf.entries()) {
    if (!skip.has(step)) lists[row]?.push(step);
  }
  return lists;
}

/** Rows of steps grouped by unit row, in reading order; `isSame` says whether a matched pair says the same. */
export function stepRows(
  teacher: Units,
  student: Units,
  rows: readonly UnitRow[],
  matches: StepMatches,
  isSame: (match: RunMatch) => boolean,
): Draft<StepRow>[] {
  const rowsOf = (side: Name): Int32Array => rowsOfSteps({ teacher, student }, rows, matches.inOrder, side);
  const partner = new Map(matches.inOrder.flatMap((match) => indicesOf(match, "teacher").map((step) => [step, match] as const)));
  const moved = new Map(matches.moved.map((match) => [match.teacher, match]));
  const movedStudent = new Set(matches.moved.map((match) => match.student));
  const teacherLists = byRow(rowsOf("teacher"), rows.length, new Set());
  const studentLists = byRow(rowsOf("student"), rows.length, movedStudent);
  const result: Draft<StepRow>[] = [];
  for (let unitRow = 0; unitRow < rows.length; unitRow += 1) {
    const alone = studentLists[unitRow] ?? [];
    let next = 0;
    const aloneUntil = (end: number): void => {
      for (; next < alone.length && (alone[next] ?? end) < end; next += 1) {
        result.push({ kind: "student-only", student: alone[next] ?? 0, similarity: 0, unitRow });
      }
    };
    for (const t of teacherLists[unitRow] ?? []) {
      const match = partner.get(t);
      const elsewhere = moved.get(t);
      if (match && match.teacher < t) continue;
      if (match) {
        aloneUntil(match.student);
        next += indicesOf(match, "student").length;
        result.push({ kind: isSame(match) ? "same" : kindOfRun(match), ...match, unitRow });
      } else if (elsewhere) {
        result.push({ kind: "moved", ...elsewhere, unitRow });
      } else {
        result.push({ kind: "teacher-only", teacher: t, similarity: 0, unitRow });
      }
    }
    aloneUntil(Number.POSITIVE_INFINITY);
  }
  return result;
}
