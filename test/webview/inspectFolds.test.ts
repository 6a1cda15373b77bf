import { describe, expect, it } from "vitest";
import type { Row } from "../../src/protocol/engine";
import { arranged, columns, columnsFor, tracksOf } from "../../webview/list/columns";
import { rowsAsText } from "../../webview/list/copyRows";
import { keepPlainKey } from "../../webview/top/plainKeys";
import { countRules } from "../../webview/trace/flagBar";
import { foldedRuns, isTrivial, noFolds } from "../../webview/trace/rows";
import { makeAnalysis } from "./inspectFixture";

const { analysis } = makeAnalysis(
  [
    { words: "Let me see. ", unit: 0, function: "plan" },
    { words: "It is 4. ", unit: 0 },
    { words: "Wait. ", unit: 0, function: "doubt" },
    { words: "Hmm, maybe. ", unit: 0, function: "doubt" },
    { words: "Yes, 4.", unit: 1, function: "conclude" },
  ],
  [
    { rule: "repeat", level: "step", index: 1 },
    { rule: "repeat", level: "step", index: 4 },
  ],
);

describe("folding by function, flag and weight", () => {
  it("folds runs of the functions chosen", () => {
    expect([...foldedRuns(analysis, { ...noFolds, functions: new Set(["doubt"]) }).values()]).toEqual([
      { firstStep: 2, endStep: 4, what: "chosen" },
    ]);
  });

  it("folds steps with a rule's flag, each unit on its own", () => {
    const runs = [...foldedRuns(analysis, { ...noFolds, rules: new Set(["repeat"]) }).values()];
    expect(runs.map(({ firstStep, endStep }) => [firstStep, endStep])).toEqual([
      [1, 2],
      [4, 5],
    ]);
  });

  it("calls short steering steps trivial, and no step with content", () => {
    expect(analysis.steps.map((_, index) => isTrivial(analysis, index))).toEqual([true, false, true, true, false]);
    expect(foldedRuns(analysis, { ...noFolds, trivial: true }).size).toBe(2);
  });

  it("counts flags by rule without those marked as not redundant", () => {
    expect(countRules(analysis, new Map([[0, []]])).get("repeat")).toBe(1);
  });
});

describe("columns of the list", () => {
  it("keeps order, choice and width, and shows columns that the choice does not know", () => {
    const choice = [
      { key: "tokens", shown: true, width: 90 },
      { key: "id", shown: false },
      { key: "gone", shown: true },
    ];
    const shown = columnsFor(2000, choice);
    expect(shown[0]).toMatchObject({ key: "tokens", track: "90px" });
    expect(shown.some(({ key }) => key === "id")).toBe(false);
    expect(arranged(choice, new Set()).length).toBe(columns.length);
  });

  it("always leaves one column that takes the rest", () => {
    expect(tracksOf(columnsFor(2000, [{ key: "question", shown: false }]))).toMatch(/1fr/);
  });

  it("copies rows as one line each, cells untorn", () => {
    const row: Row = { row: 0, record: 0, rollout: 0, kind: "trace", line: 1, id: "a\tb", question: "two\nlines", after: 0.5 };
    const lines = rowsAsText([row]).split("\n");
    expect(lines.length).toBe(2);
    expect(lines[1]?.split("\t").slice(0, 3)).toEqual(["a b", "1", "two lines"]);
  });
});

describe("keys in a text field", () => {
  const stopped = (key: string, more: object = {}): boolean => {
    let done = false;
    const event = { key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, stopPropagation: () => (done = true), ...more };
    keepPlainKey(event as unknown as KeyboardEvent);
    return done;
  };

  it("keeps plain characters and lets shortcuts through", () => {
    expect(["j", "/", "J"].map((key) => stopped(key))).toEqual([true, true, true]);
    expect([stopped("f", { ctrlKey: true }), stopped("F3"), stopped("Escape"), stopped("p", { metaKey: true })]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
