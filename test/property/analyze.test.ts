import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/core/analyze";
import type { Span } from "../../src/core/trace";
import { traceOf } from "../core/flag/make";

const piece = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      "Wait, let me check that again. ",
      "So the answer is 12.\n\n",
      "We get 3 * 4 = 12, hence x = 12. ",
      "Alternatively, try another way. ",
      "\\boxed{12}",
      "\\boxed{13}\n",
      "The problem doesn't say how many. ",
      "Hmm, maybe not. ",
      "$$x^2 = 4$$\n",
      "```python\nprint(1)\n```\n",
      "所以答案是12。",
      "验证一下：3×4=12。\n",
      "- item one\n",
      "### Step 2\n",
      "</think>",
      "\n\n",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);
const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
const traces = fc.record({
  text: texts,
  question: texts,
  response: fc.oneof(fc.constant(""), texts),
  reference: fc.option(fc.constantFrom("12", "\\boxed{13}", "#### 5", ""), { nil: undefined }),
  thinking: fc.constantFrom("closed" as const, "unclosed" as const, "none" as const, "field" as const),
  cuts: fc.option(fc.array(fc.nat(), { maxLength: 6 }), { nil: undefined }),
});

const build = ({ text, question, response, reference, thinking, cuts }: typeof traces extends fc.Arbitrary<infer T> ? T : never) => {
  const borders =
    cuts && text.length > 0 ? [...new Set([0, ...cuts.map((cut) => cut % text.length), text.length])].sort((a, b) => a - b) : undefined;
  return traceOf(text, {
    question,
    response,
    thinking,
    ...(reference === undefined ? {} : { reference }),
    ...(borders ? { givenSteps: borders.slice(1).map((end, i) => ({ start: borders[i] ?? 0, end })) } : {}),
  });
};

const inside = (span: Span, length: number) => span.start >= 0 && span.start <= span.end && span.end <= length;
const isShare = (value: number) => value >= 0 && value <= 1;

describe("analysis of any trace", () => {
  it("does not throw, tiles the text, and keeps every index and span in range", () => {
    fc.assert(
      fc.property(traces, (parts) => {
        const trace = build(parts);
        const { steps, units, flags, candidates, measures, tokens } = analyze(trace, { rulesOff: [] });
        const { length } = trace.text;
        expect(steps.map((step) => trace.text.slice(step.start, step.end)).join("")).toBe(trace.text);
        expect(units.map((unit) => trace.text.slice(unit.start, unit.end)).join("")).toBe(trace.text);
        expect(steps.reduce((sum, step) => sum + step.tokens, 0)).toBe(tokens);
        expect(units.reduce((sum, unit) => sum + unit.tokens, 0)).toBe(tokens);
        expect(steps.every((step) => isShare(step.redundancy) && isShare(step.confidence))).toBe(true);
        for (const flag of flags) {
          const { earlier, here = [], there = [] } = flag.evidence;
          const count = flag.level === "step" ? steps.length : units.length;
          expect(flag.index < count || (count === 0 && flag.index === 0)).toBe(true);
          expect([flag, ...here].every((span) => inside(span, length))).toBe(true);
          expect(there.every((span) => inside(span, flag.rule === "restate" ? trace.question.length : length))).toBe(true);
          if (earlier) {
            expect(inside(earlier, length)).toBe(true);
            expect(earlier.index).toBeLessThan(earlier.level === "step" ? steps.length : units.length);
          }
          expect(flag.evidence.words).not.toBe("");
        }
        for (const candidate of candidates)
          expect(inside(candidate, length) && candidate.step < steps.length && candidate.unit < units.length).toBe(true);
        for (const share of [
          measures.redundantShare,
          measures.loopShare,
          measures.postAnswerShare ?? 0,
          measures.outcomeEfficiency ?? 0,
          measures.processEfficiencyProxy ?? 0,
        ])
          expect(isShare(share)).toBe(true);
        expect(Object.values(measures.functionShares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(tokens > 0 ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });

  it("gives the same analysis for the same trace", () => {
    fc.assert(
      fc.property(traces, (parts) => {
        expect(analyze(build(parts))).toEqual(analyze(build(parts)));
      }),
      { numRuns: 50 },
    );
  });
});
