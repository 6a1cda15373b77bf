/** The interface's words and classes for steps, units and rules. One table each. */
import { type Flag, type RuleId, redundancyRules, type StepFunction, type UnitRole, type Verdict } from "../src/core/analysis";
import type { IconName } from "./icons";
import { plainTex } from "./text/plainMaths";

/** How a step function looks and reads. `control` steps steer and get a low bar, the others carry content and get a full one. */
export interface FunctionLook {
  readonly label: string;
  readonly letter: string;
  readonly className: string;
  readonly control: boolean;
  /** What such a step does, for who chooses it. */
  readonly meaning: string;
}

/** Looks of the step functions, in the order of the legend. */
export const functionLooks: Readonly<Record<StepFunction, FunctionLook>> = {
  setup: { label: "set-up", letter: "S", className: "f-setup", control: true, meaning: "givens, notation, the problem repeated" },
  plan: { label: "plan", letter: "P", className: "f-plan", control: true, meaning: "what to try" },
  recall: { label: "recall", letter: "R", className: "f-recall", control: false, meaning: "a definition, theorem or formula" },
  derive: { label: "derive", letter: "D", className: "f-derive", control: false, meaning: "a new value, equation or case" },
  verify: { label: "verify", letter: "V", className: "f-verify", control: false, meaning: "a result is checked" },
  doubt: { label: "doubt", letter: "?", className: "f-doubt", control: true, meaning: "“Wait”, “is that right?”" },
  switch: { label: "switch", letter: "X", className: "f-backtrack", control: true, meaning: "an approach dropped or changed" },
  conclude: { label: "conclude", letter: "C", className: "f-conclude", control: false, meaning: "an answer is stated" },
  "tool-call": { label: "tool call", letter: "T", className: "f-tool tool", control: false, meaning: "a call" },
  observation: { label: "observe", letter: "O", className: "f-obs obs", control: false, meaning: "the result of a call" },
};

/** What a unit of a role does, for who chooses it. */
export const roleMeanings: Readonly<Record<UnitRole, string>> = {
  setup: "takes the problem in",
  solve: "works toward an answer",
  verify: "checks an answer",
  revise: "sets an answer right",
  alternative: "tries another way",
  conclude: "states the final answer",
};

/** Words of the unit roles. */
export const roleLabels: Readonly<Record<UnitRole, string>> = {
  setup: "set-up",
  solve: "solve",
  verify: "verify",
  revise: "revise",
  alternative: "alternative",
  conclude: "conclude",
};

/** The rules in plain words, with the icon of their chip. */
export const ruleLooks: Readonly<Record<RuleId, { readonly icon: IconName; readonly verb: string; readonly title: string }>> = {
  restate: { icon: "quote", verb: "restates", title: "restates the problem" },
  repeat: { icon: "copy", verb: "repeats", title: "repeats a step or unit" },
  reverify: { icon: "verified", verb: "re-verifies", title: "re-verifies a result already held" },
  loop: { icon: "sync", verb: "loop", title: "loop: the same words again and again" },
  premise: { icon: "question", verb: "doubts premise", title: "doubts the premise of the question" },
  "switch-early": { icon: "arrowSwap", verb: "early switch", title: "leaves an approach early" },
  "no-progress": { icon: "circleSlash", verb: "no progress", title: "no progress" },
  "unclosed-think": { icon: "warning", verb: "no end of thought", title: "no end of thought" },
  truncated: { icon: "warning", verb: "cut off", title: "generation stopped at its limit" },
  "answer-mismatch": { icon: "warning", verb: "answers differ", title: "the response gives another answer than the thinking" },
  "multiple-final": { icon: "warning", verb: "several finals", title: "more than one final answer" },
  "empty-think": { icon: "warning", verb: "empty", title: "nothing was thought" },
  "language-mixing": { icon: "warning", verb: "mixes languages", title: "the language changes within the trace" },
};

/** A flag's words for a line that cannot hold typeset maths: "same result √157". */
export const flagWords = ({ evidence: { words } }: Flag): string => (words.includes("\\") ? plainTex(words) : words);

/** What a reader says who dismisses a flag of a rule. */
export const dismissedAs = (rule: RuleId): string => (redundancyRules.includes(rule) ? "not redundant" : "mistaken");

/** Mark of a verdict: class, icon and word. */
export const verdictLooks: Readonly<Record<Verdict, { readonly className: string; readonly icon: IconName; readonly word: string }>> = {
  correct: { className: "ok", icon: "check", word: "correct" },
  wrong: { className: "wrong", icon: "close", word: "wrong" },
  unknown: { className: "unk", icon: "question", word: "unknown" },
};
