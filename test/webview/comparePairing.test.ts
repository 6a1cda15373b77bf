import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTraces } from "../../src/core/compare/compareTraces";
import type { PairRow, TraceDocument } from "../../src/protocol/engine";
import { findInPair } from "../../webview/compare/findPair";
import { defaultSides, pairWithStudent, sidesOfPair, sortPairs } from "../../webview/compare/pairing";
import { breakMatches, isPinned, noCorrections, setMatch, undo } from "../../webview/compare/pins";
import { layoutScatter, pointAt, ticksBetween } from "../../webview/compare/scatter";
import { compared } from "../core/compare/fixture";
import { fileInfo } from "./compareFixture";

describe("pairs", () => {
  it.each<[readonly string[], number, string | undefined, string | undefined]>([
    [["a", "b"], 2, "a", "b"],
    [["my-student", "my-teacher"], 2, "my-teacher", "my-student"],
    [["rejected", "chosen"], 2, "chosen", "rejected"],
    [["r1-distill-7b", "r1"], 2, "r1", "r1-distill-7b"],
    [["only"], 1, undefined, undefined],
    [[], 0, undefined, undefined],
  ])("%j", (names, traces, teacher, student) => {
    const sides = defaultSides(fileInfo(names, traces));
    expect([sides?.teacher.model, sides?.student.model]).toEqual([teacher, student]);
  });

  it("compares rollouts where there is one model", () => {
    expect(defaultSides(fileInfo(["only"], 6, 3))).toEqual({
      teacher: { file: 0, model: "only", rollout: 0 },
      student: { file: 0, model: "only", rollout: 1 },
    });
  });

  it("sorts by any column, unknown values last", () => {
    const row = (id: string, teacherTokens?: number, studentTokens?: number): PairRow => ({
      teacher: { file: 0, record: 0, rollout: 0 },
      student: { file: 0, record: 0, rollout: 1 },
      id,
      question: "",
      ...(teacherTokens === undefined ? {} : { teacherTokens }),
      ...(studentTokens === undefined ? {} : { studentTokens }),
    });
    const rows = [row("q10", 10, 20), row("q2", 10), row("q1", 10, 5)];
    const ids = (key: Parameters<typeof sortPairs>[1], descending = false): string[] =>
      sortPairs(rows, key, descending).map(({ id }) => id);
    expect(ids("ratio")).toEqual(["q1", "q10", "q2"]);
    expect(ids("ratio", true)).toEqual(["q10", "q1", "q2"]);
    expect(ids("id")).toEqual(["q1", "q2", "q10"]);
    expect(ids("file", true)).toEqual(["q1", "q2", "q10"]);
  });
});

describe("corrections by hand", () => {
  const match = fc.tuple(fc.nat(20), fc.nat(20));

  it("keep matches that can hold together, and are taken back one by one", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), match), { maxLength: 12 }), (changes) => {
        let corrections = noCorrections;
        const states = [corrections.pins];
        for (const [set, [t, s]] of changes) {
          corrections = set ? setMatch(corrections, [t, s]) : breakMatches(corrections, [[t, s]]);
          states.push(corrections.pins);
          const pinned = [...corrections.pins.pinned].sort((a, b) => a[0] - b[0]);
          for (const [at, pair] of pinned.entries()) {
            const before = pinned[at - 1];
            if (before) expect(pair[0] > before[0] && pair[1] > before[1]).toBe(true);
          }
          expect(isPinned(corrections, t, s)).toBe(set);
        }
        for (const state of states.reverse()) {
          expect(corrections.pins).toEqual(state);
          corrections = undo(corrections);
        }
        expect(corrections).toEqual(noCorrections);
      }),
    );
  });
});

describe("the scatter", () => {
  const row = (teacherTokens: number, studentTokens: number, verdicts = ["correct", "correct"]): PairRow => ({
    teacher: { file: 0, record: 0, rollout: 0 },
    student: { file: 0, record: 1, rollout: 0 },
    id: "p",
    question: "",
    teacherTokens,
    studentTokens,
    ...(verdicts[0] === "wrong" ? { teacherVerdict: "wrong" as const } : { teacherVerdict: "correct" as const }),
    ...(verdicts[1] === "wrong" ? { studentVerdict: "wrong" as const } : { studentVerdict: "correct" as const }),
  });

  it("puts every analysed pair inside the plot, equal lengths on the diagonal, and finds it again", () => {
    const tokens = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(tokens, tokens), { minLength: 1, maxLength: 40 }), (values) => {
        const layout = layoutScatter(
          values.map(([t, s]) => row(t, s)),
          400,
          300,
        );
        expect(layout.points).toHaveLength(values.length);
        const { left, right, top, bottom } = layout.plot;
        for (const { x, y, row: drawn } of layout.points) {
          expect(x >= left && x <= right && y >= top && y <= bottom).toBe(true);
          if (drawn.teacherTokens === drawn.studentTokens)
            expect((x - left) / (right - left)).toBeCloseTo((bottom - y) / (bottom - top), 6);
          expect(pointAt(layout, x, y)).toMatchObject({ x, y });
        }
      }),
    );
  });

  it("tells what becomes of correctness and leaves out what is not known", () => {
    const kinds = [row(10, 5), row(10, 6, ["correct", "wrong"]), row(10, 7, ["wrong", "correct"]), row(10, 8, ["wrong", "wrong"])];
    expect(layoutScatter(kinds, 400, 300).points.map((point) => point.kind)).toEqual(["both", "lost", "gained", "neither"]);
    expect(layoutScatter([{ ...row(1, 1), teacherTokens: 0 }], 400, 300)).toMatchObject({ points: [], ticks: [] });
    expect(ticksBetween(90, 1200)).toEqual([100, 200, 500, 1000]);
    expect(ticksBetween(1, 100_000)).toEqual([1, 10, 100, 1000, 10_000, 100_000]);
  });
});

