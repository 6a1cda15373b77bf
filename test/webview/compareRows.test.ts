import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Analysis } from "../../src/core/analysis";
import type { StepRow, UnitRow } from "../../src/core/compare/traceDiff";
import {
  type Aligned,
  buildCompareRows,
  type CompareRow,
  differences,
  foldsAround,
  positionOf,
  stepRowsByUnit,
} from "../../webview/compare/compareRows";
import { candidateNote, divergenceWords, foldWords, loneTokens, loneUnitsWords, matchedWords } from "../../webview/compare/compareWords";
import { unitPart } from "../../webview/compare/unitParts";
import { plainUnit } from "../core/compare/fixture";
import { alignedOf, unitRows } from "./compareFixture";

const folded = { foldMatched: true, toggled: new Set<string>() };
const open = { foldMatched: false, toggled: new Set<string>() };
const shape = (rows: readonly CompareRow[]): string[] => rows.map((row) => row.key);

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

describe("parts of units", () => {
  const base = alignedOf(["ct", "s", "cc"]);
  const { units, steps } = base.diff;
  const continued: UnitRow[] = units.map((row, index) => (index === 2 ? { ...row, kind: "split", teacher: 0, continues: "teacher" } : row));
  const teacher = { ...base.teacher, units: [plainUnit(base.teacher.steps, 0, 4)] };
  const aligned: Aligned = { ...base, teacher, diff: { ...base.diff, units: continued, steps } };

  it("a unit that faces several has a part of its steps beside each", () => {
    expect(unitPart(aligned, 0, "teacher")).toEqual({ first: 0, end: 2, continues: false, goesOn: true });
    expect(unitPart(aligned, 1, "teacher")).toBeUndefined();
    expect(unitPart(aligned, 2, "teacher")).toEqual({ first: 2, end: 4, continues: true, goesOn: false });
  });

  it("a unit with one row has all of its steps there", () => {
    expect(unitPart(aligned, 2, "student")).toEqual({ first: 2, end: 4, continues: false, goesOn: false });
  });
});

describe("words", () => {
  it("counts what a fold hides, per side", () => {
    const aligned = alignedOf(["ccts"]);
    expect(foldWords(aligned, [0, 1, 2, 3], "teacher")).toBe("steps 1–3 · 2 matched, 1 only in teacher · 33 tokens");
    expect(foldWords(aligned, [2], "teacher")).toBe("step 3 · only in teacher · 12 tokens");
    expect(foldWords(aligned, [2], "student")).toBeUndefined();
  });

  it("names every place that a fold's steps are from", () => {
    const aligned = alignedOf(["bbbbbbbbb"]);
    expect(foldWords(aligned, [0, 1, 4], "student")).toMatch(/^steps 1–2, 5 · 3 matched · /);
    expect(foldWords(aligned, [0, 2, 4, 6, 7], "student")).toMatch(/^steps 1, 3, 5 and more · 5 matched · /);
  });

  it("counts the steps of a unit that are matched, wherever their partners stand", () => {
    const aligned = alignedOf(["bt", "sb"]);
    expect(matchedWords(aligned, [0, 1], "teacher")).toBe("1 matched, 1 only in teacher");
    expect(matchedWords(aligned, [1], "student")).toBe("only in student");
    expect(matchedWords(aligned, [2], "student")).toBe("matched");
    expect(matchedWords(aligned, [0, 2], "student")).toBe("2 matched");
  });

  it("names a run of units by numbers of its own side", () => {
    const aligned = alignedOf(["c", "s", "tt", "t"]);
    expect(loneUnitsWords(aligned, 2, 4, "teacher")).toBe("units 2–3 · 3 steps only in teacher · 36 tokens");
  });

  it("counts of lone units only what is matched nowhere", () => {
    const base = alignedOf(["c", "tt", "t"]);
    const steps = base.diff.steps.map((row, index): StepRow => (index === 1 ? { ...row, kind: "moved", student: 0 } : row));
    const aligned = { ...base, diff: { ...base.diff, steps } };
    expect(loneUnitsWords(aligned, 1, 3, "teacher")).toBe("units 2–3 · 2 steps only in teacher · 25 tokens · 1 matched elsewhere");
    expect(loneTokens(aligned, 1, 3, "teacher")).toBe(25);
  });

  it("says where the traces part", () => {
    expect(divergenceWords(alignedOf(["cc", "ct"], 3))).toBe("unit 2 · from teacher step 4: results differ");
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
