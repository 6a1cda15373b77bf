import { describe, expect, it } from "vitest";
import { redundancyRules, ruleIds } from "../../../src/core/analysis";
import { answerMismatch, emptyThink, multipleFinal, truncated, unclosedThink } from "../../../src/core/flag/integrity";
import { languageMixing } from "../../../src/core/flag/languageMixing";
import { noProgress } from "../../../src/core/flag/noProgress";
import { premise } from "../../../src/core/flag/premise";
import { flagRules } from "../../../src/core/flag/rules";
import { switchEarly } from "../../../src/core/flag/switchEarly";
import { thresholdsWith, thresholdTable } from "../../../src/core/flag/thresholds";
import { contextOf, wordsAt } from "./make";

describe("the table of rules", () => {
  it("has every rule once and agrees with the contract on which are redundant", () => {
    expect(flagRules.map((rule) => rule.id)).toEqual([...ruleIds]);
    expect(flagRules.filter((rule) => rule.redundant).map((rule) => rule.id)).toEqual([...redundancyRules]);
  });

  it("finds nothing in an empty trace but its emptiness", () => {
    const context = contextOf({ steps: [], units: [], trace: { thinking: "empty" } });
    expect(flagRules.flatMap((rule) => rule.find(context)).map((flag) => [flag.rule, flag.index, flag.start, flag.end])).toEqual([
      ["empty-think", 0, 0, 0],
    ]);
  });
});

describe("thresholds", () => {
  it("takes changes, keeps defaults for the rest and for what is no number", () => {
    expect(thresholdsWith({ repeatOverlap: 0.8, repeatCosine: Number.NaN })).toMatchObject({
      repeatOverlap: 0.8,
      repeatCosine: thresholdTable.repeatCosine.value,
    });
  });
});

describe("premise", () => {
  const doubt =
    "The problem doesn't say how long the road is. Without knowing the speed it can't be determined; maybe the original question had a typo.";

  it("marks the first of repeated doubts about the question", () => {
    const context = contextOf({
      steps: [
        ["derive", "The road is in two parts."],
        ["doubt", doubt],
      ],
    });
    const [flag] = premise.find(context);
    expect(flag).toMatchObject({ rule: "premise", index: 1 });
    expect(wordsAt(context.text, flag?.evidence.here)).toEqual([
      "problem doesn't say",
      "Without knowing",
      "can't be determined",
      "maybe the original question",
      "had a typo",
    ]);
  });

  it("leaves a single doubt and plain uncertainty alone", () => {
    const steps = [
      ["doubt", "Hmm, wait, maybe I am not sure about this."],
      ["doubt", "It is not given, but it follows."],
    ] as const;
    expect(premise.find(contextOf({ steps }))).toEqual([]);
  });
});

describe("switch-early", () => {
  const step = ["switch", "Alternatively, let me try something else."] as const;

  it("marks several approaches in a row left without an answer, on the first", () => {
    const flags = switchEarly.find(
      contextOf({
        steps: [step, step, step, step],
        units: [
          ["solve", 1],
          ["alternative", 1],
          ["alternative", 1],
          ["alternative", 1, "7"],
        ],
      }),
    );
    expect(flags).toMatchObject([
      { level: "unit", index: 0, evidence: { words: "leaves 3 approaches without an answer · units 1–3", count: 3 } },
    ]);
  });

  it("leaves a single switch alone, and approaches that gave an answer", () => {
    expect(
      switchEarly.find(
        contextOf({
          steps: [step, step, step],
          units: [
            ["solve", 1],
            ["alternative", 1, "7"],
            ["alternative", 1, "7"],
          ],
        }),
      ),
    ).toEqual([]);
  });
});

describe("no-progress", () => {
  it("marks a step without a new number, term or equation", () => {
    const steps = [
      ["derive", "The speed equals distance over time, so 120 / 2 = 60."],
      ["derive", "So distance over time, 120 / 2 = 60, equals the speed."],
      ["derive", "Next, the second leg takes 3 hours."],
    ] as const;
    expect(noProgress.find(contextOf({ steps })).map((flag) => flag.index)).toEqual([1]);
  });
});

