import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { borrowTraceTokens, readTraceTokens, type Tokens } from "../../../src/core/words/tokens";
import { baseVocabulary, Vocabulary } from "../../../src/core/words/vocabulary";

const rows = ({ count, ids, starts, ends, kinds }: Tokens): number[][] =>
  Array.from({ length: count }, (_, i) => [ids[i] ?? -1, starts[i] ?? -1, ends[i] ?? -1, kinds[i] ?? -1]);

const word = fc.oneof(
  fc.constantFrom("Wait", "so", "x", "12", "1,000", "\\frac", "=", "等", ".", "\n"),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const prose = fc.array(word, { maxLength: 80 }).map((words) => words.join(" "));

describe("borrowTraceTokens", () => {
  it("reads as fresh memory does, whatever was read before", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ question: prose, text: prose }), { minLength: 1, maxLength: 6 }), (traces) => {
        for (const trace of traces) {
          const borrowed = borrowTraceTokens(trace);
          const fresh = readTraceTokens(trace);
          expect(rows(borrowed.question)).toEqual(rows(fresh.question));
          expect(rows(borrowed.text)).toEqual(rows(fresh.text));
          expect(borrowed.vocabulary.length).toBe(fresh.vocabulary.length);
        }
      }),
    );
  });
});

describe("Vocabulary", () => {
  it("forgets its own words and numbers others anew, after it has grown too", () => {
    const words = (count: number, name: string): string[] =>
      Array.from(
        { length: count },
        (_, i) => `${name}${String.fromCharCode(97 + (i % 26))}${"q".repeat(i % 7)}${"z".repeat(Math.floor(i / 26) % 40)}`,
      );
    const used = new Vocabulary(baseVocabulary);
    for (const one of words(6000, "first")) used.idOfWord(one);
    used.startFrom(baseVocabulary);
    const fresh = new Vocabulary(baseVocabulary);
    expect(used.length).toBe(fresh.length);
    for (const one of [...words(500, "second"), "wait", "the"]) expect(used.idOfWord(one)).toBe(fresh.idOfWord(one));
  });
});
