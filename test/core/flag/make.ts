import type { StepFunction, UnitRole } from "../../../src/core/analysis";
import type { ProtoCandidate } from "../../../src/core/answer/extract";
import { buildContext, type FlagContext } from "../../../src/core/flag/context";
import { type Thresholds, thresholdsWith } from "../../../src/core/flag/thresholds";
import { estimateCounter } from "../../../src/core/measure/tokens";
import type { CueClass } from "../../../src/core/segment/cueData";
import type { ProtoStep } from "../../../src/core/segment/steps";
import type { ProtoUnit } from "../../../src/core/segment/units";
import type { Trace } from "../../../src/core/trace";

/** A trace with this text and everything else plain. */
export const traceOf = (text: string, changes: Partial<Trace> = {}): Trace => ({
  record: 0,
  rollout: 0,
  id: "1",
  question: "",
  text,
  parts: text === "" ? [] : [{ kind: "reasoning", path: ["reasoning"], fieldStart: 0, glue: 0, start: 0, end: text.length }],
  preamble: "",
  opening: "",
  closing: "",
  response: "",
  thinking: "field",
  notices: [],
  columns: {},
  ...changes,
});

/** A step: its function, its words, and the cues that open it. */
export type StepDraft = readonly [StepFunction, string, ...CueClass[]];

export interface Draft {
  readonly steps: readonly StepDraft[];
  /** Role, number of steps, answer. Default: one `solve` unit. */
  readonly units?: readonly (readonly [UnitRole, number, string?])[];
  /** Index of the step, answer, form; the answer stands in the step's words. */
  readonly candidates?: readonly (readonly [number, string, ProtoCandidate["form"]?])[];
  /** Indices of the steps that start a paragraph. Default: all. */
  readonly paragraphs?: readonly number[];
  readonly trace?: Partial<Trace>;
  readonly finalAnswer?: string;
  readonly finalAnswerFrom?: "response" | "field" | "reasoning";
  readonly thresholds?: Partial<Thresholds>;
}

/** A context with steps and units as drafted, so that a rule is tested apart from segmentation. Steps are joined by blank lines. */
export const contextOf = (draft: Draft): FlagContext => {
  let text = "";
  const steps = draft.steps.map(([fn, words, ...cues], index): ProtoStep => {
    const start = text.length;
    text += index === draft.steps.length - 1 ? words : `${words}\n\n`;
    return {
      start,
      end: text.length,
      function: fn,
      confidence: 1,
      paragraphStart: draft.paragraphs?.includes(index) ?? true,
      paragraph: index,
      firstSentence: index,
      endSentence: index + 1,
      cues,
    };
  });
  let firstStep = 0;
  const units = (draft.units ?? [["solve", steps.length] as const]).map(([role, count, answer]): ProtoUnit => {
    const endStep = firstStep + count;
    const unit = { role, firstStep, endStep, start: steps[firstStep]?.start ?? 0, end: steps[endStep - 1]?.end ?? 0 };
    firstStep = endStep;
    return answer === undefined ? unit : { ...unit, answer };
  });
  const candidates = (draft.candidates ?? []).map(([step, answer, form]): ProtoCandidate => {
    const start = text.indexOf(answer, steps[step]?.start ?? 0);
    return { step, answer, form: form ?? "phrase", start, end: start + answer.length };
  });
  return buildContext({
    trace: traceOf(text, draft.trace ?? {}),
    steps,
    units,
    candidates,
    ...(draft.finalAnswer === undefined ? {} : { finalAnswer: draft.finalAnswer }),
    ...(draft.finalAnswerFrom === undefined ? {} : { finalAnswerFrom: draft.finalAnswerFrom }),
    thresholds: thresholdsWith(draft.thresholds ?? {}),
    counter: estimateCounter,
    limit: Number.POSITIVE_INFINITY,
    sameAnswer: (a, b) => a.replace(/\s/g, "") === b.replace(/\s/g, ""),
  });
};

/** The words of spans in a text. */
export const wordsAt = (text: string, spans: readonly { start: number; end: number }[] | undefined): string[] =>
  (spans ?? []).map((span) => text.slice(span.start, span.end));
