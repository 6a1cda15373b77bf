import { describe, expect, it } from "vitest";
import type { Candidate, Unit } from "../../../src/core/analysis";
import { type SolutionFacts, solutionMeasures } from "../../../src/core/measure/solutions";

/** Three units of two steps each, 100 tokens a step. */
const units: Unit[] = [0, 1, 2].map((unit) => ({
  start: unit * 20,
  end: unit * 20 + 20,
  role: unit === 0 ? "solve" : "verify",
  firstStep: unit * 2,
  endStep: unit * 2 + 2,
  tokens: 200,
  answer: "5",
  redundant: false,
}));

const stated = (step: number, equalsFinal: boolean, equalsReference: boolean): Candidate => ({
  start: step * 10,
  end: step * 10 + 1,
  step,
  unit: step >> 1,
  answer: "5",
  form: "phrase",
  equalsFinal,
  equalsReference,
});

const facts = (changes: Partial<SolutionFacts>): SolutionFacts => ({
  units,
  candidates: [],
  tokensBefore: [0, 100, 200, 300, 400, 500, 600],
  verdict: "correct",
  hasReference: true,
  novelty: (unit) => [1, 0.1, 0.6][unit] ?? 0,
  ...changes,
});

describe("measures of solutions", () => {
  it("counts the tokens up to the step that first states the final answer", () => {
    const measures = solutionMeasures(facts({ candidates: [stated(0, false, false), stated(2, true, true), stated(5, true, true)] }));
    expect(measures).toMatchObject({
      firstAnswerTokens: 300,
      firstAnswerStep: 2,
      postAnswerShare: 0.5,
      firstCorrectTokens: 300,
      reflectionTokens: 300,
    });
  });

  it("takes the first correct solution to its unit's end for the outcome efficiency", () => {
    expect(solutionMeasures(facts({ candidates: [stated(0, true, true)] })).outcomeEfficiency).toBeCloseTo(200 / 600);
    expect(solutionMeasures(facts({ candidates: [stated(0, true, false)] })).outcomeEfficiency).toBe(0);
    expect(solutionMeasures(facts({ candidates: [stated(0, true, false)], hasReference: false })).outcomeEfficiency).toBeUndefined();
  });

  it("gives underthinking to a wrong answer that had a correct thought", () => {
    const candidates = [stated(0, false, true), stated(5, true, false)];
    expect(solutionMeasures(facts({ candidates, verdict: "wrong" })).underthinking).toBeCloseTo(1 - 200 / 600);
    expect(solutionMeasures(facts({ candidates, verdict: "correct" })).underthinking).toBe(0);
    expect(solutionMeasures(facts({ candidates: [], verdict: "wrong" })).underthinking).toBe(0);
    expect(solutionMeasures(facts({ candidates, verdict: "unknown" })).underthinking).toBeUndefined();
  });

  it("counts solutions with a new approach for the process proxy and the first right unit for non-redundancy", () => {
    const measures = solutionMeasures(facts({ candidates: [stated(2, true, true)] }));
    expect(measures.processEfficiencyProxy).toBeCloseTo(400 / 600);
    expect(measures.unitNonRedundancyProxy).toBeCloseTo(2 / 3);
  });

  it("defines nothing for an empty trace", () => {
    expect(solutionMeasures(facts({ units: [], tokensBefore: [0] }))).toEqual({});
  });
});
