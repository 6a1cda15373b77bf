import { describe, expect, it } from "vitest";
import { reverify } from "../../../src/core/flag/reverify";
import { contextOf, wordsAt } from "./make";

const solve = "The dot product is (3)(2) + (2)(-12) + (-6)(-3) = 6 - 24 + 18 = 0, so the lines meet at 90 degrees.";
const check = "Let me check again: (3)(2) + (2)(-12) + (-6)(-3) = 6 - 24 + 18 = 0. Yes, 90 degrees.";

describe("reverify", () => {
  it("marks a check that works out an earlier result again and names step and result", () => {
    const context = contextOf({
      steps: [
        ["recall", "Use the dot product."],
        ["derive", solve],
        ["verify", check, "verify"],
      ],
    });
    const [flag] = reverify.find(context);
    expect(flag).toMatchObject({
      level: "step",
      index: 2,
      evidence: { words: "re-verifies step 2 · same result 0", answer: "0", earlier: { level: "step", index: 1 } },
    });
    expect(wordsAt(context.text, flag?.evidence.here).join(" ")).toContain("6 - 24 + 18 = 0");
    expect(wordsAt(context.text, flag?.evidence.there).join(" ")).toContain("6 - 24 + 18 = 0");
  });

  it("takes going over a calculation for part of solving until an answer has been stated", () => {
    const steps = [
      ["recall", "Use the dot product."],
      ["derive", solve],
      ["verify", check, "verify"],
      ["verify", check, "verify"],
    ] as const;
    const stepsMarked = (units: readonly (readonly ["solve" | "verify", number, string?])[]) =>
      reverify.find(contextOf({ steps, units })).flatMap(({ level, index }) => (level === "step" ? [index] : []));
    expect(stepsMarked([["solve", 4, "90"]])).toEqual([]);
    expect(
      stepsMarked([
        ["solve", 3, "90"],
        ["verify", 1, "90"],
      ]),
    ).toEqual([3]);
  });

  it("marks the step in which another approach says that it came to the known answer, and not one that came to another", () => {
    const steps = [
      ["derive", solve],
      ["switch", "Alternatively, take the lengths.", "switch"],
      ["derive", "7 · 14 · cos = 0, that is 90."],
      ["verify", "Same result, good.", "affirm"],
    ] as const;
    const flagsWith = (answer: string) =>
      reverify.find(
        contextOf({
          steps,
          units: [
            ["solve", 1, "90"],
            ["alternative", 3, answer],
          ],
        }),
      );
    expect(flagsWith("90")).toMatchObject([{ level: "step", index: 3, evidence: { words: "confirms unit 1 · same answer 90" } }]);
    expect(flagsWith("45")).toEqual([]);
  });

  it("marks a unit that checks and comes to the answer an earlier unit gave first", () => {
    const flags = reverify.find(
      contextOf({
        steps: [
          ["derive", solve],
          ["verify", "Let me check it another time, carefully. Fine.", "verify"],
          ["conclude", "So 90 degrees."],
        ],
        units: [
          ["solve", 1, "90°"],
          ["verify", 1, "90°"],
          ["conclude", 1, "90°"],
        ],
      }),
    );
    expect(flags).toMatchObject([
      { level: "unit", index: 1, evidence: { words: "re-verifies unit 1 · same answer 90°", earlier: { level: "unit", index: 0 } } },
    ]);
  });

  it("never marks a check that changes the answer", () => {
    const flags = reverify.find(
      contextOf({
        steps: [
          ["derive", solve],
          ["verify", check, "verify"],
        ],
        units: [
          ["solve", 1, "90"],
          ["verify", 1, "60"],
        ],
      }),
    );
    expect(flags).toEqual([]);
  });

  it("needs a check: the same result without one is not re-verification", () => {
    expect(
      reverify.find(
        contextOf({
          steps: [
            ["derive", solve],
            ["derive", solve],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it("does not take a new calculation for a check of an old one", () => {
    const other = "Let me check the lengths: 3 * 3 + 2 * 2 + 6 * 6 = 49 and 2 * 2 + 12 * 12 + 3 * 3 = 157.";
    expect(
      reverify.find(
        contextOf({
          steps: [
            ["derive", solve],
            ["verify", other, "verify"],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it("does not mark a check that finds an error", () => {
    expect(
      reverify.find(
        contextOf({
          steps: [
            ["derive", solve],
            ["verify", check, "verify", "error"],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it("does not take one formula that a check starts from for its result", () => {
    const steps = [
      ["derive", "So the condition is 8K = 7N + 53 with whole K."],
      ["verify", "Let me check which N fit 8K = 7N + 53 at all.", "verify"],
    ] as const;
    expect(reverify.find(contextOf({ steps }))).toEqual([]);
  });

  it("knows a calculation by its numbers when it is written differently", () => {
    const steps = [
      ["derive", "The total is 24 × 50 = 1200 in all."],
      ["verify", "Let me verify: 50 \\cdot 24 = 1200. Good.", "verify"],
    ] as const;
    expect(reverify.find(contextOf({ steps }))).toHaveLength(1);
  });
});
