import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPhraseGraph, nextState } from "../../../src/core/words/phraseGraph";

const symbols = 70;
const phrase = fc.record({
  symbols: fc.array(fc.integer({ min: 1, max: symbols }), { minLength: 1, maxLength: 5 }),
  tag: fc.integer({ min: 0, max: 31 }),
});

describe("buildPhraseGraph", () => {
  it("ends in the tags of exactly the phrases that were put in", () => {
    fc.assert(
      fc.property(fc.array(phrase, { maxLength: 40 }), fc.array(phrase, { maxLength: 10 }), (phrases, others) => {
        const graph = buildPhraseGraph(phrases, symbols);
        for (const asked of [...phrases, ...others]) {
          let state = 0;
          let alive = true;
          for (const symbol of asked.symbols) {
            state = alive ? nextState(graph, state, symbol) : 0;
            alive = state !== 0;
          }
          const tags = phrases.filter((one) => one.symbols.join() === asked.symbols.join()).reduce((bits, { tag }) => bits | (1 << tag), 0);
          expect(alive ? graph.tags[state] : 0).toBe(tags);
        }
      }),
    );
  });

  it("has one state for endings that are alike", () => {
    const graph = buildPhraseGraph(
      [
        { symbols: [1, 3, 4], tag: 0 },
        { symbols: [2, 3, 4], tag: 0 },
        { symbols: [2, 3, 5], tag: 1 },
      ],
      5,
    );
    expect(graph.tags.length).toBe(7);
  });
});
