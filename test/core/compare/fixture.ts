import type { Analysis, Step, StepFunction, Unit } from "../../../src/core/analysis";
import type { Compared } from "../../../src/core/compare/compareTraces";
import type { Trace } from "../../../src/core/trace";

const share = (text: string): number => Math.max(1, Math.ceil(text.length / 4));

/** A step of plain derivation over `[start, end)`. */
export const plainStep = (start: number, end: number, unit: number, tokens: number, kind: StepFunction = "derive"): Step => ({
  start,
  end,
  function: kind,
  confidence: 1,
  unit,
  tokens,
  redundancy: 0,
  redundant: false,
  paragraphStart: true,
});

/** A unit over the steps `[firstStep, endStep)` of `steps`. */
export function plainUnit(steps: readonly Step[], firstStep: number, endStep: number): Unit {
  const own = steps.slice(firstStep, endStep);
  const tokens = own.reduce((sum, step) => sum + step.tokens, 0);
  return { start: own[0]?.start ?? 0, end: own.at(-1)?.end ?? 0, role: "solve", firstStep, endStep, tokens, redundant: false };
}

/** A trace of the given units of steps, with the plainest analysis there is. */
export function compared(units: readonly (readonly string[])[], functions: readonly StepFunction[] = []): Compared {
  let text = "";
  const steps: Step[] = [];
  const drawn: Unit[] = [];
  for (const [unit, lines] of units.entries()) {
    const first = steps.length;
    for (const line of lines) {
      const from = text.length;
      text += `${line}\n`;
      steps.push(plainStep(from, text.length, unit, share(line), functions[steps.length]));
    }
    drawn.push(plainUnit(steps, first, steps.length));
  }
  const trace: Trace = {
    record: 0,
    rollout: 0,
    id: "t",
    question: "",
    text,
    parts: [],
    preamble: "",
    opening: "",
    closing: "",
    response: "",
    thinking: "none",
    notices: [],
    columns: {},
  };
  return { trace, analysis: analysisOf(steps, drawn) };
}

/** The plainest analysis of steps and units. */
export function analysisOf(steps: readonly Step[], units: readonly Unit[]): Analysis {
  return {
    steps,
    units,
    candidates: [],
    flags: [],
    verdict: "unknown",
    verdictFrom: "none",
    tokens: steps.reduce((sum, step) => sum + step.tokens, 0),
    responseTokens: 0,
    tokenCounter: "characters / 4",
    language: "en",
    measures: {
      switches: 0,
      switchesPer1k: 0,
      redundantShare: 0,
      redundantUnits: 0,
      premiseDoubtPer1k: 0,
      loopShare: 0,
      compressionRatio: 1,
      functionShares: {
        setup: 0,
        plan: 0,
        recall: 0,
        derive: 1,
        verify: 0,
        doubt: 0,
        switch: 0,
        conclude: 0,
        "tool-call": 0,
        observation: 0,
      },
    },
  };
}
