import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FactValue, matches, needsText, parseQuery, type RowFacts } from "../../../src/core/dataset/query";

const plain = { matchCase: false, regex: false };
const facts = (values: Record<string, FactValue>): RowFacts => ({ value: (name) => values[name] });
const row = facts({
  flag: ["repeat", "unclosed-think"],
  tokens: 2325,
  after: 36,
  model: "deepseek-r1",
  correct: "true",
  level: 4,
  subject: "Algebra",
});
const ask = (query: string, text = "") => matches(parseQuery(query, plain), row, () => text);

describe("query", () => {
  it.each([
    ["flag:repeat", true],
    ["flag:loop", false],
    ["flag:loop,repeat", true],
    ["flag:unclosed", true],
    ["-flag:repeat", false],
    ["tokens:>1500", true],
    ["tokens:>2.3k", true],
    ["tokens:<2325", false],
    ["tokens:<=2325", true],
    ["tokens:2000..2400", true],
    ["tokens:..100", false],
    ["after:>40%", false],
    ["after:36", true],
    ["model:r1", true],
    ["correct:true tokens:>1", true],
    ["correct:false", false],
    ["level:3..5", true],
    ["level:3", false],
    ["level:4", true],
    ["subject:alg", true],
    ["unknown:1", false],
    ["", true],
  ])("%s → %s", (query, expected) => expect(ask(query)).toBe(expected));

  it("finds free text, quoted and bare, with and without case", () => {
    expect(ask('"Wait, no"', "Hmm. wait, no.")).toBe(true);
    expect(ask("-wait", "Wait")).toBe(false);
    expect(matches(parseQuery("wait", { matchCase: true, regex: false }), row, () => "Wait")).toBe(false);
    expect(matches(parseQuery("w.+t", { matchCase: false, regex: true }), row, () => "await")).toBe(true);
    expect(needsText(parseQuery("tokens:>4", plain))).toBe(false);
  });

  it("reports what it cannot read and where", () => {
    expect(parseQuery("tokens:many x", plain).errors).toEqual([
      { start: 7, end: 11, message: 'tokens: takes a number or a range such as >5 or 3..5, not "many"' },
    ]);
    expect(parseQuery("tokens:", plain).errors[0]?.message).toBe("tokens: needs a value");
    expect(parseQuery("(", { matchCase: false, regex: true }).errors[0]?.message).toContain("not a regular expression");
  });

  it("never throws and places every condition inside the query", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (text, regex) => {
        const query = parseQuery(text, { matchCase: false, regex });
        matches(query, row, () => "text");
        for (const span of [...query.conditions, ...query.errors]) {
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
