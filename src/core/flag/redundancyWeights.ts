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
  constant: -3.75,
  verifyFunction: 0.6,
  check: 2.3,
  again: 1.7,
  assure: 1.6,
  confirms: 1.25,
  reword: 1.2,
  lookBack: 0.8,
  detour: 1.2,
  noNewNumber: 0.4,
  noNewEquation: 0.4,
  noNumbers: 0.4,
  // Unseen words lead away from the solution as often as they lead on: seen words speak against redundancy.
  seenWords: -1,
  seenNumbers: 0.2,
  questionOverlap: -0.6,
  afterConclusion: 0.4,
  position: 0.6,
  first: -0.5,
  last: -1,
  repeats: 2,
  unusedLater: 1.2,
  restatesEquation: 1,
  short: 0.2,
};
