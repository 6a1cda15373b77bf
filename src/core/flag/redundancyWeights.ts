/** Features of a step that speak for or against its being redundant; each 0 to 1. */
export const redundancyFeatures = [
  "verifyFunction",
  "check",
  "again",
  "assure",
  "confirms",
  "reword",
  "lookBack",
  "detour",
  "noNewNumber",
  "noNewEquation",
  "noNumbers",
  "seenWords",
  "seenNumbers",
  "questionOverlap",
  "afterConclusion",
  "position",
  "first",
  "last",
  "repeats",
  "unusedLater",
  "restatesEquation",
  "short",
] as const;
export type RedundancyFeature = (typeof redundancyFeatures)[number];

/**
 * Weight of each feature and the constant, on the logit scale. Set by meaning, then moved toward a logistic regression on the redundant steps of
 * PRMBench (Apache-2.0), five-fold, and rounded; the weights of "nothing new" stay above what that set alone gives, because its inserted checks bring
 * numbers that people's own idle steps lack. The constant puts 0.5 where fewer than 2 % of the steps of clean solutions score higher.
 */
export const redundancyWeights: Readonly<Record<RedundancyFeature, number>> & { readonly constant: number } = {
  constant: -4.4,
  verifyFunction: 0.7,
  check: 3,
  again: 2.3,
  assure: 2.1,
  confirms: 1.6,
  reword: 1.2,
  lookBack: 0.8,
  detour: 1.6,
  noNewNumber: 0.4,
  noNewEquation: 0.4,
  noNumbers: 0.4,
  // Unseen words lead away from the solution as often as they lead on: seen words speak against redundancy.
  seenWords: -1.4,
  seenNumbers: 0.2,
  questionOverlap: -0.6,
  afterConclusion: 0.4,
  position: 0.6,
  first: -0.5,
  last: -1.4,
  repeats: 2,
  unusedLater: 1.2,
  restatesEquation: 1,
  short: 0.2,
};

/** Score above which a step that the record gives is marked. A step that a redundancy rule marks scores above it. */
export const redundantScore = 0.5;
