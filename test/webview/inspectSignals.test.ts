import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/core/trace";
import { choiceAt } from "../../webview/signals/card";
import { layoutLane } from "../../webview/signals/lane";
import { entryAt, scaleOf, summary } from "../../webview/signals/scale";
import { signalMarks } from "../../webview/signals/textMarks";
import { layoutStrip, stepTokenStarts } from "../../webview/strip/layout";
import { makeAnalysis } from "./inspectFixture";

const logprobs: Signal = {
  name: "logprobs",
  level: "token",
  starts: [0, 4, 8, 12],
  values: [Math.log(0.99), Math.log(0.5), Math.log(0.3), Math.log(0.05)],
  top: [
    [],
    [
      { token: "two", logprob: Math.log(0.4) },
      { token: "one", logprob: Math.log(0.5) },
    ],
    [],
    [],
  ],
};

describe("numbers over the text", () => {
  it("tells log-probabilities from other numbers and shades by probability", () => {
    const scale = scaleOf(logprobs);
    expect(scale.isLogprob).toBe(true);
    expect(logprobs.values.map((value) => scale.shade(value))).toEqual([0, 2, 3, 4]);
    expect(scale.height(-8)).toBe(1);
    expect(scaleOf({ ...logprobs, name: "reward", values: [-1, 0, 1, 2] }).isLogprob).toBe(false);
  });

  it("scales other numbers from the lowest to the highest and never leaves 0 to 1", () => {
    const scale = scaleOf({ name: "reward", level: "step", starts: [0, 4, 8, 12], values: [-1, 0, 1, Number.NaN] });
    expect([-1, 0, 1, Number.NaN, 99].map((value) => scale.height(value))).toEqual([0, 0.5, 1, 0, 1]);
    expect(scale.shades).toEqual([]);
  });

  it("finds the entry that holds an offset", () => {
    expect([-1, 0, 3, 4, 99].map((offset) => entryAt(logprobs, offset))).toEqual([-1, 0, 0, 1, 3]);
  });

  it("marks every token of a stretch, the weak ones more strongly", () => {
    const marks = signalMarks(scaleOf(logprobs), 5, 12);
    expect(marks).toEqual([
      { start: 4, end: 8, className: "lp2 tk tk-1" },
      { start: 8, end: 12, className: "lp3 tk tk-2" },
    ]);
    expect(signalMarks(scaleOf({ ...logprobs, level: "step" }), 0, 20)).toEqual([]);
  });

  it("gives the sampled token its rank and counts all others as one in the entropy", () => {
    const choice = choiceAt(logprobs, 1, "one");
    expect(choice?.rank).toBe(2);
    expect(choice?.other).toBeCloseTo(0.1);
    expect(choice?.entropy).toBeCloseTo(-(0.4 * Math.log(0.4) + 0.5 * Math.log(0.5) + 0.1 * Math.log(0.1)));
    expect(choiceAt(logprobs, 1, "three")?.rank).toBeUndefined();
    expect(choiceAt(logprobs, 0, "x")).toBeUndefined();
  });

  it("draws a column where a token stands and a gap over an observation without numbers", () => {
    const { analysis } = makeAnalysis([
      { words: "one two three four ", unit: 0 },
      { words: "seen seen ", unit: 0, function: "observation" },
    ]);
    const lane = layoutLane(scaleOf(logprobs), analysis, stepTokenStarts(analysis), layoutStrip(analysis, 60));
    expect(lane.path.match(/M/g)?.length).toBe(4);
    expect(lane.gaps).toEqual([{ left: 40, width: 20 }]);
  });

  it("says the mean and the peak in the words of the scale", () => {
    expect(summary(scaleOf(logprobs))?.at).toBe(3);
    expect(summary(scaleOf(logprobs))?.peak).toBeCloseTo(-Math.log(0.05));
    expect(summary(scaleOf({ ...logprobs, starts: [], values: [] }))).toBeUndefined();
  });
});
