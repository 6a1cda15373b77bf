/** Rows of a comparison in reading order, from matches of units and steps. Every unit and step of both sides stands in exactly one row. */
import type { Match } from "./align";
import type { StepMatches } from "./matchSteps";
import type { Units } from "./matchUnits";
import type { MatchKind, StepRow, UnitRow } from "./traceDiff";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Rows of units: matched ones level, those alone before the next matched pair, the teacher's first. A moved pair stands where its teacher unit is.
 * Kinds of matched rows are "changed" until the caller knows better.
 */
export function unitRows(
  teacherCount: number,
  studentCount: number,
  matches: { readonly inOrder: readonly Match[]; readonly moved: readonly Match[] },
): UnitRow[] {
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
    rows.push({ kind: "changed", ...match });
    [t, s] = [match.teacher + 1, match.student + 1];
  }
  until(teacherCount, studentCount);
  return rows;
}

/** The unit row of every step of one side. */
function rowsOfSteps(side: Units, rows: readonly UnitRow[], which: "teacher" | "student"): Int32Array {
  const rowOfUnit = new Int32Array(side.units.length);
  for (const [index, row] of rows.entries()) {
    const unit = row[which];
    if (unit !== undefined) {
      rowOfUnit[unit] = index;
    }
  }
  return Int32Array.from(side.steps, (step) => rowOfUnit[step.unit] ?? 0);
}

/**
 * Unit rows of the student's steps. A step matched in order stands in its partner's row even when that is another unit (a unit that was split or
 * merged); steps without partner between two such stay between them, so that the student's reading order holds down the page.
 */
function placeStudentSteps(own: Int32Array, teacherRows: Int32Array, inOrder: readonly Match[], rows: readonly UnitRow[]): Int32Array {
  const placed = own.slice();
  const fixed = new Map(inOrder.map((match) => [match.student, teacherRows[match.teacher] ?? 0]));
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

/** Rows of steps grouped by unit row, in reading order; `kindOf` says whether a matched pair is the same or changed. */
export function stepRows(
  teacher: Units,
  student: Units,
  rows: readonly UnitRow[],
  matches: StepMatches,
  kindOf: (t: number, s: number) => MatchKind,
): Draft<StepRow>[] {
  const teacherRows = rowsOfSteps(teacher, rows, "teacher");
  const studentRows = placeStudentSteps(rowsOfSteps(student, rows, "student"), teacherRows, matches.inOrder, rows);
  const partner = new Map(matches.inOrder.map((match) => [match.teacher, match]));
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
      if (match) {
        aloneUntil(match.student);
        next += 1;
        result.push({ kind: kindOf(t, match.student), ...match, unitRow });
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
