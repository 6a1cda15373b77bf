/**
 * Weights of the linear function scorer, by feature and step function. Absent entries are 0.
 *
 * Origin: set by hand from the meaning of the cue classes.
 */
import type { StepFunction } from "../analysis";

/** Functions that are scored; tool calls and observations come from the record. */
export const scoredFunctions = [
  "setup",
  "plan",
  "recall",
  "derive",
  "verify",
  "doubt",
  "switch",
  "conclude",
] as const satisfies readonly StepFunction[];
export type ScoredFunction = (typeof scoredFunctions)[number];

type Row = Readonly<Partial<Record<ScoredFunction, number>>>;

/** Weight of each named feature for each function. */
export const weights: Readonly<Record<string, Row>> = {
  bias: { derive: 1, setup: -0.5, plan: -0.3, recall: -0.6, verify: -0.8, doubt: -0.7, switch: -1, conclude: -0.6 },
  first: { setup: 2.2 },
  early: { setup: 0.9, conclude: -0.6, verify: -0.8 },
  late: { conclude: 0.8, setup: -1, plan: -0.6 },
  equation: { derive: 1.1, setup: -0.3 },
  newNumber: { derive: 0.4, verify: -0.2 },
  oldNumbers: { conclude: 0.3, verify: 0.2 },
  questionOverlap: { setup: 1.2 },
  question: { doubt: 0.9, verify: 0.3, plan: 0.2, derive: -0.8, conclude: -0.6 },
  colon: { plan: 0.4, derive: 0.3 },
  short: { doubt: 0.3 },
  answered: { verify: 0.5, setup: -0.6 },
  prevConcludes: { verify: 0.4 },
  "kind:display-math": { derive: 2 },
  "kind:code": { derive: 2 },
  "kind:list-item": { derive: 0.4 },
  "kind:table": { derive: 1.5 },
  "kind:heading": { plan: 1 },
  "opens:verify": { verify: 3.2 },
  "inside:verify": { verify: 0.8 },
  "prev:verify": { verify: 1.6 },
  "opens:affirm": { verify: 1.3, conclude: 0.5 },
  "inside:affirm": { verify: 0.9 },
  "opens:backtrack": { switch: 3 },
  "inside:backtrack": { switch: 1 },
  "opens:wait": { switch: 1.4, doubt: 1.2, verify: 0.7 },
  "opens:error": { switch: 2.4 },
  "inside:error": { switch: 1, verify: 0.2 },
  "opens:switch": { switch: 2.8 },
  "inside:switch": { switch: 0.6 },
  "opens:doubt": { doubt: 2.2 },
  "inside:doubt": { doubt: 0.8 },
  "opens:lookBack": { recall: 0.8 },
  "opens:recall": { recall: 2.4 },
  "inside:recall": { recall: 0.8 },
  "opens:conclude": { conclude: 1.6, derive: 0.4 },
  "inside:conclude": { conclude: 0.4, derive: 0.2 },
  "opens:answer": { conclude: 2.4 },
  "inside:answer": { conclude: 1.4 },
  "opens:plan": { plan: 2.4 },
  "inside:plan": { plan: 0.5 },
  "opens:sequence": { plan: 0.4, derive: 0.4 },
  "opens:derive": { derive: 0.9 },
  "inside:derive": { derive: 0.4 },
  "opens:suppose": { derive: 0.5, plan: 0.3 },
  "opens:setup": { setup: 2.2 },
  "inside:setup": { setup: 0.6 },
  "opens:premise": { doubt: 1.4 },
  "inside:premise": { doubt: 1 },
};
