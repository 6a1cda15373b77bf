import { describe, expect, it } from "vitest";
import { stepTokenStarts } from "../../webview/strip/layout";
import { estimateRow, headerHeight } from "../../webview/trace/rowEstimate";
import { goalRow, pushedBy, stuckRow, tokensInView } from "../../webview/trace/rowPlaces";
import { buildRows, noFolds, withUnitToggled } from "../../webview/trace/rows";
import { stepAfterScroll } from "../../webview/trace/settled";
import { makeAnalysis, makeTrace } from "./inspectFixture";

describe("places of rows", () => {
  const { text, analysis } = makeAnalysis([
    { words: "Set it up. ", unit: 0 },
    { words: "It is 4. ", unit: 0 },
    { words: "Check: 4. ", unit: 1 },
    { words: "Done.", unit: 1 },
  ]);
  const trace = makeTrace(text);
  const rows = buildRows(trace, analysis, noFolds);
  const placed = rows.map((_, index) => ({ index, start: index * 40, end: index * 40 + 40, size: 40 }));

  it("the header that sticks is that of the unit on screen; the next one pushes it out", () => {
    const second = rows.findIndex((row) => row.kind === "unit" && row.unit === 1);
    expect(rows[stuckRow(rows, second - 1)]).toMatchObject({ kind: "unit", unit: 0 });
    const first = stuckRow(rows, second - 1);
    expect(pushedBy(rows, placed, first, 0)).toBe(0);
    expect(pushedBy(rows, placed, first, second * 40 - 10)).toBe(10 - headerHeight);
    expect(pushedBy(rows, placed, first, second * 40)).toBe(-headerHeight);
  });

  it("a notice after the last unit pushes its header too", () => {
    const cut = { ...trace, notices: [{ kind: "unclosed" as const, message: "No end of thought." }] };
    const withNotice = buildRows(cut, analysis, noFolds);
    const notice = withNotice.findIndex((row) => row.kind === "notice");
    const stuck = stuckRow(withNotice, notice - 1);
    const spread = withNotice.map((_, index) => ({ index, start: index * 40, end: index * 40 + 40, size: 40 }));
    expect(pushedBy(withNotice, spread, stuck, notice * 40 - 10)).toBe(10 - headerHeight);
  });

  it("goals lead to rows, and rows cover tokens", () => {
    expect(rows[goalRow(rows, analysis, { serial: 1, align: "nearest", unit: 1 })]).toMatchObject({ kind: "unit", unit: 1 });
    expect(rows[goalRow(rows, analysis, { serial: 1, align: "nearest", step: 0 })]).toMatchObject({ kind: "step", step: 0 });
    const starts = stepTokenStarts(analysis);
    const all = tokensInView(analysis, starts, rows, placed, { top: 0, bottom: rows.length * 40 });
    expect(all?.from).toBe(0);
    expect(all?.to).toBeCloseTo(starts[analysis.steps.length] ?? 0, 5);
  });

  it("after a scroll the selected step stays while it is on screen; else the first one there is selected", () => {
    const first = rows.findIndex((row) => row.kind === "step" && row.step === 1);
    const view = { top: first * 40, bottom: (first + 2) * 40 };
    expect(stepAfterScroll(rows, placed, view, 0)).toBe(1);
    expect(stepAfterScroll(rows, placed, view, 1)).toBeUndefined();
    expect(stepAfterScroll(rows, placed, { top: 9000, bottom: 9400 }, 0)).toBeUndefined();
  });

  it("a unit folds and opens again; every row has a height to begin with", () => {
    const folded = { ...noFolds, ...withUnitToggled(analysis, noFolds, 1) };
    expect(folded.folded.has(1)).toBe(true);
    expect(withUnitToggled(analysis, folded, 1).folded.has(1)).toBe(false);
    for (const row of rows) expect(estimateRow(row, trace)).toBeGreaterThanOrEqual(headerHeight);
  });
});
