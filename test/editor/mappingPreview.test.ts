import { describe, expect, it } from "vitest";
import {
  everyItemOf,
  fieldValue,
  isComplete,
  mappablePaths,
  previewTrace,
  previewWords,
  readSample,
  withField,
} from "../../src/editor/mappingPreview";

const record = {
  meta: { prompt: "What is 2 + 3?", gen: [{ out: "Two and three make five.", who: "tiny" }, { out: "Five." }] },
  gold: 5,
};
const sample = readSample([JSON.stringify(record), "{ broken"]);

describe("the preview of a mapping", () => {
  it("reads what can be read", () => {
    expect(sample).toEqual([record]);
    expect(previewTrace([], {}, "a.jsonl")).toBeUndefined();
    expect(previewWords(undefined)).toBe("no record could be read");
  });

  it("offers fields with a value", () => {
    expect(mappablePaths(sample).map(({ path, type }) => `${path} ${type}`)).toEqual([
      "meta.prompt text",
      "meta.gen list",
      "meta.gen[0].out text",
      "meta.gen[0].who text",
      "gold number",
    ]);
    expect(everyItemOf("meta.gen[0].out")).toBe("meta.gen[*].out");
    expect(everyItemOf("gold")).toBeUndefined();
  });

  it("shows the first trace as the mapping makes it", () => {
    let mapping = withField({}, "question", "meta.prompt");
    expect(isComplete(mapping)).toBe(false);
    mapping = withField(mapping, "reasoning", "meta.gen[*].out");
    mapping = withField(mapping, "model", "meta.gen[0].who");
    expect(isComplete(mapping)).toBe(true);
    expect(Object.keys(withField(mapping, "id", "gold"))).toEqual(["question", "reasoning", "model", "id"]);
    const trace = previewTrace(sample, mapping, "a.jsonl");
    expect(previewWords(trace)).toBe("reasoning 24 characters “Two and three make five.”");
    expect(fieldValue(trace, "question")).toBe("What is 2 + 3?");
    expect(fieldValue(trace, "model")).toBe("tiny");
    expect(fieldValue(trace, "correct")).toBe("none");
    expect(withField(mapping, "question", undefined)).toEqual({ reasoning: "meta.gen[*].out", model: "meta.gen[0].who" });
  });

  it("says what is wrong with a path", () => {
    const trace = previewTrace(sample, { reasoning: "gold" }, "a.jsonl");
    expect(previewWords(trace)).toContain("mapped as reasoning (gold) is no text");
  });
});
