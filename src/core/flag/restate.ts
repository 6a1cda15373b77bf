import type { Flag } from "../analysis";
import type { Span } from "../trace";
import { IntSet } from "../words/intSet";
import { type FlagContext, wordsOfStep } from "./context";
import { percentOf } from "./phrasing";
import type { FlagRule } from "./rule";
import { sharedSpans } from "./shared";
import { type Words, wordKinds } from "./words";

const gramWords = 3;

const gramAt = ({ ids }: Words, at: number): number => {
  let hash = 0;
  for (let k = 0; k < gramWords; k++) hash = Math.imul(hash, 0x01000193) + ids[at + k]! + 1;
  return hash | 0;
};

/** The question's shingles while its trace is looked at. */
const question = new IntSet();

/** Share of a passage's 3-word shingles that stand in the question, `least` to 1; 0 where it is below `least`. */
const shareInQuestion = (words: Words, range: Span, least: number): number => {
  const all = range.end - range.start - gramWords + 1;
  if (all <= 0) return 0;
  let unknown = 0;
  for (let at = range.start; at + gramWords <= range.end; at++) {
    if (question.find(gramAt(words, at)) >= 0) continue;
    unknown++;
    // Most passages have little of the question, which soon shows.
    if ((all - unknown) / all < least) return 0;
  }
  return (all - unknown) / all;
};

/** Index after the last step of the opening set-up: before it, reading the question is what the trace has to do. */
const endOfSetup = (context: FlagContext): number => {
  const first = context.steps.findIndex((step) => step.function !== "setup" && step.function !== "plan" && step.function !== "doubt");
  return first < 0 ? context.steps.length : first;
};

/** True when every number of the passage stands in the question: a restatement brings none of its own. */
const bringsNoNumber = ({ words, questionWords }: FlagContext, range: Span): boolean => {
  const asked = new Set(questionWords.ids.subarray(0, questionWords.count));
  for (let at = range.start; at < range.end; at++) {
    if (words.kinds[at] === wordKinds.number && !asked.has(words.ids[at] ?? 0)) return false;
  }
  return true;
};

/** A step that concludes answers the question in its own words: that is no restatement, unless it is a near-verbatim copy with no word of conclusion. */
const concludes = (context: FlagContext, index: number, copies: boolean): boolean => {
  const step = context.steps[index];
  return (
    step === undefined ||
    (step.function === "conclude" && !copies) ||
    step.cues.includes("conclude") ||
    step.cues.includes("answer") ||
    index === context.steps.length - 1
  );
};

/** Functions of steps that go back to the question; any other step has to copy it to count. */
const looksBack: ReadonlySet<string> = new Set(["setup", "doubt", "recall", "switch", "verify"]);

/** True when the step or one before it in its paragraph goes back to the question: "Let me read it once more: …" may be cut from what is read. */
const goesBack = ({ steps }: FlagContext, index: number): boolean => {
  for (let i = index; i >= 0; i--) {
    const step = steps[i]!;
    if (looksBack.has(step.function)) return true;
    if (step.paragraphStart) return false;
  }
  return false;
};

const thresholdFor = (context: FlagContext, index: number, setup: number): number => {
  const { restateFirst, restateOverlap } = context.thresholds;
  return index >= setup && goesBack(context, index) ? restateOverlap : restateFirst;
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
    question.reset(questionWords.count);
    for (let at = 0; at + gramWords <= questionWords.count; at++) question.add(gramAt(questionWords, at));
    const answered = new Set(context.candidates.map((candidate) => candidate.step));
    const whole = { start: 0, end: questionWords.count };
    const setup = endOfSetup(context);
    const flags: Flag[] = [];
    steps.forEach((step, index) => {
      const range = wordsOfStep(context, index);
      if (range.end - range.start < thresholds.restateWords || context.looped[index] === 1 || step.function === "observation") return;
      const threshold = thresholdFor(context, index, setup);
      const share = shareInQuestion(words, range, threshold);
      if (
        share < threshold ||
        answered.has(index) ||
        concludes(context, index, share >= thresholds.restateFirst) ||
        !bringsNoNumber(context, range)
      )
        return;
      const shared = sharedSpans(words, range, questionWords, whole);
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
          here: shared.here,
          there: shared.there,
        },
      });
    });
    return flags;
  },
};
