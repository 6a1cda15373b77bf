/**
 * What the analysis says about a trace, as plain data. Definitions and sources: `README.md`, section Measures.
 *
 * All offsets are UTF-16 code units in {@link Trace.text}; indices are 0-based; shares are 0 to 1; tokens are counted by the counter named in
 * {@link Analysis.tokenCounter} and may be fractions of an estimate rounded to integers.
 */
import type { Span } from "./trace";

/** What a step does, in the order of the legend. */
export const stepFunctions = [
  "setup",
  "plan",
  "recall",
  "derive",
  "verify",
  "doubt",
  "switch",
  "conclude",
  "tool-call",
  "observation",
] as const;
export type StepFunction = (typeof stepFunctions)[number];

/** What a thinking unit does. */
export const unitRoles = ["setup", "solve", "verify", "revise", "alternative", "conclude"] as const;
export type UnitRole = (typeof unitRoles)[number];

/** The rules, strongest evidence first, integrity rules last. */
export const ruleIds = [
  "restate",
  "repeat",
  "reverify",
  "loop",
  "premise",
  "switch-early",
  "no-progress",
  "unclosed-think",
  "truncated",
  "answer-mismatch",
  "multiple-final",
  "empty-think",
  "language-mixing",
] as const;
export type RuleId = (typeof ruleIds)[number];

/** Rules that make a step or unit count as redundant. */
export const redundancyRules: readonly RuleId[] = ["restate", "repeat", "reverify", "loop"];

/** Consecutive sentences with one function. Steps tile the text. */
export interface Step extends Span {
  readonly function: StepFunction;
  /** How sure the function is, 0 to 1. Below 0.5 it is shown as unsure. */
  readonly confidence: number;
  /** Index of the unit that holds it. */
  readonly unit: number;
  readonly tokens: number;
  /** Score for ranking steps by redundancy, 0 (needed) to 1; not a probability. */
  readonly redundancy: number;
  /** True when a redundancy rule marks the step itself. */
  readonly redundant: boolean;
  /** True when the step starts a paragraph. */
  readonly paragraphStart: boolean;
}

/** Consecutive steps that work toward one candidate answer (MinD, arXiv 2505.19788). Units tile the text; a unit starts and ends on step borders. */
export interface Unit extends Span {
  readonly role: UnitRole;
  /** Index of its first step. */
  readonly firstStep: number;
  /** Index after its last step. */
  readonly endStep: number;
  readonly tokens: number;
  /** The answer it states, as written in the text, if any. */
  readonly answer?: string;
  readonly redundant: boolean;
}

/** An answer the text states. `start`/`end` cover the answer itself. */
export interface Candidate extends Span {
  readonly step: number;
  readonly unit: number;
  readonly answer: string;
  /** How it was stated. */
  readonly form: "boxed" | "phrase" | "equation" | "line";
  readonly equalsFinal: boolean;
  /** Undefined when there is no reference. */
  readonly equalsReference?: boolean;
}

/** Why a flag was raised, so that a person can check it by eye. */
export interface Evidence {
  /** Verb, target, reason; the chip's words. Steps and units are numbered from 1: "repeats step 5 · 0.91". */
  readonly words: string;
  /** The facts behind it, with the rule's threshold: "5-gram overlap 0.91, threshold 0.60". */
  readonly detail: string;
  /** The earlier step or unit that is repeated or re-verified. */
  readonly earlier?: { readonly level: "step" | "unit"; readonly index: number } & Span;
  /** Similarity to the earlier passage, 0 to 1. */
  readonly similarity?: number;
  /** The unchanged answer, for re-verification. */
  readonly answer?: string;
  /** Spans of the flagged passage that are shared with the earlier one (or with the question, for `restate`). */
  readonly here?: readonly Span[];
  /** The same words in the earlier passage; offsets in the text, or in the question for `restate`. */
  readonly there?: readonly Span[];
  /** For loops: length of one period in code units and number of periods. */
  readonly period?: number;
  readonly count?: number;
}

