import type { Flag } from "../analysis";
import { type FlagContext, flagOn, textOfWords } from "./context";
import { type KnownGround, knownGroundClasses } from "./knownGround";
import type { PhraseMatch } from "./phrases";
import { redundancyScores } from "./redundancy";
import { redundantScore } from "./redundancyWeights";

const saysSo: ReadonlySet<string> = new Set<KnownGround>(knownGroundClasses);

/** The phrases of each step by which it says that it goes over known ground. */
const phrasesBySteps = ({ phrases, stepWords, steps }: FlagContext): Map<number, PhraseMatch[]> => {
  const bySteps = new Map<number, PhraseMatch[]>();
  let step = 0;
  for (const phrase of phrases) {
    while (step < steps.length - 1 && (stepWords[step + 1] ?? 0) <= phrase.first) step++;
    if (!saysSo.has(phrase.cls)) continue;
    const here = bySteps.get(step);
    if (here) here.push(phrase);
    else bySteps.set(step, [phrase]);
  }
  return bySteps;
};

/**
 * Flags on the steps that a record gives (a solution in steps) whose redundancy score says that they go over known ground, except those in `marked`.
 * Every flag shows the phrases it rests on; a step without one gets none. Traces without given steps get none: there, checks are told apart by
 * their results.
 */
export const knownGroundFlags = (context: FlagContext, marked: ReadonlySet<number>): Flag[] => {
  if (!context.trace.givenSteps || context.trace.givenSteps.length === 0) return [];
  const bySteps = phrasesBySteps(context);
  const flags: Flag[] = [];
  redundancyScores(context).forEach((score, index) => {
    const step = context.steps[index];
    const phrases = bySteps.get(index);
    if (!step || !phrases || score <= redundantScore || marked.has(index) || context.looped[index] === 1) return;
    const here = phrases.map(({ first, end }) => textOfWords(context.words, { start: first, end }));
    const said = [...new Set(here.map(({ start, end }) => `“${context.text.slice(start, end)}”`))].slice(0, 3).join(", ");
    flags.push(
      flagOn("reverify", "step", index, step, {
        words: `goes over known ground · ${score.toFixed(2)}`,
        detail: `says so itself (${said}); redundancy score ${score.toFixed(2)}, threshold ${redundantScore.toFixed(2)}`,
        here,
      }),
    );
  });
  return flags;
};
