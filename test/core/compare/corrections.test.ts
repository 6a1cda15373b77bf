import { describe, expect, test } from "vitest";
import { compareTraces } from "../../../src/core/compare/compareTraces";
import { type Correction, keepCorrections, readCorrections, recallCorrections } from "../../../src/core/compare/corrections";
import { CompareCorrections, maximum } from "../../../src/editor/compareCorrections";
import { correctionsOf } from "../../../webview/compare/pins";
import { compared } from "./fixture";

const lines = ["The width is eleven metres.", "The length is twenty-two metres.", "The area is their product, 242."];
const [teacher, student] = [compared([lines]), compared([lines])];
const changes: readonly Correction[] = [
  { kind: "set", matches: [[0, 2]] },
  { kind: "break", matches: [[1, 1]] },
];

describe("corrections of an alignment", () => {
  test("are read back as they were kept", () => {
    const kept = readCorrections(JSON.parse(JSON.stringify(keepCorrections(changes, teacher, student))));
    expect(kept && recallCorrections(kept, teacher, student)).toEqual(changes);
  });

  test("survive another segmentation of the same text", () => {
    const kept = keepCorrections(changes, teacher, student);
    const [first, second, third] = student.analysis.steps;
    if (!first || !second || !third) throw new Error("three steps");
    const steps = [{ ...first, end: second.end }, third];
    const cut = { trace: student.trace, analysis: { ...student.analysis, steps } };
    expect(recallCorrections(kept, teacher, cut)).toEqual([
      { kind: "set", matches: [[0, 1]] },
      { kind: "break", matches: [[1, 0]] },
    ]);
  });

  test("are dropped when a text is another one", () => {
    const kept = keepCorrections(changes, teacher, student);
    expect(recallCorrections(kept, teacher, compared([lines.slice(1)]))).toEqual([]);
  });

  test("hold when the pair is aligned around them", () => {
    const { steps } = compareTraces(teacher, student, correctionsOf(changes).pins);
    expect(steps.some((row) => row.teacher === 0 && row.student === 2)).toBe(true);
    expect(steps.some((row) => row.teacher === 1 && row.student === 1)).toBe(false);
  });

  test.each([null, 3, {}, { texts: [1, 2], corrections: [] }, { texts: ["a"], corrections: [] }, { texts: ["a", "b"] }])(
    "%j is no store of them",
    (value) => {
      expect(readCorrections(value)).toBeUndefined();
    },
  );

  test("entries that are none are left out", () => {
    const corrections = [
      { kind: "set", matches: [[1, -1], [2], "x"] },
      { kind: "move", matches: [[1, 1]] },
      { kind: "break", matches: [[3, 4]] },
    ];
    expect(readCorrections({ texts: ["a", "b"], corrections })?.corrections).toEqual([{ kind: "break", matches: [[3, 4]] }]);
  });
});

describe("the store of corrections", () => {
  const store = () => {
    const values = new Map<string, unknown>();
    const storage = {
      get: (key: string) => values.get(key),
      update: async (key: string, value: unknown) => {
        values.set(key, JSON.parse(JSON.stringify(value)));
      },
    };
    return new CompareCorrections(storage);
  };
  const kept = keepCorrections(changes, teacher, student);

  test("knows a pair by both of its traces, and forgets it when none is left", async () => {
    const corrections = store();
    await corrections.set("file:///a#0.0", "file:///a#1.0", kept);
    expect(corrections.get("file:///a#0.0", "file:///a#1.0")).toEqual(kept);
    expect(corrections.get("file:///a#1.0", "file:///a#0.0")).toBeUndefined();
    await corrections.set("file:///a#0.0", "file:///a#1.0", { ...kept, corrections: [] });
    expect(corrections.get("file:///a#0.0", "file:///a#1.0")).toBeUndefined();
  });

  test("forgets the oldest pairs", async () => {
    const corrections = store();
    for (let at = 0; at <= maximum; at++) await corrections.set("t", `s${at}`, kept);
    expect(corrections.get("t", "s0")).toBeUndefined();
    expect(corrections.get("t", `s${maximum}`)).toEqual(kept);
  });
});
