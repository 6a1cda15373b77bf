import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equivalent } from "../../src/core/answer/equivalent";
import { findCandidates, shortAnswer } from "../../src/core/answer/extract";

const pieces = fc.constantFrom(
  "\\frac",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "\\sqrt",
  "^",
  "_",
  "1",
  "2",
  "10",
  "x",
  "y",
  "+",
  "-",
  "*",
  "/",
  "=",
  "<",
  "\\le",
  ",",
  ";",
  "\\pm",
  "\\cup",
  "\\in",
  "\\{",
  "\\}",
  "%",
  "\\pi",
  "!",
  "|",
  "\\begin{pmatrix}",
  "\\end{pmatrix}",
  "&",
  "\\\\",
  " ",
  "\\text{cm}",
  "$",
  "\\boxed{",
  "and",
  "the answer is",
  ".",
);
const answer = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.array(pieces, { maxLength: 25 }).map((list) => list.join("")),
);

describe("equivalence", () => {
  test("is reflexive and symmetric and never throws", () => {
    fc.assert(
      fc.property(answer, answer, (a, b) => {
        expect(equivalent(a, a).equal).toBe(true);
        expect(equivalent(a, b).equal).toBe(equivalent(b, a).equal);
      }),
      { numRuns: 1500 },
    );
  });

  test("integers are equal exactly when they are", () => {
    fc.assert(fc.property(fc.bigInt(), fc.bigInt(), (a, b) => equivalent(String(a), String(b)).equal === (a === b)));
  });

  test.each([
    ["braces", "{".repeat(2000) + "}".repeat(2000)],
    ["open braces", "{".repeat(20_000)],
    ["boxes", "\\boxed{".repeat(5000)],
    ["fractions", "\\frac{1".repeat(3000)],
    ["powers", "9^".repeat(3000) + "9"],
    ["nested powers", "9^{9^{9^{9^{9}}}}"],
    ["digits", "9".repeat(100_000)],
    ["factorials", `999999${"!".repeat(50)}`],
    ["brackets", "((".repeat(5000)],
    ["list", "1,".repeat(20_000)],
    ["minus signs", "-".repeat(5000) + "1"],
    ["plus-minus", "\\pm 1".repeat(500)],
    ["spaces", " ".repeat(100_000)],
    ["dollars", "$".repeat(50_000)],
  ])("answers nasty input: %s", (_, text) => {
    expect(equivalent(text, "1").equal).toBe(equivalent("1", text).equal);
    expect(equivalent(text, `${text}x`).equal).toBe(false);
  });
});

describe("extraction", () => {
  test("spans lie in the text, in order, and do not overlap", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.constantFrom("So ", "\n", "Therefore ", "答案是", "#### ")), { maxLength: 60 }), (list) => {
        const text = list.join(" ");
        let end = 0;
        for (const candidate of findCandidates(text, [{ start: 0, end: text.length }])) {
          expect(candidate.start).toBeGreaterThanOrEqual(end);
          expect(candidate.end).toBeGreaterThan(candidate.start);
          end = candidate.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
        expect(typeof shortAnswer(text)).toBe("string");
      }),
      { numRuns: 800 },
    );
  });
});
