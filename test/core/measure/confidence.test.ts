import { describe, expect, it } from "vitest";
import { verbalisedConfidence } from "../../../src/core/measure/confidence";

describe("verbalised confidence", () => {
  it.each([
    ["I'm 90% confident in this.", 0.9],
    ["Confidence: 85%", 0.85],
    ["**Confidence:** 0.7", 0.7],
    ["Confidence level: 8/10", 0.8],
    ["My confidence is 95 percent.", 0.95],
    ["Confidence: high", 0.85],
    ["Confidence: Almost certain", 0.95],
    ["置信度：90%", 0.9],
    ["I am 75\\% sure of it", 0.75],
  ])("reads %s", (text, value) => {
    expect(verbalisedConfidence("", text)).toBeCloseTo(value);
  });

  it.each([
    "I'm confident.",
    "Make sure that 90% of the pens are red.",
    "A 95% confidence interval for the mean",
    "not sure",
    "Confidence: 250%",
  ])("reads nothing in %s", (text) => {
    expect(verbalisedConfidence(text, "")).toBeUndefined();
  });

  it("takes the last one, the response before the reasoning", () => {
    expect(verbalisedConfidence("Confidence: 50%. Later, confidence: 60%", "")).toBeCloseTo(0.6);
    expect(verbalisedConfidence("Confidence: 50%", "Confidence: 80%")).toBeCloseTo(0.8);
  });
});
