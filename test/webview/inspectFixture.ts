/** A small trace with its analysis, made by hand, for the tests of the Inspect view. */
import type { Analysis, Flag, Step, StepFunction } from "../../src/core/analysis";
import { stepFunctions } from "../../src/core/analysis";
import type { Trace } from "../../src/core/trace";

/** A step to make: words, function, unit, redundant. */
export interface StepSpec {
  readonly words: string;
  readonly function?: StepFunction;
  readonly unit: number;
  readonly redundant?: boolean;
}

/** A trace around a text. */
export function makeTrace(text: string, more: Partial<Trace> = {}): Trace {
  return {
    record: 0,
    rollout: 0,
    id: "a/1",
    question: "What is it?",
    text,
    parts: text === "" ? [] : [{ start: 0, end: text.length, kind: "reasoning", path: ["text"], fieldStart: 0, glue: 0 }],
    preamble: "",
    opening: "",
    closing: "",
    response: "",
    thinking: "none",
    notices: [],
    columns: {},
    ...more,
  };
}

/** Steps that tile their joined words, one token a word; units in the order given. */
export function makeAnalysis(
  specs: readonly StepSpec[],
  flags: readonly Partial<Flag>[] = [],
  more: Partial<Analysis> = {},
): { text: string; analysis: Analysis } {
  let text = "";
  const steps: Step[] = specs.map(({ words, function: name = "derive", unit, redundant = false }) => {
    const start = text.length;
    text += words;
    const tokens = words.trim().split(/\s+/).length;
    return { start, end: text.length, function: name, confidence: 0.9, unit, tokens, redundancy: 0, redundant, paragraphStart: true };
  });
  const unitCount = Math.max(-1, ...specs.map(({ unit }) => unit)) + 1;
  const units = Array.from({ length: unitCount }, (_, unit) => {
    const firstStep = specs.findIndex((spec) => spec.unit === unit);
    const endStep = specs.findLastIndex((spec) => spec.unit === unit) + 1;
    const own = steps.slice(firstStep, endStep);
    const tokens = own.reduce((sum, step) => sum + step.tokens, 0);
    return {
      start: own[0]?.start ?? 0,
      end: own.at(-1)?.end ?? 0,
      role: "solve" as const,
      firstStep,
      endStep,
      tokens,
      redundant: own.every((step) => step.redundant),
    };
  });
  const tokens = steps.reduce((sum, step) => sum + step.tokens, 0);
  const analysis: Analysis = {
    steps,
    units,
    candidates: [],
    flags: flags.map((flag) => ({
      rule: "repeat",
      level: "step",
      index: 0,
      start: 0,
      end: 0,
      evidence: { words: "repeats step 1", detail: "" },
      ...flag,
    })),
    verdict: "unknown",
    verdictFrom: "none",
    tokens,
    responseTokens: 0,
    tokenCounter: "characters / 3.7 (estimate)",
    language: "en",
    measures: {
      switches: 0,
      switchesPer1k: 0,
      redundantShare: 0,
      redundantUnits: units.filter((unit) => unit.redundant).length,
      premiseDoubtPer1k: 0,
      loopShare: 0,
      compressionRatio: 1,
      functionShares: Object.fromEntries(stepFunctions.map((name) => [name, 0])) as Analysis["measures"]["functionShares"],
    },
    ...more,
  };
  return { text, analysis };
}
