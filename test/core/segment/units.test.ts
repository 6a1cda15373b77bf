import { describe, expect, it } from "vitest";
import type { StepFunction } from "../../../src/core/analysis";
import type { CueClass } from "../../../src/core/segment/cues";
import type { ProtoStep } from "../../../src/core/segment/steps";
import { formUnits } from "../../../src/core/segment/units";

const size = 300;

/** Steps of equal size that each start a paragraph. */
function stepsOf(...functions: readonly (StepFunction | readonly [StepFunction, CueClass])[]): ProtoStep[] {
  return functions.map((entry, i) => {
    const [name, cue] = typeof entry === "string" ? [entry, undefined] : entry;
    return {
      start: i * size,
      end: (i + 1) * size,
      function: name,
      confidence: 1,
      paragraphStart: true,
      paragraph: i,
      firstSentence: i,
      endSentence: i + 1,
      cues: cue ? [cue] : [],
    };
  });
}

const answerAt = (step: number, answer: string) => ({ step, answer, start: step * size, end: step * size + 1 });

function outline(steps: readonly ProtoStep[], answers: ReturnType<typeof answerAt>[]): string[] {
  return formUnits(steps, answers, "x".repeat(steps.length * size)).map((unit) =>
    `${unit.role} ${unit.firstStep}-${unit.endStep} ${unit.answer ?? ""}`.trim(),
  );
}

describe("units", () => {
  it("follow set-up, solution, check and closing statement", () => {
    const steps = stepsOf("setup", "plan", "derive", "conclude", "verify", "derive", "conclude");
    expect(outline(steps, [answerAt(3, "4"), answerAt(6, "4")])).toEqual(["setup 0-1", "solve 1-4 4", "verify 4-6", "conclude 6-7 4"]);
  });

  it("start a revision where a stated answer is corrected, an alternative where the approach changes", () => {
    const steps = stepsOf("derive", "conclude", ["switch", "wait"], "derive", "conclude", ["switch", "switch"], "derive");
    expect(outline(steps, [answerAt(1, "3"), answerAt(4, "4")])).toEqual(["solve 0-2 3", "revise 2-5 4", "alternative 5-7"]);
  });

  it("do not start at a check before anything was concluded", () => {
    expect(outline(stepsOf("derive", "verify", "derive"), [])).toEqual(["solve 0-3"]);
  });

  it("do not start where a result is only affirmed, nor where a check goes on after it named the answer", () => {
    const affirmed = stepsOf("derive", "conclude", ["switch", "switch"], "derive", ["verify", "affirm"]);
    expect(outline(affirmed, [answerAt(1, "3"), answerAt(3, "3")])).toEqual(["solve 0-2 3", "alternative 2-5 3"]);
    const named = stepsOf("derive", "conclude", "verify", "derive", "derive", "conclude");
    expect(outline(named, [answerAt(1, "3"), answerAt(2, "3"), answerAt(5, "3")])).toEqual([
      "solve 0-2 3",
      "verify 2-5 3",
      "conclude 5-6 3",
    ]);
  });

  it("keep another approach and a finished attempt apart from what is short before them", () => {
    const near = stepsOf("derive", "conclude", "verify", ["switch", "switch"], "derive").map((step, i) => ({
      ...step,
      start: i * 40,
      end: i * 40 + 40,
    }));
    expect(formUnits(near, [{ step: 1, answer: "2", start: 40, end: 41 }], "x".repeat(200)).map((unit) => unit.role)).toEqual([
      "solve",
      "verify",
      "alternative",
    ]);
  });

  it("keep the correction apart from the check that found the fault", () => {
    const near = stepsOf("derive", "conclude", "verify", ["switch", "error"], "derive", "conclude").map((step, i) => ({
      ...step,
      start: i * 40,
      end: i * 40 + 40,
    }));
    const answers = [1, 5].map((step) => ({ step, answer: String(step), start: step * 40, end: step * 40 + 1 }));
    expect(formUnits(near, answers, "x".repeat(240)).map((unit) => unit.role)).toEqual(["solve", "verify", "revise", "conclude"]);
  });

  it("end in a closing statement after a check, also inside a paragraph", () => {
    const steps = stepsOf("derive", "conclude", "verify", "conclude").map((step, i) => ({ ...step, paragraphStart: i === 0 }));
    expect(outline(steps, [answerAt(1, "2"), answerAt(3, "2")])).toEqual(["solve 0-2 2", "verify 2-3", "conclude 3-4 2"]);
  });

  it("leave a trailing conclusion with its only solution", () => {
    expect(outline(stepsOf("derive", "conclude"), [answerAt(1, "2")])).toEqual(["solve 0-2 2"]);
  });

  it("are none without steps", () => {
    expect(formUnits([], [], "")).toEqual([]);
  });
});
