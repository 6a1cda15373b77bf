import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes, percentOrLess, plainAnswer, stepRange, timeLeft } from "../../webview/format";
import { applyDismissals } from "../../webview/state/dismiss";
import { FileProgress } from "../../webview/state/fileProgress";
import { readState } from "../../webview/state/viewState";
import { highlightQuery } from "../../webview/top/highlightQuery";
import { byteOffsets, utf8Length } from "../../webview/trace/byteOffsets";
import { findInTrace, matchAfter } from "../../webview/trace/find";
import { fileInfo } from "./compareFixture";
import { makeAnalysis, makeTrace } from "./inspectFixture";

const plain = { matchCase: false, word: false, regex: false };

describe("find in trace", () => {
  const trace = makeTrace("Wait, what? wait.", { preamble: "Wait", response: "no wait" });

  it("looks in every text of the record, in reading order", () => {
    const { matches } = findInTrace(trace, { ...plain, text: "wait" });
    expect(matches.map(({ field, start }) => [field, start])).toEqual([
      ["preamble", 0],
      [undefined, 0],
      [undefined, 12],
      ["response", 3],
    ]);
    expect(matchAfter(matches, 5)).toBe(2);
  });

  it("keeps to case, whole words and patterns", () => {
    expect(findInTrace(trace, { ...plain, text: "wait", matchCase: true }).matches).toHaveLength(2);
    expect(findInTrace(trace, { ...plain, text: "wha", word: true }).matches).toHaveLength(0);
    expect(findInTrace(trace, { ...plain, text: "wh.t\\?", regex: true }).matches).toHaveLength(1);
    expect(findInTrace(trace, { ...plain, text: "wh.t" }).matches).toHaveLength(0);
  });

  it("refuses a pattern that is wrong or may never end", () => {
    expect(findInTrace(trace, { ...plain, text: "(", regex: true }).error).toBeDefined();
    expect(findInTrace(trace, { ...plain, text: "(a+)+$", regex: true }).error).toBeDefined();
    expect(findInTrace(trace, { ...plain, text: "" }).matches).toEqual([]);
  });
});

describe("state kept between reloads", () => {
  it("drops what is not well formed and keeps the rest", () => {
    const stored = {
      view: "inspect",
      query: 7,
      raw: true,
      ref: { file: 0, record: 3, rollout: 0 },
      foldedUnits: [1, "x"],
      scroll: Number.NaN,
      other: 1,
    };
    expect(readState(stored)).toEqual({ view: "inspect", raw: true, ref: { file: 0, record: 3, rollout: 0 } });
    for (const value of [undefined, null, 5, "x", []]) expect(readState(value)).toEqual({});
  });
});

describe("progress of a file", () => {
  const told = () =>
    new FileProgress({ changed: () => undefined, report: async () => undefined, host: { setBackground: async () => undefined } });
  const at = (analysed: number) => ({ ...fileInfo([], 5), analysed });

  it("never goes back to what an answer said that newer news has overtaken", () => {
    const progress = told();
    progress.tell(at(5));
    expect(progress.tell(at(0))).toBe(false);
    expect(progress.info?.analysed).toBe(5);
  });

  it("starts anew with a file that was replaced or an engine that was", () => {
    const progress = told();
    progress.tell(at(5));
    progress.tell({ ...at(0), bytes: 9 });
    expect(progress.info?.analysed).toBe(0);
    progress.tell({ ...at(5), bytes: 9 });
    progress.reset();
    progress.tell({ ...at(1), bytes: 9 });
    expect(progress.info?.analysed).toBe(1);
  });
});

describe("dismissed flags", () => {
  const { analysis } = makeAnalysis(
    [
      { words: "a b ", unit: 0 },
      { words: "c d ", unit: 0, redundant: true },
    ],
    [{ index: 1 }, { index: 1, rule: "reverify" }],
  );

  it("take back the mark once no other flag stands on the step", () => {
    expect(applyDismissals(analysis, new Set([0])).steps[1]?.redundant).toBe(true);
    const both = applyDismissals(analysis, new Set([0, 1]));
    expect(both.steps[1]?.redundant).toBe(false);
    expect(both.measures.redundantShare).toBe(0);
    expect(applyDismissals(analysis, new Set())).toBe(analysis);
  });
});

describe("query colours", () => {
  it("tile the query, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.string(),
        (query) =>
          highlightQuery(query)
            .map(({ text }) => text)
            .join("") === query,
      ),
    );
  });

  it("tell qualifiers, numbers, strings and truth values", () => {
    const kinds = highlightQuery('flag:repeat tokens:>1500 correct:false "Wait" x').filter(({ text }) => text.trim() !== "");
    expect(kinds).toEqual([
      { text: "flag:", kind: "k" },
      { text: "repeat", kind: "" },
      { text: "tokens:", kind: "k" },
      { text: ">1500", kind: "n" },
      { text: "correct:", kind: "k" },
      { text: "false", kind: "b" },
      { text: '"Wait"', kind: "s" },
      { text: "x", kind: "" },
    ]);
  });
});

describe("byte offsets", () => {
  it("equal those of an encoder", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => utf8Length(text, 0, text.length) === new TextEncoder().encode(text).length),
    );
  });

  it("count what stands before the thinking in the same field", () => {
    const part = { start: 0, end: 4, kind: "reasoning" as const, path: ["a"], fieldStart: 8, glue: 0 };
    const trace = makeTrace("中ab!", { preamble: "é", opening: "<think>", parts: [part] });
    expect(byteOffsets(trace, [0, 1, 3])).toEqual([9, 12, 14]);
  });
});

describe("words and numbers", () => {
  it("are written as the design says", () => {
    expect(stepRange(8, 9)).toBe("step 9");
    expect(stepRange(2, 17)).toBe("steps 3–17");
    expect(bytes(3_100_000_000)).toBe("3.1 GB");
    expect(bytes(0)).toBe("0 bytes");
    expect(timeLeft(38_000)).toBe("about 40 s left");
    expect(percentOrLess(0.001)).toBe("<1");
  });

  it("turn short TeX answers into plain characters", () => {
    expect(plainAnswer("90^\\circ")).toBe("90°");
    expect(plainAnswer("\\frac{13}{15}")).toBe("13/15");
    expect(plainAnswer("(3,\\ \\pi/2)")).toBe("(3, π/2)");
    expect(plainAnswer("\\text{yes}")).toBe("yes");
    expect(plainAnswer("x".repeat(50))).toHaveLength(24);
  });
});
