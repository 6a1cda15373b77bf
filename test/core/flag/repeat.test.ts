import { describe, expect, it } from "vitest";
import { repeat } from "../../../src/core/flag/repeat";
import { contextOf, wordsAt } from "./make";

const between = "The tank holds forty litres, so the pump has to run for eight minutes.";
const long = "The train covers 120 km in 2 hours, so its speed is 60 km per hour on the first leg.";

describe("repeat", () => {
  it("marks a step that says an earlier one word for word and shows both passages", () => {
    const context = contextOf({
      steps: [
        ["derive", long],
        ["recall", "Speed is distance over time."],
        ["derive", long],
      ],
    });
    const [flag, ...others] = repeat.find(context);
    expect(others).toEqual([]);
    expect(flag).toMatchObject({ rule: "repeat", level: "step", index: 2, evidence: { words: "repeats step 1 · 1.00", similarity: 1 } });
    expect(context.text.slice(flag?.evidence.earlier?.start, flag?.evidence.earlier?.end)).toBe(long);
    expect(wordsAt(context.text, flag?.evidence.here)).toEqual([long.slice(0, -1)]);
    expect(wordsAt(context.text, flag?.evidence.there)).toEqual([long.slice(0, -1)]);
  });

  it("marks a near repeat with its similarity and says the threshold", () => {
    const near = "So the train covers 120 km in 2 hours, so its speed is 60 km per hour on the first leg of it.";
    const [flag] = repeat.find(
      contextOf({
        steps: [
          ["derive", long],
          ["derive", near],
        ],
      }),
    );
    expect(flag?.evidence.similarity).toBeGreaterThan(0.6);
    expect(flag?.evidence.similarity).toBeLessThan(1);
    expect(flag?.evidence.detail).toContain("threshold 0.60");
  });

  it("points to the earliest of several equal passages", () => {
    const flags = repeat.find(
      contextOf({
        steps: [
          ["derive", long],
          ["derive", between],
          ["derive", long],
          ["plan", "Another figure is needed first, the length of the shorter diagonal."],
          ["derive", long],
        ],
      }),
    );
    expect(flags.map((flag) => flag.evidence.words)).toEqual(["repeats step 1 · 1.00", "repeats step 1 · 1.00"]);
  });

  it("leaves the rounds of a loop to the mark of the loop", () => {
    expect(repeat.find(contextOf({ steps: Array.from({ length: 6 }, () => ["derive", long] as const) }))).toEqual([]);
  });

  it("leaves a bare cue alone however often it comes", () => {
    const cue = "Wait, let me see if it is so.";
    expect(
      repeat.find(
        contextOf({
          steps: [
            ["doubt", cue],
            ["derive", long],
            ["doubt", cue],
            ["doubt", "Wait."],
            ["doubt", "Wait."],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it("does not take the next case of an argument for a repeat", () => {
    const one = "For n = 3 we have f(3) = 2 * 3 + 1 = 7, which is prime, so n = 3 is one of the values we count.";
    const two = "For n = 5 we have f(5) = 2 * 5 + 1 = 11, which is prime, so n = 5 is one of the values we count.";
    expect(
      repeat.find(
        contextOf({
          steps: [
            ["derive", one],
            ["derive", two],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it("does not take other brackets for a repeat", () => {
    const one = "Putting the brackets like this gives 1 + (2 - 3) * 4 + 5 + 6 as the value.";
    const two = "Putting the brackets like this gives (1 + (2 - 3)) * (4 + 5) + 6 as the value.";
    expect(
      repeat.find(
        contextOf({
          steps: [
            ["derive", one],
            ["derive", two],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it("reads the same formula in other delimiters as the same", () => {
    const one = "Substituting gives \\(2x = 3y = -z\\) and therefore \\(x = \\frac{t}{2}\\) with \\(t\\) free.";
    const two = "Substituting gives $2x=3y=-z$ and therefore $x=\\dfrac{t}{2}$ with $t$ free.";
    expect(
      repeat.find(
        contextOf({
          steps: [
            ["derive", one],
            ["derive", two],
          ],
        }),
      ),
    ).toHaveLength(1);
  });

  it("marks a repeat in Chinese", () => {
    const chinese = "火车在两小时内行驶了120公里，所以第一段的速度是每小时60公里。";
    const [flag] = repeat.find(
      contextOf({
        steps: [
          ["derive", chinese],
          ["plan", "接下来看第二段。"],
          ["derive", chinese],
        ],
      }),
    );
    expect(flag?.index).toBe(2);
  });

  it("marks a unit that repeats an earlier unit, but not the closing conclusion", () => {
    const steps = [
      ["derive", long],
      ["derive", "The second leg takes 3 hours at 40 km per hour, which makes 120 km more."],
      ["derive", long],
      ["derive", "The second leg takes 3 hours at 40 km per hour, which makes 120 km more."],
      ["conclude", long],
    ] as const;
    const flags = repeat.find(
      contextOf({
        steps,
        candidates: [[4, "60"]],
        units: [
          ["solve", 2],
          ["verify", 2],
          ["conclude", 1],
        ],
      }),
    );
    expect(flags.filter((flag) => flag.level === "unit").map((flag) => flag.index)).toEqual([1]);
    expect(flags.filter((flag) => flag.level === "step").map((flag) => flag.index)).toEqual([2, 3]);
  });
});
