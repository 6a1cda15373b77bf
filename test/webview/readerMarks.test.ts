import { describe, expect, it } from "vitest";
import { changeMarks, type Mark, stepRelabel } from "../../src/core/annotate/marks";
import type { TraceDocument } from "../../src/protocol/engine";
import type { Choice } from "../../src/protocol/host";
import { setLabel } from "../../webview/app/setLabel";
import type { Model } from "../../webview/state/model";
import { ReaderMarks } from "../../webview/state/readerMarks";
import { noFolds } from "../../webview/trace/rows";
import { makeAnalysis, makeTrace } from "./inspectFixture";

const { text, analysis } = makeAnalysis([
  { words: "Set it up. ", function: "setup", unit: 0 },
  { words: "It is 4. ", unit: 0 },
  { words: "Check: 4. ", unit: 1 },
  { words: "So 4.", function: "conclude", unit: 1 },
]);
const trace = makeTrace(text);
const document = { ref: { file: 0, record: 0, rollout: 0 }, trace, analysis } as unknown as TraceDocument;

/** Marks whose changes come back as the host sends them. */
function kept() {
  let all: readonly Mark[] = [];
  const changes: [number, number][] = [];
  const marks = new ReaderMarks((added, removed) => {
    changes.push([added.length, removed.length]);
    all = changeMarks(all, added, removed);
    marks.set(all);
  });
  marks.over(document);
  return { marks, changes, all: () => all };
}

describe("a reader's labels", () => {
  it("change the step, its confidence and the measures counted from functions; the analysis' own takes them back", () => {
    const { marks, changes, all } = kept();
    marks.labelStep(2, "verify");
    const corrected = marks.over(document);
    expect(corrected?.steps.map((step) => step.function)).toEqual(["setup", "derive", "verify", "conclude"]);
    expect(corrected?.steps[2]?.confidence).toBe(1);
    expect(corrected?.measures.functionShares.verify).toBeCloseTo(2 / analysis.tokens);
    expect(corrected?.measures.functionShares.derive).toBeCloseTo(3 / analysis.tokens);
    expect(analysis.steps[2]?.function).toBe("derive");
    marks.labelStep(2, "doubt");
    marks.over(document);
    marks.labelStep(2, "doubt");
    expect(changes).toEqual([
      [1, 0],
      [1, 1],
    ]);
    marks.labelStep(2, "derive");
    expect(all()).toEqual([]);
    expect(marks.over(document)).toBe(analysis);
  });

  it("of a unit change its role and count as a switch where they are one", () => {
    const { marks } = kept();
    marks.labelUnit(1, "alternative");
    const corrected = marks.over(document);
    expect(corrected?.units.map(({ role }) => role)).toEqual(["solve", "alternative"]);
    expect(corrected?.measures.switches).toBe(1);
    expect(corrected?.measures.switchesPer1k).toBeCloseTo(1000 / analysis.tokens);
  });

  it("are those of the file that is open, not of a second one", () => {
    const { marks } = kept();
    marks.set([stepRelabel(trace, analysis.steps[1] ?? { start: 0, end: 0 }, "plan")]);
    expect(marks.over(document)?.steps[1]?.function).toBe("plan");
    expect(marks.over({ ...document, ref: { file: 1, record: 0, rollout: 0 } })).toBe(analysis);
    expect(marks.over(undefined)).toBeUndefined();
  });
});

describe("choosing a label", () => {
  /** What is offered, and what was labelled when `take` answers. */
  async function chosen(step: number, folded: readonly number[], take: (choices: readonly Choice[]) => number | undefined) {
    const { marks, all } = kept();
    let offered: readonly Choice[] = [];
    const host = {
      choose: async (_: string, choices: readonly Choice[]) => {
        offered = choices;
        return take(choices);
      },
    };
    const state = { step, unit: analysis.steps[step]?.unit };
    const model = { host, analysis, state, folds: { ...noFolds, folded: new Set(folded) }, marks, trace: document };
    await setLabel(model as unknown as Model);
    return { offered, all: all() };
  }

  it("offers the step's functions and the unit's roles, the ones that hold marked", async () => {
    const { offered, all } = await chosen(2, [], (choices) => choices.findIndex(({ label }) => label === "verify"));
    expect(offered.filter(({ group }) => group).map(({ group }) => group)).toEqual(["Step 3", "Unit 2"]);
    expect(offered.filter(({ now }) => now).map(({ label }) => label)).toEqual(["derive", "solve"]);
    expect(all).toMatchObject([{ level: "step", label: "verify", id: "a/1" }]);
  });

  it("puts the role first where the unit is folded, and does nothing when cancelled", async () => {
    const { offered, all } = await chosen(2, [1], () => undefined);
    expect(offered[0]?.group).toBe("Unit 2");
    expect(all).toEqual([]);
  });
});
