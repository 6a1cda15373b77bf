import { describe, expect, it } from "vitest";
import { cueClasses, cueTable } from "../../../src/core/segment/cueData";
import { matchCues } from "../../../src/core/segment/cues";
import { splitSentences } from "../../../src/core/segment/sentences";
import { type ProtoStep, splitSteps } from "../../../src/core/segment/steps";
import type { Trace } from "../../../src/core/trace";
import { expandPhrase } from "../../../src/core/words/phraseGraph";
import { traceOf } from "./traceOf";

const stepsOf = (trace: Trace): ProtoStep[] => splitSteps(trace, splitSentences(trace.text));
const outline = (text: string): string[] =>
  stepsOf(traceOf(text)).map((step) => `${step.function}: ${text.slice(step.start, step.end).trim()}`);

describe("cues", () => {
  it.each([
    ["Wait, let me double-check that.", ["wait", "verify"]],
    ["Okay, so alternatively we could integrate.", ["switch"]],
    ["Therefore, the answer is 4.", ["conclude", "answer"]],
    ["等一下，我算错了。", ["wait", "error"]],
    ["验算一下。", ["verify"]],
  ])("%j opens with %j", (sentence, expected) => {
    expect(matchCues(sentence)).toEqual(expect.arrayContaining(expected));
  });

  it("matches whole words only, in any case, with curly apostrophes", () => {
    expect(matchCues("Waiting rooms are full.")).not.toContain("wait");
    expect(matchCues("THAT’S WRONG.")).toContain("error");
  });
});

describe("steps", () => {
  it("divides a paragraph where its function changes", () => {
    const steps = outline(
      "Adding both sides gives 3x = 12, so x = 4. Wait, that's wrong, I made a mistake with the sign. So 3x = 6 and x = 2.",
    );
    expect(steps.length).toBeGreaterThanOrEqual(2);
    expect(steps[1]).toMatch(/^switch: Wait/);
  });

  it("starts a step where the question is read again, also amid a check", () => {
    const steps = outline(
      "First, 4 times 6 is 24 and 24 minus 4 is 20. So the answer is 20.\n\nLet me check this: 20 plus 4 is 24, and 24 over 6 is 4, which fits. Let me read the question once more: a box holds 4 rows of 6 eggs and 4 break.\n\nSo the answer is 20.",
    );
    expect(steps.some((step) => /^\w+: Let me read the question once more/.test(step))).toBe(true);
  });

  it("concludes in a last sentence that states the final number again after a check", () => {
    expect(outline("17 plus 25 makes 42.\n\nWait, let me check: 42 minus 25 is 17, which fits. So 42.").at(-1)).toBe("conclude: So 42.");
  });

  it("starts a check in the sentence where checking begins", () => {
    const steps = outline("So the sum is 75.\n\nLet me verify this. 23 + 25 + 27 = 75. Yes, that matches.");
    expect(steps[1]).toMatch(/^verify: Let me verify/);
  });

  it("takes an objection that asks nothing and turns nowhere as the argument going on", () => {
    const steps = outline(
      "The graph repeats every 4 units. So c is a multiple of 4. But since c is below 10, it is 4 or 8. Taking 4 gives the smaller one.",
    );
    expect(steps.some((step) => /^(?:doubt|verify|switch): But since/.test(step))).toBe(false);
    expect(
      outline("So c is 4. But is c really positive? Hmm, I am not sure.").some((step) => /^(?:doubt|verify): But is c/.test(step)),
    ).toBe(true);
  });

  it("takes a sum amid sums as part of the work, not as a check", () => {
    const steps = outline(
      "Adding the divisors one by one gives: 1 + 2 = 3, 3 + 4 = 7. Then 7 + 5 = 12. 12 + 10 = 22. 22 + 11 = 33. 33 + 20 = 53.",
    );
    expect(steps.every((step) => !step.startsWith("verify"))).toBe(true);
  });

  it("keeps a formula with the sentence that introduces it", () => {
    const steps = outline("We compute the product:\n\n$$6 \\cdot 7 = 42$$\n\nHence 42.");
    expect(steps[0]).toContain("$$6");
  });

  it("keeps a lone turn with what follows", () => {
    const steps = outline("Hmm. Wait. Is the 7 prime here?");
    expect(steps).toHaveLength(1);
  });

  it("reads Chinese", () => {
    const steps = outline("所以答案是20。\n\n等等，不对，我算错了。\n\n验算一下：4×30=120，没问题。");
    expect(steps.map((step) => step.slice(0, step.indexOf(":")))).toEqual(["conclude", "switch", "verify"]);
  });

  it("makes tool calls and observations steps of their own", () => {
    const texts = ["I will look.", "ls -l. Now", "a.txt. b.txt", "Found it."];
    const names = ["reasoning", "tool-call", "observation", "reasoning"] as const;
    let at = 0;
    const parts = texts.map((text, i) => {
      const start = at;
      at += text.length;
      return { start, end: at, kind: names[i] ?? "reasoning", path: ["x", i], fieldStart: 0, glue: 0 };
    });
    const steps = stepsOf(traceOf(texts.join(""), { parts }));
    expect(steps.map((step) => step.start)).toEqual(parts.map((part) => part.start));
    expect(steps.slice(1, 3).map((step) => step.function)).toEqual(["tool-call", "observation"]);
  });

  it("keeps given steps and reads their labels", () => {
    const text = "First we look. Then we check.";
    const steps = stepsOf(
      traceOf(text, {
        givenSteps: [
          { start: 0, end: 10, label: "self_checking" },
          { start: 10, end: text.length, label: "odd" },
        ],
      }),
    );
    expect(steps.map(({ start, end }) => [start, end])).toEqual([
      [0, 10],
      [10, text.length],
    ]);
    expect(steps[0]).toMatchObject({ function: "verify", confidence: 1, paragraphStart: true });
    expect(steps[1]?.paragraphStart).toBe(false);
  });

  it("gives a confidence between 0 and 1", () => {
    for (const step of stepsOf(traceOf("Let x = 3. Then 2x = 6. Hmm, maybe. So the answer is 6."))) {
      expect(step.confidence).toBeGreaterThan(0);
      expect(step.confidence).toBeLessThanOrEqual(1);
    }
  });

  it("has none for an empty text", () => {
    expect(stepsOf(traceOf(""))).toEqual([]);
  });
});

describe("the table of cue phrases", () => {
  it("holds plain words once its groups are expanded", () => {
    const literals = cueClasses.flatMap((cue) => cueTable[cue].en.flatMap(expandPhrase));
    expect(
      literals.filter(
        (literal) =>
          !/^[a-z'\\][a-z ',-]*$/.test(literal) || literal.includes("  ") || literal !== literal.trim() || literal.includes(" '"),
      ),
    ).toEqual([]);
  });

  it("holds Chinese in its Chinese lists", () => {
    const phrases = cueClasses.flatMap((cue) => cueTable[cue].zh);
    expect(phrases.filter((phrase) => !/^[一-鿿，？]+$/.test(phrase))).toEqual([]);
  });
});
