import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildRows, firstStepAt, foldedRuns, noFolds, type ReadRow, rowOfStep, runWords } from "../../webview/trace/rows";
import { makeAnalysis, makeTrace, type StepSpec } from "./inspectFixture";

const stepRows = (rows: readonly ReadRow[]): string[] => rows.map((row) => row.key);

describe("rows of the reading column", () => {
  const { text, analysis } = makeAnalysis([
    { words: "Set it up. ", unit: 0 },
    { words: "It is 4. ", unit: 0, redundant: true },
    { words: "Check: 4. ", unit: 1, redundant: true },
    { words: "Yes, 4. ", unit: 1, redundant: true },
    { words: "Done.", unit: 2 },
  ]);

  it("shows every unit and every step in order", () => {
    expect(stepRows(buildRows(makeTrace(text), analysis, noFolds))).toEqual(["u0", "s0-0", "s1-0", "u1", "s2-0", "s3-0", "u2", "s4-0"]);
  });

  it("folds redundant units whole and redundant steps elsewhere as runs", () => {
    const rows = buildRows(makeTrace(text), analysis, { ...noFolds, foldRedundant: true });
    expect(stepRows(rows)).toEqual(["u0", "s0-0", "r1", "u1", "u2", "s4-0"]);
  });

  it("opens a folded unit and a folded run when the reader asks", () => {
    const rows = buildRows(makeTrace(text), analysis, {
      ...noFolds,
      foldRedundant: true,
      opened: new Set([1]),
      openedRuns: new Set([1, 2]),
    });
    expect(stepRows(rows)).toEqual(["u0", "s0-0", "s1-0", "u1", "s2-0", "s3-0", "u2", "s4-0"]);
  });

  it("finds the row that shows or hides a step", () => {
    const rows = buildRows(makeTrace(text), analysis, { ...noFolds, foldRedundant: true });
    expect(rows[rowOfStep(rows, analysis, 1)]?.key).toBe("r1");
    expect(rows[rowOfStep(rows, analysis, 3)]?.key).toBe("u1");
    expect(rows[rowOfStep(rows, analysis, 4)]?.key).toBe("s4-0");
  });

  it("keeps preamble, delimiters, response and a long reference in sight", () => {
    const trace = makeTrace(text, {
      preamble: "Sure. ",
      opening: "<think>",
      closing: "</think>",
      response: "4",
      reference: "r".repeat(60),
      system: "Be brief.",
    });
    const kinds = buildRows(trace, analysis, noFolds).filter((row) => row.kind === "heading" || row.kind === "field");
    expect(kinds.map((row) => row.key)).toEqual([
      "h-system",
      "h-preamble",
      "f-preamble-0",
      "f-opening-0",
      "f-closing-0",
      "h-response",
      "f-response-0",
      "h-reference",
    ]);
  });

  it("puts the evidence under its step", () => {
    const flagged = makeAnalysis(
      [
        { words: "a. ", unit: 0 },
        { words: "b. ", unit: 0 },
      ],
      [{ index: 1 }],
    );
    expect(stepRows(buildRows(makeTrace(flagged.text), flagged.analysis, noFolds, 0))).toEqual(["u0", "s0-0", "s1-0", "p0"]);
  });

  it("folds the later rounds of a loop but shows where the text ends", () => {
    const specs: StepSpec[] = Array.from({ length: 8 }, () => ({ words: "again ", unit: 0 }));
    const { analysis: looping } = makeAnalysis(specs, [
      { rule: "loop", index: 1, start: 0, end: 48, evidence: { words: "loop ×8", detail: "", period: 6, count: 8 } },
    ]);
    expect([...foldedRuns(looping, noFolds).values()]).toEqual([{ firstStep: 2, endStep: 7, what: "loop" }]);
  });

  it("cuts a very long step into rows that tile it without splitting a character", () => {
    const long = "😀".repeat(9000);
    const { analysis: one } = makeAnalysis([{ words: long, unit: 0 }]);
    const rows = buildRows(makeTrace(long), one, noFolds).filter((row) => row.kind === "step");
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.map((row) => long.slice(row.start, row.end)).join("")).toBe(long);
    expect(rows.every((row) => !/^[\udc00-\udfff]/.test(long.slice(row.start, row.end)))).toBe(true);
    expect(rows.at(-1)?.last).toBe(true);
  });

  it("says what a folded run holds", () => {
    const words = ["re-verifies step 1 · same answer", "re-verifies step 1 · 0.9", "restates the problem"];
    const { analysis: flagged } = makeAnalysis(
      words.map(() => ({ words: "x ", unit: 0 })),
      words.map((text, index) => ({ index, evidence: { words: text, detail: "" } })),
    );
    expect(runWords(flagged, 0, 3)).toBe("re-verifies step 1 ×2, restates the problem");
  });

  it("covers the whole text with steps and folds, whatever is folded", () => {
    const spec = fc.record({ words: fc.string({ minLength: 1, maxLength: 12 }), redundant: fc.boolean() });
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 20 }), fc.boolean(), fc.nat(5), (specs, foldRedundant, perUnit) => {
        const steps = specs.map((entry, index) => ({ ...entry, unit: Math.floor(index / (perUnit + 1)) }));
        const made = makeAnalysis(steps);
        const rows = buildRows(makeTrace(made.text), made.analysis, { ...noFolds, foldRedundant });
        const covered = rows.flatMap((row) => {
          if (row.kind === "step") return [row.step];
          if (row.kind === "fold") return range(row.firstStep, row.endStep);
          if (row.kind !== "unit" || !row.folded) return [];
          const unit = made.analysis.units[row.unit];
          return unit ? range(unit.firstStep, unit.endStep) : [];
        });
        expect(covered).toEqual(range(0, steps.length));
      }),
    );
  });

  it("finds the step at an offset", () => {
    expect(firstStepAt(analysis, 0)).toBe(0);
    expect(firstStepAt(analysis, 11)).toBe(1);
    expect(firstStepAt(analysis, text.length + 5)).toBe(4);
  });
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