describe("the pair of an open trace", () => {
  const document = (
    record: number,
    model: string | undefined,
    siblings: readonly (readonly [number, string | undefined])[],
  ): TraceDocument => {
    const { trace, analysis } = compared([["One step."]]);
    return {
      ref: { file: 0, record, rollout: 0 },
      line: record + 1,
      byteStart: 0,
      byteEnd: 0,
      trace: { ...trace, ...(model === undefined ? {} : { model }) },
      analysis,
      rollouts: 1,
      siblings: siblings.map(([at, name]) => ({
        ref: { file: 0, record: at, rollout: 0 },
        ...(name === undefined ? {} : { model: name }),
      })),
      notAnalysed: 0,
    };
  };
  const models = [
    { name: "large", traces: 3 },
    { name: "small", traces: 9 },
    { name: "tiny", traces: 1 },
  ];
  const info = { models };

  it("has the open trace as its teacher, and the chosen student where there is one", () => {
    const open = document(0, "large", [
      [0, "large"],
      [1, "tiny"],
      [2, "small"],
    ]);
    expect(pairWithStudent(open, info, undefined)).toEqual({ teacher: open.ref, student: { file: 0, record: 2, rollout: 0 } });
    const sides = { teacher: { file: 0, model: "large" }, student: { file: 0, model: "tiny" } };
    expect(pairWithStudent(open, info, sides)?.student.record).toBe(1);
    const student = document(2, "small", [
      [0, "large"],
      [1, "tiny"],
      [2, "small"],
    ]);
    expect(pairWithStudent(student, info, undefined)).toEqual({ teacher: student.ref, student: { file: 0, record: 0, rollout: 0 } });
  });

  it("may be another rollout of the same model, or missing", () => {
    expect(
      pairWithStudent(
        document(4, "large", [
          [4, "large"],
          [5, "large"],
        ]),
        info,
        undefined,
      )?.student.record,
    ).toBe(5);
    expect(pairWithStudent(document(4, "large", [[4, "large"]]), info, undefined)).toBeUndefined();
  });

  it("gives sides that it belongs to", () => {
    const [teacher, student] = [document(0, "large", []), document(2, "small", [])];
    const sides = { teacher: { file: 0, model: "large" }, student: { file: 0, model: "small" } };
    expect(sidesOfPair({ teacher, student }, undefined)).toEqual(sides);
    expect(sidesOfPair({ teacher, student }, sides)).toBe(sides);
    expect(sidesOfPair({ teacher: student, student: teacher }, sides)).toEqual({ teacher: sides.student, student: sides.teacher });
    const second = { ...teacher, ref: { ...teacher.ref, rollout: 1 } };
    expect(sidesOfPair({ teacher, student: second }, sides)).toEqual({
      teacher: { file: 0, model: "large", rollout: 0 },
      student: { file: 0, model: "large", rollout: 1 },
    });
  });
});

describe("find in a pair", () => {
  it("finds every occurrence in both texts, in the order of the rows", () => {
    const [teacher, student] = [compared([["alpha beta", "gamma alpha"], ["alpha"]]), compared([["alpha beta"], ["delta alpha"]])];
    const pair = { teacher, student, diff: compareTraces(teacher, student) };
    const found = findInPair(pair, { text: "alpha", matchCase: false, word: false, regex: false });
    expect(found.matches.filter(({ side }) => side === "teacher")).toHaveLength(3);
    expect(found.matches.filter(({ side }) => side === "student")).toHaveLength(2);
    for (const { side, start, end } of found.matches) expect(pair[side].trace.text.slice(start, end)).toBe("alpha");
    const rows = found.matches.map(({ stepRow }) => stepRow);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    expect(findInPair(pair, { text: "(", matchCase: false, word: false, regex: true }).error).toBeDefined();
  });
});
