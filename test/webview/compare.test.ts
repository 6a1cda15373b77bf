import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Analysis, Step, Unit } from "../../src/core/analysis";
import { compareTraces } from "../../src/core/compare/compareTraces";
import type { MatchKind, StepRow, TraceDiff, UnitRow } from "../../src/core/compare/traceDiff";
import type { FileInfo, PairRow, TraceDocument } from "../../src/protocol/engine";
import {
  type Aligned,
  buildCompareRows,
  type CompareRow,
  differences,
  foldsAround,
  isMatched,
  positionOf,
  stepRowsByUnit,
} from "../../webview/compare/compareRows";
import { candidateNote, divergenceWords, foldWords, loneUnitsWords } from "../../webview/compare/compareWords";
import { findInPair } from "../../webview/compare/findPair";
import { defaultSides, pairWithStudent, sidesOfPair, sortPairs } from "../../webview/compare/pairing";
import { breakMatches, isPinned, noCorrections, setMatch, undo } from "../../webview/compare/pins";
import { layoutRibbons } from "../../webview/compare/ribbons";
import { layoutScatter, pointAt, ticksBetween } from "../../webview/compare/scatter";
import { compared } from "../core/compare/fixture";

/** A row of units and its step rows: `b` both sides alike, `c` both changed, `t` teacher only, `s` student only. */
const alignedOf = (rows: readonly string[], divergence?: number): Aligned => {
  const sides = { teacher: { steps: [] as Step[], units: [] as Unit[] }, student: { steps: [] as Step[], units: [] as Unit[] } };
  const units: UnitRow[] = [];
  const steps: StepRow[] = [];
  const addStep = (side: "teacher" | "student"): number => {
    const { steps: own, units: ownUnits } = sides[side];
    const start = own.length * 10;
    own.push({
      start,
      end: start + 10,
      function: "derive",
      confidence: 1,
      unit: ownUnits.length,
      tokens: 10 + (own.length % 7),
      redundancy: 0,
      redundant: false,
      paragraphStart: true,
    });
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
      const tokens = sides[side].steps.slice(first[side]).reduce((sum, step) => sum + step.tokens, 0);
      sides[side].units.push({
        role: "solve",
        start: first[side] * 10,
        end: end * 10,
        firstStep: first[side],
        endStep: end,
        tokens,
        redundant: false,
      });
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
  return { teacher: analysisOf(sides.teacher), student: analysisOf(sides.student), diff };
};

const analysisOf = ({ steps, units }: { readonly steps: readonly Step[]; readonly units: readonly Unit[] }): Analysis => ({
  steps,
  units,
  candidates: [],
  flags: [],
  verdict: "unknown",
  verdictFrom: "none",
  tokens: steps.reduce((sum, step) => sum + step.tokens, 0),
  responseTokens: 0,
  tokenCounter: "test",
  language: "en",
  measures: {
    switches: 0,
    switchesPer1k: 0,
    redundantShare: 0,
    redundantUnits: 0,
    premiseDoubtPer1k: 0,
    loopShare: 0,
    compressionRatio: 1,
    functionShares: {
      setup: 0,
      plan: 0,
      recall: 0,
      derive: 1,
      verify: 0,
      doubt: 0,
      switch: 0,
      conclude: 0,
      "tool-call": 0,
      observation: 0,
    },
  },
});

const folded = { foldMatched: true, toggled: new Set<string>() };
const open = { foldMatched: false, toggled: new Set<string>() };
const shape = (rows: readonly CompareRow[]): string[] => rows.map((row) => row.key);

const unitRows = fc.array(fc.string({ unit: fc.constantFrom("b", "c", "t", "s"), minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 8,
});

/** Step rows that a list of rows shows or folds away. */
const covered = (aligned: Aligned, rows: readonly CompareRow[]): number[] => {
  const groups = stepRowsByUnit(aligned.diff);
  return rows.flatMap((row) => {
    if (row.kind === "step") return [row.stepRow];
    if (row.kind === "fold") return [...row.stepRows];
    if (row.kind === "units" && row.folded) return [...(groups[row.unitRow] ?? [])];
    if (row.kind === "lone-units") return groups.slice(row.firstUnitRow, row.endUnitRow).flat();
    return [];
  });
};

describe("rows", () => {
  it("folds what needs no reading and keeps the row before the divergence", () => {
    const aligned = alignedOf(["bb", "bbccs", "tt", "tt", "cb"], 5);
    expect(shape(buildCompareRows(aligned, folded))).toEqual(["u0", "u1", "r2", "s4", "divergence", "s5", "s6", "g2", "u4", "s11", "s12"]);
  });

  it("shows every row when nothing folds", () => {
    const aligned = alignedOf(["bb", "tc"]);
    expect(shape(buildCompareRows(aligned, open))).toEqual(["u0", "s0", "s1", "u1", "s2", "s3"]);
  });

  it("shows every step row once, whatever is folded", () => {
    fc.assert(
      fc.property(
        unitRows,
        fc.boolean(),
        fc.array(fc.tuple(fc.constantFrom("u", "r", "g"), fc.nat(20)), { maxLength: 8 }),
        fc.option(fc.nat(30)),
        (rows, foldMatched, keys, at) => {
          const steps = rows.join("").length;
          const aligned = alignedOf(rows, at === null ? undefined : at % steps);
          const shown = buildCompareRows(aligned, { foldMatched, toggled: new Set(keys.map(([letter, index]) => `${letter}${index}`)) });
          expect(covered(aligned, shown)).toEqual(aligned.diff.steps.map((_, index) => index));
          expect(new Set(shape(shown)).size).toBe(shown.length);
          expect(shown.filter((row) => row.kind === "divergence")).toHaveLength(at === null ? 0 : 1);
        },
      ),
    );
  });

  it("brings any step row on screen by opening what hides it", () => {
    fc.assert(
      fc.property(unitRows, fc.nat(40), (rows, at) => {
        const aligned = alignedOf(rows);
        const target = at % aligned.diff.steps.length;
        const toggled = new Set<string>();
        for (let turn = 0; turn < 4; turn++) {
          const shown = buildCompareRows(aligned, { foldMatched: true, toggled });
          const fold = foldsAround(shown, aligned.diff, target);
          if (fold === undefined) {
            expect(shown[positionOf(shown, aligned.diff, target)]).toMatchObject({ kind: "step", stepRow: target });
            return;
          }
          toggled.has(fold) ? toggled.delete(fold) : toggled.add(fold);
        }
        expect.unreachable("still folded");
      }),
    );
  });

  it("says how much a gap costs once, on its first row", () => {
    const gaps = buildCompareRows(alignedOf(["cttcs"]), open).flatMap((row) => (row.kind === "step" ? [row.gapTokens] : []));
    expect(gaps).toEqual([0, 11 + 12, 0, 0, 12]);
  });

  it("marks where a moved step stood", () => {
    const aligned = alignedOf(["ccc"]);
    const moved = aligned.diff.steps.map(
      (row, index): StepRow => (index === 0 ? { ...row, kind: "moved", student: 2 } : { ...row, student: index - 1 }),
    );
    const rows = buildCompareRows({ ...aligned, diff: { ...aligned.diff, steps: moved } }, open);
    expect(shape(rows)).toEqual(["u0", "s0", "s1", "s2", "m0"]);
  });

  it("finds the places where the traces part", () => {
    expect(differences(alignedOf(["bb", "btts", "ct"], 2).diff)).toEqual([2, 3, 7]);
  });
});

describe("words", () => {
  it("counts what a fold hides, per side", () => {
    const aligned = alignedOf(["ccts"]);
    expect(foldWords(aligned, [0, 1, 2, 3], "teacher")).toBe("steps 1–3 · 2 matched, 1 only in teacher · 33 tokens");
    expect(foldWords(aligned, [2], "teacher")).toBe("step 3 · only in teacher · 12 tokens");
    expect(foldWords(aligned, [2], "student")).toBeUndefined();
  });

  it("names a run of units by numbers of its own side", () => {
    const aligned = alignedOf(["c", "s", "tt", "t"]);
    expect(loneUnitsWords(aligned, 2, 4, "teacher")).toBe("units 2–3 · 3 steps only in teacher · 36 tokens");
  });

  it("says where the traces part", () => {
    expect(divergenceWords(alignedOf(["cc", "ct"], 3))).toBe("unit 2 · teacher step 4 · results differ");
  });

  it("says what a stated answer is", () => {
    const base = alignedOf(["cc"]).teacher;
    const candidate = { start: 0, end: 1, step: 0, unit: 0, answer: "4", form: "boxed", equalsFinal: true } as const;
    const other = { ...candidate, step: 1, equalsReference: true } as const;
    const analysis: Analysis = {
      ...base,
      candidates: [candidate, other],
      measures: { ...base.measures, firstAnswerStep: 0, firstAnswerTokens: base.tokens / 2 },
    };
    expect(candidateNote(analysis, candidate)).toBe("first answer at 50 %");
    expect(candidateNote(analysis, other)).toBe("2 of 2 · equals reference");
  });
});

describe("ribbons", () => {
  it("join like with like, steps inside their units", () => {
    fc.assert(
      fc.property(unitRows, (rows) => {
        const aligned = alignedOf(rows);
        const map = layoutRibbons(aligned, 2, 40, 46, 46);
        const steps = aligned.diff.steps.filter(isMatched).length;
        expect(map.steps).toHaveLength(steps);
        const edges = (path: string): number[] => path.match(/-?[\d.]+/g)?.map(Number) ?? [];
        for (const ribbon of map.steps) {
          const unit = map.units.find((one) => one.row === ribbon.unitRow);
          expect(unit).toBeDefined();
          expect(edges(ribbon.path)[0]).toBeGreaterThanOrEqual(edges(unit?.path ?? "")[0] ?? Number.NaN);
        }
      }),
    );
  });
});

describe("pairs", () => {
  const info = (names: readonly string[], traces: number, records: number): FileInfo => ({
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
    analysed: 0,
    models: names.map((name) => ({ name, traces: 1 })),
    tokenCounter: "test",
  });

  it.each<[readonly string[], number, string | undefined, string | undefined]>([
    [["a", "b"], 2, "a", "b"],
    [["my-student", "my-teacher"], 2, "my-teacher", "my-student"],
    [["rejected", "chosen"], 2, "chosen", "rejected"],
    [["r1-distill-7b", "r1"], 2, "r1", "r1-distill-7b"],
    [["only"], 1, undefined, undefined],
    [[], 0, undefined, undefined],
  ])("%j", (names, traces, teacher, student) => {
    const sides = defaultSides(info(names, traces, traces));
    expect([sides?.teacher.model, sides?.student.model]).toEqual([teacher, student]);
  });

  it("compares rollouts where there is one model", () => {
    expect(defaultSides(info(["only"], 6, 3))).toEqual({
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
