import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateCounter, recordCounter, type TokenCounter, tokensOfSpans } from "../../../src/core/measure/tokens";

const tiles = (text: string, cuts: readonly number[]) => {
  const borders = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort((a, b) => a - b);
  return borders.slice(1).map((end, i) => ({ start: borders[i] ?? 0, end }));
};

describe("token counts", () => {
  it("takes 3.7 Latin characters or 1.6 Chinese ones for a token", () => {
    expect(estimateCounter.count("a".repeat(370))).toBe(100);
    expect(estimateCounter.count("面".repeat(160))).toBe(100);
    expect(estimateCounter.count("")).toBe(0);
    expect(estimateCounter.count("x")).toBe(1);
  });

  it("gives spans that tile a text tokens that add up to the text's", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", " ", "面", "。", "\n", "\\") }), fc.array(fc.nat()), (text, cuts) => {
        const counts = tokensOfSpans(text, tiles(text, cuts), estimateCounter);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(estimateCounter.count(text));
        expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
      }),
    );
  });

  it("spreads a count that the record states over its text", () => {
    const text = "Some words of a trace, and some more.";
    const counter = recordCounter(text, 1234);
    expect(counter.name).toBe("record");
    expect(counter.count(text)).toBe(1234);
    expect(tokensOfSpans(text, tiles(text, [5, 20]), counter).reduce((sum, count) => sum + count, 0)).toBe(1234);
  });

  it("falls back to the estimate for a stated count that is no count", () => {
    for (const total of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(recordCounter("abc", total)).toBe(estimateCounter);
  });

  it("counts piece by piece with a tokenizer", () => {
    const words: TokenCounter = { name: "words", count: (text) => text.split(/\s+/).filter(Boolean).length };
    expect(
      tokensOfSpans(
        "one two three four",
        [
          { start: 0, end: 8 },
          { start: 8, end: 18 },
        ],
        words,
      ),
    ).toEqual([2, 2]);
  });
});
