/** Features of a step that speak for or against its being redundant; each 0 to 1. */
export const redundancyFeatures = [
  "verifyCue",
  "rewordCue",
  "noNewNumber",
  "noNewEquation",
  "seenWords",
  "seenNumbers",
  "questionOverlap",
  "afterConclusion",
  "position",
  "repeats",
  "unusedLater",
  "restatesEquation",
  "short",
  "concludes",
] as const;
export type RedundancyFeature = (typeof redundancyFeatures)[number];

/** Weight of each feature and the constant, on the logit scale. */
export const redundancyWeights: Readonly<Record<RedundancyFeature, number>> & { readonly constant: number } = {
  constant: -3.2,
  verifyCue: 1.6,
  rewordCue: 1.8,
  noNewNumber: 0.3,
  noNewEquation: 0.3,
  seenWords: 0.8,
  seenNumbers: 0.4,
  questionOverlap: -0.6,
  afterConclusion: 0.4,
  position: 0.3,
  repeats: 2,
  unusedLater: 0.5,
  restatesEquation: 1,
  short: 0,
  concludes: -0.6,
};
