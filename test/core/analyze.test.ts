import { describe, expect, it } from "vitest";
import { analyze } from "../../src/core/analyze";
import { traceOf } from "./flag/make";

const text = `Okay, so I need to find the total price of 12 pens at 3 dollars each with a discount of 6 dollars.

First, the pens without the discount cost 12 * 3 = 36 dollars. Then the discount takes away 6, so 36 - 6 = 30 dollars. Therefore, the answer is 30 dollars.

Wait, let me check that again. 12 * 3 = 36, and 36 - 6 = 30. Yes, that's correct. So the answer is 30 dollars.

Therefore, the final answer is 30.`;

const trace = traceOf(text, {
  question: "What do 12 pens at 3 dollars each cost with a discount of 6 dollars?",
  reference: "#### 30",
  response: "The total is \\boxed{30}.",
});

describe("analyze", () => {
  const analysis = analyze(trace);

  it("finds the answers and compares them", () => {
    expect(analysis).toMatchObject({
      finalAnswer: "30",
      finalAnswerFrom: "response",
      referenceAnswer: "30",
      verdict: "correct",
      verdictFrom: "compared",
      language: "en",
    });
    expect(analysis.candidates.length).toBeGreaterThan(1);
    for (const candidate of analysis.candidates) expect(text.slice(candidate.start, candidate.end)).toContain("30");
  });

  it("marks the check that changes nothing, and the unit that holds it", () => {
    const reverified = analysis.flags.filter((flag) => flag.rule === "reverify");
    expect(reverified.length).toBeGreaterThan(0);
    for (const flag of reverified) expect(text.slice(flag.start, flag.end)).toContain("36 - 6 = 30");
    expect(analysis.measures.redundantShare).toBeGreaterThan(0.1);
    expect(analysis.steps.some((step) => step.redundant)).toBe(true);
  });

  it("tiles the text with steps and units whose tokens add up", () => {
    expect(analysis.steps.map((step) => text.slice(step.start, step.end)).join("")).toBe(text);
    expect(analysis.units.map((unit) => text.slice(unit.start, unit.end)).join("")).toBe(text);
    const sum = (items: readonly { tokens: number }[]) => items.reduce((total, item) => total + item.tokens, 0);
    expect([sum(analysis.steps), sum(analysis.units)]).toEqual([analysis.tokens, analysis.tokens]);
  });

  it("says where the answer came first and what came after", () => {
    expect(analysis.measures.firstAnswerTokens).toBeLessThan(analysis.tokens);
    expect(analysis.measures.postAnswerShare).toBeGreaterThan(0.2);
    expect(analysis.measures.outcomeEfficiency).toBeLessThan(1);
  });

  it("takes the record's own token count and verdict where it has them", () => {
    const recorded = analyze(traceOf(text, { givenTokens: 500, recordedCorrect: false }));
    expect(recorded).toMatchObject({ tokens: 500, tokenCounter: "record", verdict: "wrong", verdictFrom: "record" });
  });

  it("leaves out the rules that are switched off, with what they mark", () => {
    const without = analyze(trace, { rulesOff: ["reverify", "repeat", "restate"] });
    expect(without.flags.filter((flag) => ["reverify", "repeat", "restate"].includes(flag.rule))).toEqual([]);
    expect(without.measures.redundantShare).toBe(0);
  });

  it("reads no further for flags than the limit, while steps cover the whole text", () => {
    const limited = analyze(trace, { limit: 150 });
    expect(limited.flags.filter((flag) => flag.rule === "reverify" && flag.level === "step")).toEqual([]);
    expect(limited.steps.at(-1)?.end).toBe(text.length);
  });

  it("gives an empty text an analysis without steps", () => {
    const empty = analyze(traceOf("", { thinking: "empty", response: "The answer is 4.", reference: "4" }));
    expect(empty).toMatchObject({ steps: [], units: [], candidates: [], tokens: 0, verdict: "correct" });
    expect(empty.flags.map((flag) => flag.rule)).toEqual(["empty-think"]);
    expect(empty.measures).toMatchObject({ redundantShare: 0, switchesPer1k: 0, loopShare: 0, compressionRatio: 1 });
  });

  it("keeps the steps that a record gives", () => {
    const given = ["We add 2 and 3.", "Let's verify: 2 + 3 = 5.", "So it is 5."];
    const joined = given.join("\n");
    let start = 0;
    const givenSteps = given.map((step, index) => {
      const end = index === given.length - 1 ? joined.length : start + step.length + 1;
      const span = { start, end };
      start = end;
      return span;
    });
    const result = analyze(traceOf(joined, { givenSteps }));
    expect(result.steps.map(({ start: from, end }) => ({ start: from, end }))).toEqual(givenSteps);
    const [first, check] = result.steps;
    expect(check?.redundancy).toBeGreaterThan(first?.redundancy ?? 1);
  });
});