/** A mark that names its rule and its evidence. */
export interface Flag extends Span {
  readonly rule: RuleId;
  readonly level: "step" | "unit";
  /** Index of the step or unit. A flag about the whole trace stands on its last step; on an empty text it has index 0, start 0, end 0. */
  readonly index: number;
  readonly evidence: Evidence;
}

/** Is the final answer equal to the reference? `unknown` when either is missing or the two cannot be compared. */
export type Verdict = "correct" | "wrong" | "unknown";

/** Measures of one trace. A field is absent when it is not defined for the trace. Published names only where it is that measure. */
export interface Measures {
  /** Tokens up to the end of the step that first states an answer equal to the final answer. */
  readonly firstAnswerTokens?: number;
  /** The step that does. */
  readonly firstAnswerStep?: number;
  /** The same for the reference answer. */
  readonly firstCorrectTokens?: number;
  readonly firstCorrectStep?: number;
  /** 1 − firstAnswerTokens / tokens (EvalThink's post-answer share). */
  readonly postAnswerShare?: number;
  /** tokens − firstCorrectTokens (EvalThink). */
  readonly reflectionTokens?: number;
  /** Chen et al. 2412.21187, eq. 2 for one response: tokens of the first correct solution / tokens; 0 when none is correct; absent without a reference. */
  readonly outcomeEfficiency?: number;
  /** Proxy of Chen et al. eq. 3: approaches told apart by their words, not by a model. */
  readonly processEfficiencyProxy?: number;
  /** Stated-answer proxy of MinD's unit non-redundancy (first right unit over all units). */
  readonly unitNonRedundancyProxy?: number;
  /** 1 − T̂/T for a wrong answer (2501.18585), 0 for a correct one or when no thought was correct. */
  readonly underthinking?: number;
  /** Units begun by a switch cue, and that per 1,000 tokens. */
  readonly switches: number;
  readonly switchesPer1k: number;
  /** Share of tokens in redundant steps and units, 0 to 1. */
  readonly redundantShare: number;
  readonly redundantUnits: number;
  /** Last verbalised confidence, 0 to 1. */
  readonly confidence?: number;
  /** Phrases that doubt a premise per 1,000 tokens of reasoning and answer, and the step of the first in the reasoning. */
  readonly premiseDoubtPer1k: number;
  readonly firstPremiseDoubtStep?: number;
  /** Longest loop: share of tokens in it, 0 to 1. */
  readonly loopShare: number;
  /** Characters / deflate-like compressed size over the worst window (Whisper's ratio; 2.4 is suspicious). */
  readonly compressionRatio: number;
  /** Share of the trace's tokens by step function; absent functions are 0. */
  readonly functionShares: Readonly<Record<StepFunction, number>>;
}

/** Everything the analysis says about one trace. */
export interface Analysis {
  readonly steps: readonly Step[];
  readonly units: readonly Unit[];
  readonly candidates: readonly Candidate[];
  readonly flags: readonly Flag[];
  /** The trace's final answer as written; absent when none was found. */
  readonly finalAnswer?: string;
  /** Where the final answer stood. */
  readonly finalAnswerFrom?: "response" | "field" | "reasoning";
  /** The short answer inside the reference (a boxed value of a whole solution), as compared. */
  readonly referenceAnswer?: string;
  readonly verdict: Verdict;
  /** Who decided: our comparison, or the record's own verdict where there is nothing to compare. */
  readonly verdictFrom: "compared" | "record" | "none";
  /** The record's own verdict, where it has one; it may differ from ours. */
  readonly recordVerdict?: Exclude<Verdict, "unknown">;
  /** Tokens of the whole text, and of the response. */
  readonly tokens: number;
  readonly responseTokens: number;
  /** Name of the counter: "characters / 3.7 (estimate)", "o200k_base", "record". */
  readonly tokenCounter: string;
  readonly language: "en" | "zh" | "other";
  readonly measures: Measures;
}
