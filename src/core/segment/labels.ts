/** Step labels that records bring, in the vocabularies of published taxonomies, read as step functions. */
import type { StepFunction } from "../analysis";

/** Label (lower case, words joined by "_") to function. Sources: Thought Anchors, steering vectors, Schoenfeld episodes, ReasoningFlow. */
const functionByLabel: Readonly<Record<string, StepFunction>> = {
  problem_setup: "setup",
  plan_generation: "plan",
  fact_retrieval: "recall",
  active_computation: "derive",
  result_consolidation: "conclude",
  uncertainty_management: "doubt",
  final_answer_emission: "conclude",
  self_checking: "verify",
  initializing: "setup",
  deduction: "derive",
  adding_knowledge: "recall",
  example_testing: "verify",
  uncertainty_estimation: "doubt",
  backtracking: "switch",
  read: "setup",
  analyze: "derive",
  plan: "plan",
  implement: "derive",
  explore: "switch",
  verify: "verify",
  monitor: "doubt",
  context: "setup",
  planning: "plan",
  fact: "recall",
  reasoning: "derive",
  restatement: "setup",
  assumption: "derive",
  example: "derive",
  reflection: "doubt",
  conclusion: "conclude",
  thought: "plan",
  action: "tool-call",
  tool_call: "tool-call",
  observation: "observation",
  setup: "setup",
  recall: "recall",
  derive: "derive",
  doubt: "doubt",
  switch: "switch",
  conclude: "conclude",
  verification: "verify",
};

/** The function a record's label names; undefined for a label of an unknown vocabulary. Case and separators do not matter. */
export function functionOfLabel(label: string): StepFunction | undefined {
  const key = label
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  return Object.hasOwn(functionByLabel, key) ? functionByLabel[key] : undefined;
}
