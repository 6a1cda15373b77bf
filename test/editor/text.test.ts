import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineStarts, placeOf } from "../../src/editor/lines";
import { decodeAddress, encodeAddress } from "../../src/editor/traceAddress";

describe("lines and columns", () => {
  it("counts every kind of line ending once", () => {
    expect(lineStarts("a\r\nb\rc\nd")).toEqual([0, 3, 5, 7]);
    expect(placeOf([0, 3, 5, 7], 4)).toEqual({ line: 1, column: 1 });
    expect(placeOf([0], 0)).toEqual({ line: 0, column: 0 });
  });

  it("gives every offset a place that leads back to it", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "\r", "\n", "\r\n", "数", "😀")), (pieces) => {
        const text = pieces.join("");
        const starts = lineStarts(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const { line, column } = placeOf(starts, offset);
          expect((starts[line] ?? Number.NaN) + column).toBe(offset);
          const next = starts[line + 1];
          if (next !== undefined) expect(offset).toBeLessThan(next);
        }
      }),
    );
  });
});

describe("the address of a document", () => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("text" as const, "analysis" as const, "record" as const),
        fc.webUrl(),
        fc.nat(),
        fc.nat(),
        fc.string(),
        (kind, source, record, rollout, label) => {
          const { path, query } = encodeAddress({ kind, source, record, rollout }, label);
          expect(decodeAddress(query)).toEqual({ kind, source, record, rollout });
          expect(path).toMatch(/^\/[^/\\]+$/);
        },
      ),
    );
  });

  it("ends so that VS Code finds the language", () => {
    expect(encodeAddress({ kind: "text", source: "file:///a", record: 0, rollout: 0 }, "a/b: c").path).toBe("/a b c.reasoning");
    expect(encodeAddress({ kind: "analysis", source: "file:///a", record: 0, rollout: 0 }, "").path).toBe("/trace.analysis.json");
  });

  it("is refused when it is anything else", () => {
    for (const query of [
      "",
      "{",
      "null",
      "[]",
      '{"kind":"text"}',
      '{"kind":"text","source":"a","record":-1,"rollout":0}',
      '{"kind":"x","source":"a","record":0,"rollout":0}',
    ])
      expect(decodeAddress(query)).toBeUndefined();
  });
});
