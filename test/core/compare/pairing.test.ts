import { describe, expect, test } from "vitest";
import { bootstrapMean, countTransitions, mcnemarExact } from "../../../src/core/compare/paired";
import { normalizeQuestion, pairTraces } from "../../../src/core/compare/pairing";

describe("questions", () => {
  test.each([
    ["Find $x$ if $2x = 6$.", "find x if 2x = 6"],
    ["Problem: Find \\( x \\) if 2x=6", "Find $x$ if $2x=6$. Please reason step by step, and put your final answer within \\boxed{}."],
    ["What is \\dfrac{1}{2}?", "What is $\\frac{1}{2}$?"],
  ])("%s joins %s", (a, b) => {
    expect(normalizeQuestion(a)).toBe(normalizeQuestion(b));
  });

  test("another number is another question", () => {
    expect(normalizeQuestion("Find 2x = 6")).not.toBe(normalizeQuestion("Find 2x = 7"));
    expect(normalizeQuestion("x + 1")).not.toBe(normalizeQuestion("x - 1"));
  });
});

describe("joining", () => {
  const item = (id: string, question: string, index: number, rollout = 0) => ({ id, question, index, rollout });

  test("by the key that joins most", () => {
    const pairing = pairTraces([item("a", "q1", 0), item("b", "q2", 1)], [item("x", "q2", 0), item("y", "q1", 1)]);
    expect(pairing.by).toBe("question");
    expect(pairing.pairs).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test("by position where nothing else joins", () => {
    const pairing = pairTraces([item("a", "", 0), item("b", "", 1)], [item("c", "", 0)]);
    expect(pairing).toMatchObject({ by: "index", pairs: [[0, 0]], teacherAlone: [1], studentAlone: [] });
    expect(pairing.report).toBe("1 pairs by index; 1 of the teacher's and none of the student's traces did not join");
  });

  test("rollouts pair in order, the surplus stays alone", () => {
    const pairing = pairTraces([item("a", "q", 0, 1), item("a", "q", 0, 0)], [item("a", "q", 0, 0)], "id");
    expect(pairing).toMatchObject({ pairs: [[1, 0]], teacherAlone: [0], unequalGroups: 1 });
  });
});

describe("paired statistics", () => {
  test("McNemar's exact test against known values", () => {
    expect(mcnemarExact(0, 0)).toBe(1);
    expect(mcnemarExact(5, 0)).toBeCloseTo(0.0625, 10);
    expect(mcnemarExact(2, 10)).toBeCloseTo(0.03857, 4);
    expect(mcnemarExact(6, 6)).toBe(1);
  });

  test("bootstrap intervals repeat and hold the mean", () => {
    const values = Array.from({ length: 50 }, (_, i) => (i * 37) % 11);
    const interval = bootstrapMean(values);
    expect(interval).toEqual(bootstrapMean(values));
    expect(interval && interval.low <= interval.mean && interval.mean <= interval.high).toBe(true);
    expect(bootstrapMean([])).toBeUndefined();
  });

  test("transitions", () => {
    expect(
      countTransitions([
        [true, false],
        [false, true],
        [true, undefined],
      ]),
    ).toMatchObject({ "right→wrong": 1, "wrong→right": 1, unknown: 1 });
  });
});