describe("integrity", () => {
  const steps = [
    ["derive", "We get 5 from the first equation."],
    ["conclude", "So the answer is 5."],
  ] as const;

  it("says that the thinking was never closed, on the last step", () => {
    expect(unclosedThink.find(contextOf({ steps, trace: { thinking: "unclosed", opening: "<think>" } }))).toMatchObject([
      { index: 1, evidence: { detail: "<think> has no closing tag before the end of the text" } },
    ]);
    expect(unclosedThink.find(contextOf({ steps, trace: { thinking: "closed" } }))).toEqual([]);
  });

  it("says that generation was cut off, in the record's words where there are any", () => {
    expect(truncated.find(contextOf({ steps, trace: { cutOff: true } }))).toHaveLength(1);
    expect(
      truncated.find(contextOf({ steps, trace: { notices: [{ kind: "truncated", message: "stopped after 4096 tokens" }] } }))[0]?.evidence
        .detail,
    ).toBe("stopped after 4096 tokens");
    expect(truncated.find(contextOf({ steps }))).toEqual([]);
  });

  it("says that thinking is empty", () => {
    expect(emptyThink.find(contextOf({ steps, trace: { thinking: "empty" } }))).toEqual([]);
  });

  it("tells a final answer that is not the reasoning's last one, and points at the latter", () => {
    const context = contextOf({ steps, candidates: [[1, "5"]], finalAnswer: "7", finalAnswerFrom: "response" });
    const [flag] = answerMismatch.find(context);
    expect(flag).toMatchObject({ index: 1, evidence: { words: "ends in 5 · final answer 7" } });
    expect(wordsAt(context.text, flag?.evidence.here)).toEqual(["5"]);
    expect(answerMismatch.find(contextOf({ steps, candidates: [[1, "5"]], finalAnswer: "5", finalAnswerFrom: "response" }))).toEqual([]);
    expect(answerMismatch.find(contextOf({ steps, candidates: [[1, "5"]], finalAnswer: "5", finalAnswerFrom: "reasoning" }))).toEqual([]);
  });

  it("tells boxed answers that differ", () => {
    const boxed = [
      ["conclude", "First \\boxed{5}."],
      ["conclude", "Then \\boxed{6}."],
    ] as const;
    expect(
      multipleFinal.find(
        contextOf({
          steps: boxed,
          candidates: [
            [0, "5", "boxed"],
            [1, "6", "boxed"],
          ],
        }),
      ),
    ).toMatchObject([{ index: 1, evidence: { words: "boxes 6 · boxed 5 in step 1" } }]);
    expect(
      multipleFinal.find(
        contextOf({
          steps: boxed,
          candidates: [
            [0, "5", "boxed"],
            [1, "5", "boxed"],
          ],
        }),
      ),
    ).toEqual([]);
  });
});

describe("language-mixing", () => {
  const english = "So the area of the triangle is half of the product of base and height, and that is what we need for this part.";

  it("marks a run of Chinese in English prose and points at it", () => {
    const context = contextOf({
      steps: [
        ["derive", english],
        ["derive", "And so 我们需要先计算面积 before the rest of it."],
      ],
    });
    const flags = languageMixing.find(context);
    expect(flags.map((flag) => flag.index)).toEqual([1]);
    expect(wordsAt(context.text, flags[0]?.evidence.here)).toEqual(["我们需要先计算面积"]);
  });

  it("leaves maths, code and quotes alone", () => {
    const steps = [
      ["derive", english],
      ["derive", "The label is $\\text{面积总和公式}$ and the word “面积总和公式” is printed by `打印面积总和`."],
    ] as const;
    expect(languageMixing.find(contextOf({ steps }))).toEqual([]);
  });

  it("leaves formulas and names in Chinese prose alone, but marks an English sentence", () => {
    const chinese = "设三角形ABC的面积为S，根据余弦定理 cos A = (b^2 + c^2 - a^2) / (2bc)，可以求出角A的大小，然后再计算面积。";
    expect(languageMixing.find(contextOf({ steps: [["derive", chinese]] }))).toEqual([]);
    const mixed = contextOf({
      steps: [
        ["derive", chinese],
        ["derive", chinese],
        ["derive", "所以 we can now compute the area of the whole triangle 就可以了。"],
      ],
    });
    expect(languageMixing.find(mixed).map((flag) => flag.index)).toEqual([2]);
  });
});
