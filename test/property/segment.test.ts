import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitSentences } from "../../src/core/segment/sentences";
import { splitSteps } from "../../src/core/segment/steps";
import { formUnits } from "../../src/core/segment/units";
import type { Span } from "../../src/core/trace";
import { traceOf } from "../core/segment/traceOf";

const pieces = fc.constantFrom(
  ..."$|$$|\\(|\\)|\\[|\\]|\\begin{a}|\\end{a}|```|`|<b>|</think>|<|. |! |? |。|？|\n|\n\n|\r\n|- |1. |# |**x**|| a |Wait, |let me check |So |x = 3|3.5|e.g. |等等，|验算|😀|\ud800|\udc00|\u0000|The answer is 7. ".split(
    "|",
  ),
);
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(pieces, { maxLength: 60 }).map((list) => list.join("")),
);

/** Where spans stop tiling `[0, length)`: the first gap, overlap or empty span; undefined when they tile it. */
function tilingFault(spans: readonly Span[], length: number): string | undefined {
  let at = 0;
  for (const [index, { start, end }] of spans.entries()) {
    if (start !== at || end <= start) return `span ${index} is [${start}, ${end}) after ${at}`;
    at = end;
  }
  return at === length ? undefined : `ends at ${at} of ${length}`;
}

function expectTiling(spans: readonly Span[], length: number): void {
  expect(tilingFault(spans, length)).toBeUndefined();
}

describe("segmentation of any string", () => {
  it("tiles it with sentences, steps and units", () => {
    fc.assert(
      fc.property(anyText, anyText, (text, question) => {
        const sentences = splitSentences(text);
        expectTiling(sentences, text.length);
        const steps = splitSteps(traceOf(text, { question }), sentences);
        expectTiling(steps, text.length);
        const units = formUnits(steps, [], text);
        expectTiling(units, text.length);
        expectTiling(
          units.map((unit) => ({ start: unit.firstStep, end: unit.endStep })),
          steps.length,
        );
      }),
      { numRuns: 400 },
    );
  });

  it("keeps the steps that a record brings", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 8 }), (chunks) => {
        let at = 0;
        const givenSteps = chunks.flatMap((chunk) => {
          const start = at;
          at += chunk.length;
          return chunk.length > 0 ? [{ start, end: at }] : [];
        });
        const trace = traceOf(chunks.join(""), { givenSteps });
        const steps = splitSteps(trace, splitSentences(trace.text));
        expect(steps.map(({ start, end }) => ({ start, end }))).toEqual(givenSteps);
      }),
    );
  });

  it("gives units whatever the candidates are", () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(40)), (text, places) => {
        const steps = splitSteps(traceOf(text), splitSentences(text));
        const candidates = places.map((step) => ({ start: 0, end: 0, step, answer: String(step % 3) }));
        expectTiling(formUnits(steps, candidates, text), text.length);
      }),
    );
  });
});

describe("a megabyte of one delimiter", () => {
  const million = 1_000_000;
  it.each([
    "$",
    "\\(",
    "\\[x",
    "\\begin{a}",
    "\\begin{a} \\end{b}",
    "`",
    "```",
    "<a ",
    "**",
    "|",
    "1. ",
    "\n",
    " ",
    ". ",
    "Wait, ",
    "等等，",
    "\ud800",
    "a",
    "$$ \n",
  ])("%j", (piece) => {
    const text = piece.repeat(Math.floor(million / piece.length));
    const sentences = splitSentences(text);
    expectTiling(sentences, text.length);
    const steps = splitSteps(traceOf(text), sentences);
    expectTiling(steps, text.length);
    expectTiling(formUnits(steps, [], text), text.length);
  });
});
