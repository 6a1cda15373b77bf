import type { Flag } from "../analysis";
import { wordsOfStep } from "./context";
import type { FlagRule } from "./rule";
import { wordKinds } from "./words";

/** Words shorter than this are grammar or names that every step has. */
const termLength = 4;

/** Steps that bring nothing the text does not have already. Weak, so off by default. */
export const noProgress: FlagRule = {
  id: "no-progress",
  title: "Brings nothing new",
  description: "No number, equation or term of the step is new to the text, so nothing later can use one. A weak sign: off by default.",
  redundant: false,
  integrity: false,
  find: ({ words, questionWords, vocabulary, steps, stepWords, equations, thresholds, looped }) => {
    const flags: Flag[] = [];
    const seen = new Uint8Array(vocabulary.length);
    for (let at = 0; at < questionWords.count; at++) seen[questionWords.ids[at] ?? 0] = 1;
    steps.forEach((step, index) => {
      const { start, end } = wordsOfStep({ stepWords }, index);
      let fresh = 0;
      for (let at = start; at < end; at++) {
        const id = words.ids[at] ?? 0;
        const isTerm = words.kinds[at] !== wordKinds.word || (words.ends[at] ?? 0) - (words.starts[at] ?? 0) >= termLength;
        if (isTerm && seen[id] === 0) fresh++;
        seen[id] = 1;
      }
      for (let i = equations.firstOfStep[index] ?? 0; i < (equations.firstOfStep[index + 1] ?? 0); i++) {
        if (equations.firstSame[i] === i) fresh++;
      }
      if (fresh > 0 || end - start < thresholds.repeatWords || looped[index] === 1 || step.function === "observation") return;
      flags.push({
        rule: "no-progress",
        level: "step",
        index,
        start: step.start,
        end: step.end,
        evidence: {
          words: "brings nothing new",
          detail: `all ${end - start} words, numbers and equations stand earlier in the text or in the question`,
        },
      });
    });
    return flags;
  },
};
