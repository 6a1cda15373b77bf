import fc from "fast-check";
import { expect, test } from "vitest";
import { compareTraces } from "../../src/core/compare/compareTraces";
import { indicesOf, type MatchKind } from "../../src/core/compare/traceDiff";
import { compared } from "../core/compare/fixture";

const words = fc.constantFrom(
  "angle",
  "compute",
  "sum",
  "12",
  "x",
  "prime",
  "check",
  "garden",
  "area",
  "34",
  "=",
  "is",
  "\\frac",
  "factor",
);
const step = fc.array(words, { maxLength: 9 }).map((list) => list.join(" "));
const units = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { maxLength: 6 });

const swappedKind: Readonly<Record<MatchKind, MatchKind>> = {
  same: "same",
  changed: "changed",
  split: "merged",
  merged: "split",
  moved: "moved",
  "teacher-only": "student-only",
  "student-only": "teacher-only",
};

test("every step of both sides stands in exactly one row, every unit in exactly one that does not continue it", () => {
  fc.assert(
    fc.property(units, units, (a, b) => {
      const [teacher, student] = [compared(a), compared(b)];
      const diff = compareTraces(teacher, student);
      const sorted = (list: readonly number[]): number[] => [...list].sort((x, y) => x - y);
      for (const side of ["teacher", "student"] as const) {
        const { analysis } = { teacher, student }[side];
        expect(sorted(diff.steps.flatMap((row) => indicesOf(row, side)))).toEqual([...analysis.steps.keys()]);
        const begun = diff.units.filter((row) => row.continues !== side);
        expect(sorted(begun.flatMap((row) => indicesOf(row, side)))).toEqual([...analysis.units.keys()]);
      }
      for (const row of diff.steps) {
        expect(diff.units[row.unitRow]).toBeDefined();
        expect(row.similarity).toBeGreaterThanOrEqual(0);
        expect(row.similarity).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 400 },
  );
});

test("a step stands under a row of its own unit, save the student's of a moved row", () => {
  fc.assert(
    fc.property(units, units, (a, b) => {
      const sides = { teacher: compared(a), student: compared(b) };
      const diff = compareTraces(sides.teacher, sides.student);
      for (const row of diff.steps) {
        for (const side of ["teacher", "student"] as const) {
          if (row.kind === "moved" && side === "student") continue;
          for (const step of indicesOf(row, side)) {
            expect(indicesOf(diff.units[row.unitRow], side)).toEqual([sides[side].analysis.steps[step]?.unit]);
          }
        }
      }
      const moved = diff.steps.filter((row) => row.kind === "moved").length;
      expect(diff.steps.filter((row) => row.kind === "moved" && row.teacher !== undefined && row.student !== undefined)).toHaveLength(
        moved,
      );
    }),
    { numRuns: 400 },
  );
});

test("what is told to stand on one side only is what the rows without a partner hold", () => {
  fc.assert(
    fc.property(units, units, (a, b) => {
      const sides = { teacher: compared(a), student: compared(b) };
      const { steps, totals } = compareTraces(sides.teacher, sides.student);
      for (const side of ["teacher", "student"] as const) {
        const tokens = (rows: typeof steps): number =>
          rows.flatMap((row) => indicesOf(row, side)).reduce((sum, step) => sum + (sides[side].analysis.steps[step]?.tokens ?? 0), 0);
        const alone = steps.filter((row) => row.kind === `${side}-only`);
        const both = steps.filter((row) => row.teacher !== undefined && row.student !== undefined);
        expect(totals[`${side}Only`]).toMatchObject({ steps: alone.length, tokens: tokens(alone) });
        expect(tokens(alone) + tokens(both)).toBe(sides[side].analysis.tokens);
      }
    }),
    { numRuns: 200 },
  );
});

test("rows follow the unit rows and the teacher's order; the student's order holds outside moves", () => {
  fc.assert(
    fc.property(units, units, (a, b) => {
      const diff = compareTraces(compared(a), compared(b));
      const rising = (list: readonly number[]): boolean => list.every((n, i) => i === 0 || (list[i - 1] ?? n) <= n);
      const moved = new Set(diff.units.flatMap((row, i) => (row.kind === "moved" ? [i] : [])));
      expect(rising(diff.steps.map((row) => row.unitRow))).toBe(true);
      expect(rising(diff.steps.flatMap((row) => (row.teacher === undefined ? [] : [row.teacher])))).toBe(true);
      const still = diff.steps.filter((row) => row.kind !== "moved" && !moved.has(row.unitRow));
      expect(rising(still.flatMap((row) => (row.student === undefined ? [] : [row.student])))).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("identical traces are the same throughout", () => {
  fc.assert(
    fc.property(units, (a) => {
      const diff = compareTraces(compared(a), compared(a));
      const full = a.flat().every((text) => text.trim() !== "");
      expect(!full || diff.steps.every((row) => row.kind === "same")).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("swapping the sides swaps the matches", () => {
  fc.assert(
    fc.property(units, units, (a, b) => {
      const forward = compareTraces(compared(a), compared(b));
      const backward = compareTraces(compared(b), compared(a));
      const key = (kind: MatchKind, teacher: number | undefined, student: number | undefined): string => `${kind} ${teacher} ${student}`;
      expect(backward.steps.map((row) => key(swappedKind[row.kind], row.student, row.teacher)).sort()).toEqual(
        forward.steps.map((row) => key(row.kind, row.teacher, row.student)).sort(),
      );
      expect(backward.units.map((row) => key(swappedKind[row.kind], row.student, row.teacher)).sort()).toEqual(
        forward.units.map((row) => key(row.kind, row.teacher, row.student)).sort(),
      );
    }),
    { numRuns: 400 },
  );
});
