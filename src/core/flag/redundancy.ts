import { type FlagContext, wordsOfStep } from "./context";
import { type RedundancyFeature, redundancyFeatures, redundancyWeights } from "./redundancyWeights";
import { wordKinds } from "./words";

/** The features of every step, step after step, in the order of {@link redundancyFeatures}. */
export type FeatureRows = Float64Array;

const column = new Map<RedundancyFeature, number>(redundancyFeatures.map((name, index) => [name, index]));

const fill = (rows: FeatureRows, step: number, feature: RedundancyFeature, value: number): void => {
  rows[step * redundancyFeatures.length + (column.get(feature) ?? 0)] = value;
};

/** Words long enough to be terms; shorter ones are grammar. */
const termLength = 4;

/** Code units at which a step counts as long. */
const longStep = 240;

/** Shares of seen words and numbers, overlap with the question, and how much of what a step introduces comes again later. */
const fillNovelty = (context: FlagContext, rows: FeatureRows): void => {
  const { words, questionWords, steps, vocabulary } = context;
  const inQuestion = new Uint8Array(vocabulary.length);
  for (let at = 0; at < questionWords.count; at++) inQuestion[questionWords.ids[at] ?? 0] = 1;
  const lastStep = new Int32Array(vocabulary.length).fill(-1);
  for (let step = 0; step < steps.length; step++) {
    const { start, end } = wordsOfStep(context, step);
    for (let at = start; at < end; at++) lastStep[words.ids[at] ?? 0] = step;
  }
  const seen = inQuestion.slice();
  steps.forEach((_, step) => {
    const { start, end } = wordsOfStep(context, step);
    const count = { terms: 0, known: 0, numbers: 0, knownNumbers: 0, asked: 0, introduced: 0, used: 0 };
    for (let at = start; at < end; at++) {
      const id = words.ids[at] ?? 0;
      const kind = words.kinds[at];
      const isNumber = kind === wordKinds.number;
      if (kind === wordKinds.operator || (kind === wordKinds.word && (words.ends[at] ?? 0) - (words.starts[at] ?? 0) < termLength))
        continue;
      count.terms++;
      if (isNumber) count.numbers++;
      if (inQuestion[id] === 1) count.asked++;
      if (seen[id] === 1) {
        count.known++;
        if (isNumber) count.knownNumbers++;
        continue;
      }
      seen[id] = 1;
      count.introduced++;
      if ((lastStep[id] ?? 0) > step) count.used++;
    }
    fill(rows, step, "noNumbers", count.numbers === 0 ? 1 : 0);
    fill(rows, step, "seenWords", count.terms === 0 ? 1 : count.known / count.terms);
    fill(rows, step, "seenNumbers", count.numbers === 0 ? 0 : count.knownNumbers / count.numbers);
    fill(rows, step, "noNewNumber", count.numbers === count.knownNumbers ? 1 : 0);
    fill(rows, step, "questionOverlap", count.terms === 0 ? 0 : count.asked / count.terms);
    fill(rows, step, "unusedLater", count.introduced === 0 ? 1 : 1 - count.used / count.introduced);
  });
};

const fillEquations = ({ equations, steps }: FlagContext, rows: FeatureRows): void => {
  const stated = new Set<number>();
  steps.forEach((_, step) => {
    const from = equations.firstOfStep[step] ?? 0;
    const to = equations.firstOfStep[step + 1] ?? 0;
    let known = 0;
    for (let i = from; i < to; i++) {
      const key = equations.keys[i] ?? 0;
      if (stated.has(key)) known++;
      stated.add(key);
    }
    fill(rows, step, "noNewEquation", known === to - from ? 1 : 0);
    fill(rows, step, "restatesEquation", to > from ? known / (to - from) : 0);
  });
};

const fillCues = (context: FlagContext, rows: FeatureRows): void => {
  const { steps, phrases, stepWords } = context;
  let step = 0;
  for (const { cls, first } of phrases) {
    while (step < steps.length - 1 && (stepWords[step + 1] ?? 0) <= first) step++;
    if (cls !== "premise" && cls !== "premiseHint") fill(rows, step, cls, 1);
  }
  steps.forEach((one, index) => {
    fill(rows, index, "verifyFunction", one.function === "verify" ? 1 : 0);
    fill(rows, index, "repeats", context.stepMatches[index]?.overlap ?? 0);
    fill(rows, index, "first", index === 0 ? 1 : 0);
    fill(rows, index, "last", index === steps.length - 1 ? 1 : 0);
    fill(rows, index, "afterConclusion", index > 0 && steps[index - 1]?.function === "conclude" ? 1 : 0);
    fill(rows, index, "position", steps.length > 1 ? index / (steps.length - 1) : 0);
    fill(rows, index, "short", 1 - Math.min(1, (one.end - one.start) / longStep));
  });
};

/** The features of every step. Linear in the text. */
export const redundancyRows = (context: FlagContext): FeatureRows => {
  const rows = new Float64Array(context.steps.length * redundancyFeatures.length);
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
  const width = redundancyFeatures.length;
  const weights = redundancyFeatures.map((name) => redundancyWeights[name]);
  return Float64Array.from(context.steps, (_, step) => {
    let sum = redundancyWeights.constant;
    for (let i = 0; i < width; i++) sum += (weights[i] ?? 0) * (rows[step * width + i] ?? 0);
    return 1 / (1 + Math.exp(-sum));
  });
};
