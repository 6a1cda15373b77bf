import { describe, expect, it } from "vitest";
import { splitSentences } from "../../../src/core/segment/sentences";
import { splitSteps } from "../../../src/core/segment/steps";
import { traceOf } from "./traceOf";

const stepsOf = (text: string): [string, string][] =>
  splitSteps(traceOf(text), splitSentences(text)).map((step) => [step.function, text.slice(step.start, step.end).trim()]);

const checks = new Set(["verify", "doubt", "switch"]);

describe("starts of checks and turns", () => {
  it("start a step in the middle of a paragraph", () => {
    const steps = stepsOf(
      "We need the area. The sides are 4 and 6, so 4 * 6 = 24. So the area is 24. Wait, let me double-check the sides. They are 4 and 6.",
    );
    const check = steps.find(([, text]) => text.startsWith("Wait"));
    expect(checks.has(check?.[0] ?? "")).toBe(true);
  });

  it("start a sentence after a formula without a full stop", () => {
    const text = "The total is 3 * 9841 = 29523 Wait, that leaves out the first one.";
    expect(splitSentences(text).map((sentence) => text.slice(sentence.start, sentence.end).trim())).toEqual([
      "The total is 3 * 9841 = 29523",
      "Wait, that leaves out the first one.",
    ]);
  });

  it("leave a short result out of the check that follows it", () => {
    const steps = stepsOf("The total is 500 m. 500 / 25 = 20. So 20 m. Let me verify that with the times.");
    expect(steps.at(-1)).toEqual(["verify", "Let me verify that with the times."]);
  });

  it("take another approach for a switch, not for a plan", () => {
    const steps = stepsOf("So the answer is 8/15.\n\nAlternatively, I could use combinations. There are 45 pairs.");
    expect(steps[1]?.[0]).toBe("switch");
  });

  it("give layout markers no steps of their own", () => {
    const steps = stepsOf("【解析】\n根据题意，速度是20。\n<eoe>\n【答案】\n所以答案是20。\n<eoa>");
    expect(steps.some(([, text]) => /^(?:【[^】]*】|<eo[ea]>)$/.test(text))).toBe(false);
  });
});
