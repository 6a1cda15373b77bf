import { Fractions, Scratch } from "../scratch";
import type { FlagContext } from "./context";
import { type RedundancyFeature, redundancyFeatures, redundancyWeights } from "./redundancyWeights";

/** The features of every step, step after step, in the order of {@link redundancyFeatures}. */
export type FeatureRows = Float64Array;

const width = redundancyFeatures.length;

const weights = redundancyFeatures.map((name) => redundancyWeights[name]);

/** Place of each feature in a row. */
const column = Object.fromEntries(redundancyFeatures.map((name, index) => [name, index])) as Readonly<Record<RedundancyFeature, number>>;

const fill = (rows: FeatureRows, step: number, feature: number, value: number): void => {
  rows[step * width + feature] = value;
};

const memory = { rows: new Fractions(), known: new Scratch(), lastStep: new Scratch() };
const inQuestion = 1;
const inText = 2;

/** Code units at which a step counts as long. */
const longStep = 240;

/** Shares of seen words and numbers, overlap with the question, and how much of what a step introduces comes again later. */
const fillNovelty = (context: FlagContext, rows: FeatureRows): void => {
  const { questionWords, steps, vocabulary, stepWords, terms } = context;
  const { ids } = context.words;
  const known = memory.known.filled(vocabulary.length, 0);
  for (let at = 0; at < questionWords.count; at++) known[questionWords.ids[at]!] = inQuestion;
  const lastStep = memory.lastStep.take(vocabulary.length);
  for (let step = 0; step < steps.length; step++) {
    const end = stepWords[step + 1]!;
    for (let at = stepWords[step]!; at < end; at++) lastStep[ids[at]!] = step;
  }
  for (let step = 0; step < steps.length; step++) {
    const first = terms.firstOfStep[step]!;
    const end = terms.firstOfStep[step + 1]!;
    const count = { known: 0, numbers: 0, knownNumbers: 0, asked: 0, introduced: 0, used: 0 };
    for (let term = first; term < end; term++) {
      const id = terms.ids[term]!;
      const number = terms.numbers[term]!;
      const place = known[id]!;
      count.numbers += number;
      if (place !== 0) {
        if (place === inQuestion) count.asked++;
        count.known++;
        count.knownNumbers += number;
        continue;
      }
      known[id] = inText;
      count.introduced++;
      if (lastStep[id]! > step) count.used++;
    }
    const all = end - first;
    fill(rows, step, column.noNumbers, count.numbers === 0 ? 1 : 0);
    fill(rows, step, column.seenWords, all === 0 ? 1 : count.known / all);
    fill(rows, step, column.seenNumbers, count.numbers === 0 ? 0 : count.knownNumbers / count.numbers);
    fill(rows, step, column.noNewNumber, count.numbers === count.knownNumbers ? 1 : 0);
    fill(rows, step, column.questionOverlap, all === 0 ? 0 : count.asked / all);
    fill(rows, step, column.unusedLater, count.introduced === 0 ? 1 : 1 - count.used / count.introduced);
  }
};

const fillEquations = ({ equations, steps }: FlagContext, rows: FeatureRows): void => {
  steps.forEach((_, step) => {
    const from = equations.firstOfStep[step] ?? 0;
    const to = equations.firstOfStep[step + 1] ?? 0;
    let known = 0;
    for (let i = from; i < to; i++) {
      if (equations.firstSame[i] !== i) known++;
    }
    fill(rows, step, column.noNewEquation, known === to - from ? 1 : 0);
    fill(rows, step, column.restatesEquation, to > from ? known / (to - from) : 0);
  });
};

const fillCues = (context: FlagContext, rows: FeatureRows): void => {
  const { steps, phrases, stepWords } = context;
  let step = 0;
  for (const { cls, first } of phrases) {
    while (step < steps.length - 1 && (stepWords[step + 1] ?? 0) <= first) step++;
    if (cls !== "premise" && cls !== "premiseHint") fill(rows, step, column[cls], 1);
  }
  steps.forEach((one, index) => {
    fill(rows, index, column.verifyFunction, one.function === "verify" ? 1 : 0);
    fill(rows, index, column.repeats, context.stepMatches[index]?.overlap ?? 0);
    fill(rows, index, column.first, index === 0 ? 1 : 0);
    fill(rows, index, column.last, index === steps.length - 1 ? 1 : 0);
    fill(rows, index, column.afterConclusion, index > 0 && steps[index - 1]?.function === "conclude" ? 1 : 0);
    fill(rows, index, column.position, steps.length > 1 ? index / (steps.length - 1) : 0);
    fill(rows, index, column.short, 1 - Math.min(1, (one.end - one.start) / longStep));
  });
};

/** The features of every step, valid until the next call. Linear in the text. */
export const redundancyRows = (context: FlagContext): FeatureRows => {
  const rows = memory.rows.filled(context.steps.length * width, 0);
  fillNovelty(context, rows);
  fillEquations(context, rows);
  fillCues(context, rows);
  return rows;
};

/**
 * A score for ranking the steps of a trace by redundancy, 0 (needed) to 1, one a step: a linear score over {@link redundancyFeatures}, squeezed by the
 * logistic function. It ranks; it is not a probability. Of the steps that a record gives, those above `redundantScore` are marked.
 */
export const redundancyScores = (context: FlagContext): Float64Array => {
  const rows = redundancyRows(context);
  const scores = new Float64Array(context.steps.length);
  for (let step = 0; step < scores.length; step++) {
    let sum = redundancyWeights.constant;
    for (let i = 0; i < width; i++) sum += weights[i]! * rows[step * width + i]!;
    scores[step] = 1 / (1 + Math.exp(-sum));
  }
  return scores;
};
