import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatPath, parsePath } from "../../src/core/import/fieldPath";
import { importWithMapping, listPaths, parseMapping } from "../../src/core/import/mapping";
import type { Json } from "../../src/core/trace";
import { wellFormed } from "./wellFormed";

const context = { record: 0, line: 1, fileName: "x.jsonl" };
const record: Json = {
  meta: { gen: [{ text: "<think>2 + 2</think>4", n: 1 }, { text: "five" }], "a.b": "dotted" },
  q: "2 + 2?",
  gold: { value: 4 },
  who: "acme",
  ok: "yes",
};

describe("parsePath", () => {
  test("reads keys, indices, quoted keys and every item", () => {
    expect(parsePath("meta.gen[0].text")).toMatchObject({ ok: true, value: ["meta", "gen", 0, "text"] });
    expect(parsePath('meta["a.b"]')).toMatchObject({ ok: true, value: ["meta", "a.b"] });
    expect(parsePath("[2].x")).toMatchObject({ ok: true, value: [2, "x"] });
    expect(parsePath("a key (question)")).toMatchObject({ ok: true, value: ["a key (question)"] });
  });

  test.each(["", "a..b", "a[", "a[x]", ".a", 'a["'])("refuses %j with a reason", (text) => {
    expect(parsePath(text)).toMatchObject({ ok: false, error: { code: "bad-path" } });
  });

  test("reads back every path it writes", () => {
    const step = fc.oneof(fc.string({ unit: "grapheme" }), fc.nat({ max: 99_999 }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (path) => {
        expect(parsePath(formatPath(path))).toEqual({ ok: true, value: path });
      }),
    );
  });
});

describe("parseMapping", () => {
  test("reads lines and JSON alike", () => {
    const lines = parseMapping("question=q\nreasoning=meta.gen[0].text; model=who");
    const json = parseMapping('{"question":"q","reasoning":"meta.gen[0].text","model":"who"}');
    expect(lines).toEqual(json);
    expect(lines).toMatchObject({ ok: true, value: { question: "q", reasoning: "meta.gen[0].text", model: "who" } });
  });

  test.each(["nothing", "colour=red", "question=q", "reasoning=a..b", "{", ""])("refuses %j", (text) => {
    expect(parseMapping(text).ok).toBe(false);
  });
});

describe("importWithMapping", () => {
  test("takes every mapped field from its place", () => {
    const mapping = {
      question: "q",
      reasoning: "meta.gen[0].text",
      reference: "gold.value",
      model: "who",
      correct: "ok",
      id: 'meta["a.b"]',
    };
    const [trace] = importWithMapping(record, mapping, context);
    expect(trace).toMatchObject({
      id: "dotted",
      question: "2 + 2?",
      text: "2 + 2",
      response: "4",
      reference: "4",
      model: "acme",
      recordedCorrect: true,
      thinking: "closed",
    });
  });

  test("makes a rollout of every item", () => {
    const traces = importWithMapping(record, { response: "meta.gen[*].text" }, context);
    expect(traces.map((trace) => [trace.rollout, trace.text])).toEqual([
      [0, "2 + 2"],
      [1, "five"],
    ]);
  });

  test("says which mapped field is missing", () => {
    const [trace] = importWithMapping(record, { reasoning: "meta.nothing" }, context);
    expect(trace).toMatchObject({ text: "", notices: [{ kind: "mapping" }] });
  });

  test("never throws and keeps every promise of a trace", () => {
    const path = fc.constantFrom("a", "b[0]", "a.b", "[0]", "a[*]", "a[*].b", "[*]", "", "a..", "[*].a");
    const mapping = fc.record({ reasoning: path, response: path, question: path, correct: path }, { requiredKeys: ["response"] });
    const value = fc
      .jsonValue({ maxDepth: 4 })
      .chain((inner) => fc.constantFrom(inner, { a: inner }, { a: [inner, { b: "x" }] }, [{ a: inner }]));
    fc.assert(
      fc.property(value, mapping, (json, fields) => {
        const traces = importWithMapping(json as Json, fields, context);
        expect(traces.length).toBeGreaterThan(0);
        for (const trace of traces) wellFormed(trace, json as Json);
      }),
    );
  });
});

test("listPaths gives every field of a sample with type, first value and longest text", () => {
  const paths = listPaths([record, { q: "a longer question", extra: null }, { extra: 3 }]);
  expect(paths).toContainEqual({ path: "meta.gen[0].text", type: "text", example: "<think>2 + 2</think>4", longest: 21 });
  expect(paths).toContainEqual({ path: 'meta["a.b"]', type: "text", example: "dotted", longest: 6 });
  expect(paths).toContainEqual({ path: "q", type: "text", example: "2 + 2?", longest: 17 });
  expect(paths).toContainEqual({ path: "extra", type: "number", example: "3", longest: 0 });
  expect(paths).toContainEqual({ path: "meta.gen", type: "list", example: "2 items", longest: 0 });
});
