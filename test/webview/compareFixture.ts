/** Aligned traces drawn from letters, for tests of what is shown beside what. */
import fc from "fast-check";
import type { Step, Unit } from "../../src/core/analysis";
import type { MatchKind, StepRow, TraceDiff, UnitRow } from "../../src/core/compare/traceDiff";
import type { FileInfo } from "../../src/protocol/engine";
import type { Aligned } from "../../webview/compare/compareRows";
import { analysisOf, plainStep, plainUnit } from "../core/compare/fixture";

/** What is told of a read file with these models, as many records as traces unless said otherwise. */
export const fileInfo = (models: readonly string[], traces: number, records = traces): FileInfo => ({
  name: "a.jsonl",
  bytes: 1,
  bytesIndexed: 1,
  indexed: true,
  container: "jsonl",
  importer: "x",
  importerTitle: "x",
  confidence: 1,
  records,
  traces,
  hasTraces: true,
  malformed: 0,
  problems: [],
  notices: [],
  analysed: models.length,
  models: models.map((name) => ({ name, traces: 1 })),
  tokenCounter: "test",
});

/** A row of units and its step rows: `b` both sides alike, `c` both changed, `t` teacher only, `s` student only. */
export const alignedOf = (rows: readonly string[], divergence?: number): Aligned => {
  const sides = { teacher: { steps: [] as Step[], units: [] as Unit[] }, student: { steps: [] as Step[], units: [] as Unit[] } };
  const units: UnitRow[] = [];
  const steps: StepRow[] = [];
  const addStep = (side: "teacher" | "student"): number => {
    const { steps: own, units: ownUnits } = sides[side];
    own.push(plainStep(own.length * 10, own.length * 10 + 10, ownUnits.length, 10 + (own.length % 7)));
    return own.length - 1;
  };
  rows.forEach((row, unitRow) => {
    const first = { teacher: sides.teacher.steps.length, student: sides.student.steps.length };
    for (const letter of row) {
      const kind: MatchKind = letter === "b" ? "same" : letter === "c" ? "changed" : letter === "t" ? "teacher-only" : "student-only";
      const similarity = letter === "b" ? 1 : letter === "c" ? 0.5 : 0;
      const teacher = letter === "s" ? {} : { teacher: addStep("teacher") };
      const student = letter === "t" ? {} : { student: addStep("student") };
      steps.push({ kind, similarity, unitRow, ...teacher, ...student });
    }
    const own = (side: "teacher" | "student"): number | undefined => {
      const end = sides[side].steps.length;
      if (end === first[side]) return undefined;
      sides[side].units.push(plainUnit(sides[side].steps, first[side], end));
      return sides[side].units.length - 1;
    };
    const [teacher, student] = [own("teacher"), own("student")];
    const kind: MatchKind = teacher === undefined ? "student-only" : student === undefined ? "teacher-only" : "changed";
    units.push({ kind, similarity: 0.5, ...(teacher === undefined ? {} : { teacher }), ...(student === undefined ? {} : { student }) });
  });
  const at = divergence === undefined ? undefined : steps[divergence];
  const diff: TraceDiff = {
    units,
    steps,
    totals: {
      teacherTokens: 0,
      studentTokens: 0,
      ratio: 0,
      unitsMatched: [0, 0],
      stepsMatched: [0, 0],
      teacherOnly: { units: 0, steps: 0, tokens: 0 },
      studentOnly: { units: 0, steps: 0, tokens: 0 },
    },
    answers: {},
    ...(divergence === undefined || !at
      ? {}
      : {
          divergence: {
            stepRow: divergence,
            ...(at.teacher === undefined ? {} : { teacherStep: at.teacher }),
            ...(at.student === undefined ? {} : { studentStep: at.student }),
            teacherShare: 0.5,
            studentShare: 0.5,
            reason: "results differ",
          },
        }),
  };
  const { teacher, student } = sides;
  return { teacher: analysisOf(teacher.steps, teacher.units), student: analysisOf(student.steps, student.units), diff };
};

/** Any rows of units. */
export const unitRows = fc.array(fc.string({ unit: fc.constantFrom("b", "c", "t", "s"), minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 8,
});
