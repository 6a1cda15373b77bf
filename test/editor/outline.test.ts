import { describe, expect, it } from "vitest";
import type { Analysis, Flag, Step, Unit } from "../../src/core/analysis";
import { flagsAt, hoverText } from "../../src/editor/hover";
import { oneLine, statusTexts, traceLabel, unitFacts } from "../../src/editor/labels";
import { foldsOf, outlineOf } from "../../src/editor/outline";
import type { ViewState } from "../../src/protocol/host";

const text = "First line.\nsecond line.\n\nWait, check.\nFine, 90.\n";
const step = (start: number, end: number, unit: number, name: Step["function"]): Step => ({
  start,
  end,
  unit,
  function: name,
  confidence: 1,
  tokens: 5,
  redundancy: 0,
  redundant: false,
  paragraphStart: true,
});
const unit = (start: number, end: number, firstStep: number, endStep: number, more: Partial<Unit>): Unit => ({
  start,
  end,
  firstStep,
  endStep,
  role: "solve",
  tokens: 1208,
  redundant: false,
  ...more,
});
const flag: Flag = {
  rule: "reverify",
  level: "step",
  index: 2,
  start: 26,
  end: 39,
  evidence: { words: "re-verifies step 1", detail: "same result 90" },
};
const unitFlag: Flag = {
  ...flag,
  level: "unit",
  index: 1,
  end: text.length,
  evidence: { words: "re-verifies unit 1", detail: "100 % of tokens" },
};
const analysis: Pick<Analysis, "steps" | "units" | "flags"> = {
  steps: [step(0, 12, 0, "setup"), step(12, 26, 0, "derive"), step(26, 39, 1, "verify"), step(39, text.length, 1, "conclude")],
  units: [unit(0, 26, 0, 2, {}), unit(26, text.length, 2, 4, { role: "verify", answer: "90", redundant: true })],
  flags: [unitFlag, flag],
};
const whole = analysis as Analysis;

describe("the outline of a trace's text", () => {
  it("has the units with their steps beneath", () => {
    const outline = outlineOf(text, whole);
    expect(outline.map(({ name }) => name)).toEqual(["Unit 1 · solve", "Unit 2 · verify"]);
    expect(outline[1]?.detail).toBe("1,208 tokens · steps 3–4 · 90 · re-verifies unit 1");
    expect(outline[1]?.children.map(({ name, detail }) => [name, detail])).toEqual([
      ["3 verify", "Wait, check."],
      ["4 conclude", "Fine, 90."],
    ]);
    expect(outline[1]?.range.start).toEqual({ line: 3, column: 0 });
  });

  it("folds units over their own lines, without the blank line after them", () => {
    expect(foldsOf(text, whole)).toEqual([
      { start: 0, end: 1 },
      { start: 3, end: 4 },
    ]);
  });

  it("does not fold a unit on one line", () => {
    expect(foldsOf("one line", { ...whole, units: [unit(0, 8, 0, 1, {})] })).toEqual([]);
  });
});

describe("words", () => {
  it("name the flags of a place, the step's first", () => {
    expect(flagsAt(whole, 27)).toEqual([flag, unitFlag]);
    expect(flagsAt(whole, 0)).toEqual([]);
    expect(hoverText([flag])).toBe("step 3 re-verifies step 1 (same result 90)");
  });

  it("name a unit's steps in the singular where there is one", () => {
    expect(unitFacts(unit(0, 1, 4, 5, { tokens: 1 }))).toBe("1 token · step 5");
  });

  it("name a trace by id, model and rollout", () => {
    expect(traceLabel({ id: "q1", model: "r1", rollout: 1 }, 3)).toBe("q1 · r1 · rollout 2");
    expect(traceLabel({ id: "q1", variant: "chosen", rollout: 0 }, 1)).toBe("q1 · chosen");
  });

  it("fold white space and cut long text", () => {
    expect(oneLine("a\n\n b", 10)).toBe("a b");
    expect(oneLine("abcdefgh", 5)).toBe("abcd…");
  });
});

describe("the status bar", () => {
  const state: ViewState = {
    view: "inspect",
    query: "",
    matchCase: false,
    regex: false,
    sort: { key: "file", descending: false },
    raw: false,
    foldRedundant: false,
    foldedUnits: [],
    ref: { file: 0, record: 0, rollout: 0 },
    unit: 2,
    unitCount: 7,
    step: 18,
    stepCount: 33,
  };
  const info = { records: 572, indexed: true, hasTraces: true, tokenCounter: "characters / 3.7 (estimate)" };

  it("names the level and says what is estimated", () => {
    expect(statusTexts(state, info)).toEqual({
      unit: "unit 3 of 7",
      step: "step 19 of 33",
      records: "572 records",
      tokens: "tokens: estimated",
    });
  });

  it("shows the pair in Compare", () => {
    const compare = { ...state, view: "compare", pairAt: 2, pairCount: 7 } as const;
    expect(statusTexts(compare, info)).toMatchObject({ pair: "pair 3 of 7" });
    expect(statusTexts({ ...compare, pairAt: -1 }, info)).toMatchObject({ pair: "7 pairs" });
    expect(statusTexts({ ...compare, view: "inspect" }, info).pair).toBeUndefined();
  });

  it("says so far while the file is read, and which tokenizer counted", () => {
    expect(statusTexts(undefined, { ...info, records: 1, indexed: false, tokenCounter: "o200k_base" })).toEqual({
      records: "1 record so far",
      tokens: "tokens: o200k_base",
    });
  });

  it("shows nothing without a file", () => {
    expect(statusTexts(undefined, undefined)).toEqual({});
  });
});
