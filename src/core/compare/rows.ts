/** Rows of a comparison in reading order, from matches of units and steps. Every unit and step of both sides stands in exactly one row. */
import type { RunMatch } from "./align";
import type { StepMatches } from "./matchSteps";
import type { UnitMatches, Units } from "./matchUnits";
import { indicesOf, type MatchKind, type StepRow, type UnitRow } from "./traceDiff";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** Kind of a match in order that is not the same. */
const kindOfRun = ({ teacherEnd, studentEnd }: RunMatch): MatchKind =>
  studentEnd !== undefined ? "split" : teacherEnd !== undefined ? "merged" : "changed";

/**
 * Rows of units: matched ones level, those alone before the next matched pair, the teacher's first. A moved pair stands where its teacher unit is.
 * Kinds of matched rows are "changed" until the caller knows better.
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
      if (!movedStudent.has(s)) {
        rows.push({ kind: "student-only", student: s, similarity: 0 });
      }
    }
  };
  for (const match of matches.inOrder) {
    until(match.teacher, match.student);
    rows.push({ kind: kindOfRun(match), ...match });
    [t, s] = [match.teacherEnd ?? match.teacher + 1, match.studentEnd ?? match.student + 1];
  }
  until(teacherCount, studentCount);
  return rows;
}

/** The unit row of every step of one side. */
function rowsOfSteps(side: Units, rows: readonly UnitRow[], which: "teacher" | "student"): Int32Array {
  const rowOfUnit = new Int32Array(side.units.length);
  for (const [index, row] of rows.entries()) {
    for (const unit of indicesOf(row, which)) rowOfUnit[unit] = index;
  }
  return Int32Array.from(side.steps, (step) => rowOfUnit[step.unit] ?? 0);
}

/**
 * Unit rows of the student's steps. A step matched in order stands in its partner's row even when that is another unit (a unit that was split or
 * merged); steps without partner between two such stay between them, so that the student's reading order holds down the page.
 */
function placeStudentSteps(own: Int32Array, teacherRows: Int32Array, inOrder: readonly RunMatch[], rows: readonly UnitRow[]): Int32Array {
  const placed = own.slice();
  const fixed = new Map(
    inOrder.flatMap((match) => indicesOf(match, "student").map((step) => [step, teacherRows[match.teacher] ?? 0] as const)),
  );
  const isMoved = (row: number): boolean => rows[row]?.kind === "moved";
  const upper = new Int32Array(own.length);
  let ceiling = rows.length - 1;
  for (let s = own.length - 1; s >= 0; s -= 1) {
    const row = fixed.get(s);
    ceiling = row !== undefined && !isMoved(row) ? Math.min(ceiling, row) : ceiling;
    upper[s] = ceiling;
  }
  let floor = 0;
  for (let s = 0; s < own.length; s += 1) {
    const row = fixed.get(s);
    if (row !== undefined) {
      placed[s] = row;
      floor = isMoved(row) ? floor : Math.max(floor, row);
    } else if (!isMoved(own[s] ?? 0)) {
      placed[s] = Math.max(floor, Math.min(upper[s] ?? 0, own[s] ?? 0));
      floor = placed[s] ?? floor;
    }
  }
  return placed;
}

function byRow(rowOf: Int32Array, count: number, skip: ReadonlySet<number>): number[][] {
  const lists: number[][] = Array.from({ length: count }, () => []);
  for (const [step, row] of rowOf.entries()) {
    if (!skip.has(step)) {
      lists[row]?.push(step);
    }
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
  const teacherRows = rowsOfSteps(teacher, rows, "teacher");
  const studentRows = placeStudentSteps(rowsOfSteps(student, rows, "student"), teacherRows, matches.inOrder, rows);
  const partner = new Map(matches.inOrder.flatMap((match) => indicesOf(match, "teacher").map((step) => [step, match] as const)));
  const moved = new Map(matches.moved.map((match) => [match.teacher, match]));
  const movedStudent = new Set(matches.moved.map((match) => match.student));
  const teacherLists = byRow(teacherRows, rows.length, new Set());
  const studentLists = byRow(studentRows, rows.length, movedStudent);
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
