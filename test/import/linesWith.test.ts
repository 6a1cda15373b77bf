import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesOfLinesWith } from "../../src/core/import/linesWith";

const pattern = /^([^\n`~]*)(`{3,}|~{3,})([^\n`]*)$/gm;

it("finds what the pattern finds in the whole text", () => {
  const text = fc.array(fc.constantFrom("```", "~~~", "`", "~", "\n", "\r", "\u2028", "py", " ")).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (content) => {
      const found = [...matchesOfLinesWith(["```", "~~~"], content, pattern)].map(({ index, match }) => [index, ...match]);
      expect(found).toEqual([...content.matchAll(pattern)].map((match) => [match.index, ...match]));
    }),
    { numRuns: 3000 },
  );
});
