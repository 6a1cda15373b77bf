import type { Flag } from "../analysis";
import type { Span } from "../trace";
import { type FlagContext, wordsOfStep } from "./context";
import { percentOf } from "./phrasing";
import type { FlagRule } from "./rule";
import { sharedSpans } from "./shared";
import type { Words } from "./words";

const gramWords = 3;

const gramAt = (words: Words, at: number): number => {
  let hash = 0;
  for (let k = 0; k < gramWords; k++) hash = Math.imul(hash, 0x01000193) + (words.ids[at + k] ?? 0) + 1;
  return hash | 0;
};

/** Share of a passage's 3-word shingles that stand in the question, 0 to 1. */
const shareIn = (words: Words, range: Span, question: ReadonlySet<number>): number => {
  let known = 0;
  let all = 0;
  for (let at = range.start; at + gramWords <= range.end; at++) {
    all++;
    if (question.has(gramAt(words, at))) known++;
  }
  return all === 0 ? 0 : known / all;
};

/** Index after the last step of the opening set-up: before it, reading the question is what the trace has to do. */
const endOfSetup = (context: FlagContext): number => {
  const first = context.steps.findIndex((step) => step.function !== "setup" && step.function !== "plan" && step.function !== "doubt");
  return first < 0 ? context.steps.length : first;
};

/** Steps that say the question again. */
export const restate: FlagRule = {
  id: "restate",
  title: "Restates the problem",
  description:
    "A step says the question again: most of its 3-word shingles stand in the question. At the trace's start only a near-verbatim copy is marked, since the problem has to be read once.",
  redundant: true,
  integrity: false,
  find: (context) => {
    const { words, questionWords, steps, thresholds } = context;
    if (questionWords.count < thresholds.restateWords) return [];
    const question = new Set<number>();
    for (let at = 0; at + gramWords <= questionWords.count; at++) question.add(gramAt(questionWords, at));
    const whole = { start: 0, end: questionWords.count };
    const setup = endOfSetup(context);
    const flags: Flag[] = [];
    steps.forEach((step, index) => {
      const range = wordsOfStep(context, index);
      if (range.end - range.start < thresholds.restateWords || context.looped[index] === 1 || step.function === "observation") return;
      const share = shareIn(words, range, question);
      const threshold = index < setup ? thresholds.restateFirst : thresholds.restateOverlap;
      if (share < threshold) return;
      flags.push({
        rule: "restate",
        level: "step",
        index,
        start: step.start,
        end: step.end,
        evidence: {
          words: "restates the problem",
          detail: `${percentOf(share)} of its 3-word runs stand in the question, threshold ${threshold.toFixed(2)}`,
          similarity: share,
          ...sharedSpans(words, range, questionWords, whole),
        },
      });
    });
    return flags;
  },
};
