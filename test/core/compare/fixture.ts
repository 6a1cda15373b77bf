import type { Analysis, Step, StepFunction, Unit } from "../../../src/core/analysis";
import type { Compared } from "../../../src/core/compare/compareTraces";
import type { Trace } from "../../../src/core/trace";

const share = (text: string): number => Math.max(1, Math.ceil(text.length / 4));

/** A trace of the given units of steps, with the plainest analysis there is. */
export function compared(units: readonly (readonly string[])[], functions: readonly StepFunction[] = []): Compared {
  let text = "";
  const steps: Step[] = [];
  const drawn: Unit[] = [];
  for (const [unit, lines] of units.entries()) {
    const first = steps.length;
    const start = text.length;
    for (const line of lines) {
      const from = text.length;
      text += `${line}\n`;
      const kind = functions[steps.length] ?? "derive";
      steps.push({
        start: from,
        end: text.length,
        function: kind,
        confidence: 1,
        unit,
        tokens: share(line),
        redundancy: 0,
        redundant: false,
        paragraphStart: true,
      });
    }
    const tokens = steps.slice(first).reduce((sum, step) => sum + step.tokens, 0);
    drawn.push({ start, end: text.length, role: "solve", firstStep: first, endStep: steps.length, tokens, redundant: false });
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

function analysisOf(steps: readonly Step[], units: readonly Unit[]): Analysis {
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
