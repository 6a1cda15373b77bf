import { type Step, type StepFunction, stepFunctions, type Unit } from "../analysis";

/** Share of the tokens by step function, 0 to 1 each; all 0 for an empty text. */
export const functionShares = (steps: readonly Step[], tokens: number): Record<StepFunction, number> => {
  const shares: Record<StepFunction, number> = {
    setup: 0,
    plan: 0,
    recall: 0,
    derive: 0,
    verify: 0,
    doubt: 0,
    switch: 0,
    conclude: 0,
    "tool-call": 0,
    observation: 0,
  };
  for (const step of steps) shares[step.function] += step.tokens;
  for (const name of stepFunctions) shares[name] = tokens > 0 ? shares[name] / tokens : 0;
  return shares;
};

/** Share of the tokens that lie in a redundant step or a redundant unit, 0 to 1. */
export const redundantShare = (steps: readonly Step[], units: readonly Unit[], tokens: number): number => {
  if (tokens === 0) return 0;
  let redundant = 0;
  for (const step of steps) if (step.redundant || units[step.unit]?.redundant) redundant += step.tokens;
  return redundant / tokens;
};
