import type { Candidate, Measures, Unit, Verdict } from "../analysis";

/** What the efficiency measures start from. `tokensBefore[i]` is the tokens before step i, its last entry the tokens of the whole text. */
export interface SolutionFacts {
  readonly units: readonly Unit[];
  readonly candidates: readonly Candidate[];
  readonly tokensBefore: readonly number[];
  readonly verdict: Verdict;
  readonly hasReference: boolean;
  /** Share of a unit's terms that no earlier unit has, 0 to 1. */
  readonly novelty: (unit: number) => number;
}

/** A unit that brings fewer new terms than this goes over ground already covered. */
const newApproach = 0.4;

const tokensAfterStep = (facts: SolutionFacts, step: number): number => facts.tokensBefore[step + 1] ?? 0;

const tokensAfterUnit = (facts: SolutionFacts, unit: number): number => facts.tokensBefore[facts.units[unit]?.endStep ?? 0] ?? 0;

/** Measures to which those are added that are found. */
export type Found = { -readonly [Name in keyof Measures]?: Measures[Name] };

const addFirstAnswer = (found: Found, facts: SolutionFacts, total: number): void => {
  const first = facts.candidates.find((candidate) => candidate.equalsFinal);
  if (!first) return;
  const tokens = tokensAfterStep(facts, first.step);
  found.firstAnswerTokens = tokens;
  found.firstAnswerStep = first.step;
  if (total > 0) found.postAnswerShare = 1 - tokens / total;
};

/**
 * Measures against the reference. A solution is a unit that states an answer (Chen et al., arXiv 2412.21187: a solution ends in an explicit answer,
 * a double-check counts as one). The unit's end closes it.
 */
const addAgainstReference = (found: Found, facts: SolutionFacts, total: number): void => {
  if (!facts.hasReference || total === 0) return;
  const first = facts.candidates.find((candidate) => candidate.equalsReference === true);
  const share = first ? tokensAfterUnit(facts, first.unit) / total : 0;
  if (first) {
    const tokens = tokensAfterStep(facts, first.step);
    found.firstCorrectTokens = tokens;
    found.firstCorrectStep = first.step;
    found.reflectionTokens = total - tokens;
  }
  found.outcomeEfficiency = share;
  if (facts.verdict !== "unknown") found.underthinking = facts.verdict === "wrong" && first ? 1 - share : 0;
};

/**
 * Proxy of the process efficiency of Chen et al.: tokens of the solutions that bring a new approach, over all tokens. The paper clusters solutions
 * with a language model; here a solution is new when at least 40 % of its terms are.
 */
const addProcessEfficiency = (found: Found, facts: SolutionFacts, total: number): void => {
  if (total === 0 || !facts.units.some((unit) => unit.answer !== undefined)) return;
  let distinct = 0;
  let first = true;
  facts.units.forEach((unit, index) => {
    if (unit.role === "conclude") return;
    if (first || facts.novelty(index) >= newApproach) distinct += unit.tokens;
    if (unit.answer !== undefined) first = false;
  });
  found.processEfficiencyProxy = distinct / total;
};

/** Stated-answer proxy of MinD's unit non-redundancy (arXiv 2505.19788), n* / n; the paper forces an answer after every prefix. */
const addNonRedundancy = (found: Found, facts: SolutionFacts): void => {
  const { units, candidates, hasReference } = facts;
  const first = candidates.find((candidate) => (hasReference ? candidate.equalsReference === true : candidate.equalsFinal));
  if (first && units.length > 0) found.unitNonRedundancyProxy = (first.unit + 1) / units.length;
};

/** Adds first answer, efficiency and underthinking of one trace to `found`; a measure that is not defined for it stays absent. */
export const solutionMeasures = (facts: SolutionFacts, found: Found = {}): Partial<Measures> => {
  const total = facts.tokensBefore.at(-1) ?? 0;
  addFirstAnswer(found, facts, total);
  addAgainstReference(found, facts, total);
  addProcessEfficiency(found, facts, total);
  addNonRedundancy(found, facts);
  return found;
};
