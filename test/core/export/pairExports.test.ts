import { applyPatch } from "diff";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTraces } from "../../../src/core/compare/compareTraces";
import { escapeHtml, openPage, pairHtml, placeOf, plainText } from "../../../src/core/export/pairHtml";
import { pairPatch } from "../../../src/core/export/pairPatch";
import { compared } from "../compare/fixture";

const lines = fc.array(
  fc.array(fc.string({ unit: fc.constantFrom("a", "b", " ", "<", "&", "$"), maxLength: 12 }), { minLength: 1, maxLength: 4 }),
  {
    minLength: 1,
    maxLength: 4,
  },
);

/** The text of the page, tags removed. */
const shown = (html: string): string =>
  html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

describe("the page of a pair", () => {
  it("shows every step of both sides, and runs nothing that a text holds", () => {
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const [teacher, student] = [compared(one), compared(other)];
        const html = pairHtml({ teacher, student, diff: compareTraces(teacher, student) });
        const text = shown(html);
        for (const side of [teacher, student])
          for (const step of side.analysis.steps) expect(text).toContain(side.trace.text.slice(step.start, step.end));
        expect(html.match(/<div class="text">/g)).toHaveLength(teacher.analysis.steps.length + student.analysis.steps.length);
      }),
      { numRuns: 60 },
    );
    const evil = compared([["<script>alert(1)</script><img src=x onerror=alert(1)>"]]);
    const html = pairHtml({ teacher: evil, student: evil, diff: compareTraces(evil, evil) });
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain("default-src 'none'");
  });

  it("keeps a place for each text, in their order", () => {
    const [teacher, student] = [compared([["one two", "three"]]), compared([["one two", "four"]])];
    const pair = { teacher, student, diff: compareTraces(teacher, student) };
    const { page, texts } = openPage(pair);
    const filled = texts.reduce(
      (html, { text, marks, baseOffset }, index) => html.replace(placeOf(index), () => plainText(text, marks, baseOffset)),
      page,
    );
    expect(filled).toBe(pairHtml(pair));
  });

  it("marks words where they stand", () => {
    expect(plainText("one <two> three", [{ start: 14, end: 19, className: "del" }], 10)).toBe(
      'one <span class="del">&lt;two&gt;</span> three'.replace("&lt;two&gt;", escapeHtml("<two>")),
    );
  });
});

describe("the patch of a pair", () => {
  it("turns the teacher's text into the student's", () => {
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const [teacher, student] = [compared(one).trace, compared(other).trace];
        expect(applyPatch(teacher.text, pairPatch(teacher, student))).toBe(student.text);
      }),
    );
  });
});
