import type { Flag } from "../analysis";
import { premiseDoubtPer1k, premiseDoubts, premiseWeight } from "../measure/premiseDoubt";
import type { Span } from "../trace";
import { textOfWords } from "./context";
import type { FlagRule } from "./rule";

/** Repeated doubt that the question gives what is needed. One flag a trace, on the step with the first doubt. */
export const premise: FlagRule = {
  id: "premise",
  title: "Doubts a premise",
  description:
    "The reasoning says again and again that something is missing, unclear or mistaken in the question. Counted by phrases, shown at the first.",
  redundant: false,
  integrity: false,
  find: ({ text, phrases, words, stepWords, steps, thresholds, counter }) => {
    const doubts = premiseDoubts(phrases);
    const first = doubts[0];
    if (!first || doubts.length < thresholds.premiseDoubts || steps.length === 0) return [];
    const per1k = premiseDoubtPer1k(premiseWeight(phrases), counter.count(text));
    if (per1k < thresholds.premisePer1k) return [];
    let index = 0;
    while (index < steps.length - 1 && (stepWords[index + 1] ?? 0) <= first.start) index++;
    const step = steps[index];
    if (!step) return [];
    const end = stepWords[index + 1] ?? 0;
    const here: Span[] = doubts.filter((doubt) => doubt.start < end).map((doubt) => textOfWords(words, doubt));
    const flag: Flag = {
      rule: "premise",
      level: "step",
      index,
      start: step.start,
      end: step.end,
      evidence: {
        words: `doubts a premise ×${doubts.length}`,
        detail: `${doubts.length} phrases say that something is missing or wrong in the question, ${per1k.toFixed(1)} per 1,000 tokens, thresholds ${thresholds.premiseDoubts} and ${thresholds.premisePer1k}; the first stands here`,
        here,
        count: doubts.length,
      },
    };
    return [flag];
  },
};
