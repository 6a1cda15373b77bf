/**
 * What a reader set right in an analysis: a flag that is no redundancy, a step's function, a unit's role. A mark names its trace and its passage, so that it
 * survives another segmentation.
 */
import { type Flag, type StepFunction, stepFunctions, type UnitRole, unitRoles } from "../analysis";
import { hashText } from "../dataset/hash";
import type { Span, Trace } from "../trace";

/** Which passage of which trace a mark is about. */
export interface Marked {
  /** {@link Trace.id} of the record, and its model where it has one: several models may answer one question. */
  readonly id: string;
  readonly model?: string;
  /** 0-based rollout of the record. */
  readonly rollout: number;
  readonly level: "step" | "unit";
  /** The passage: UTF-16 code units of the analysed text. */
  readonly start: number;
  readonly end: number;
  /** Hash of the passage, 16 hexadecimal digits; finds it again where the text before it changed. */
  readonly hash: string;
}

/** A flag that a reader marked as not redundant, by its rule. */
export interface Dismissal extends Marked {
  readonly rule: string;
}

/** The function that a reader gave a step, or the role of a unit. */
export type Relabel = Marked &
  ({ readonly level: "step"; readonly label: StepFunction } | { readonly level: "unit"; readonly label: UnitRole });

/** Any mark. */
export type Mark = Dismissal | Relabel;

/** Does the mark correct a label? */
export const isRelabel = (mark: Mark): mark is Relabel => "label" in mark;

/** Does the mark dismiss a flag? */
export const isDismissal = (mark: Mark): mark is Dismissal => "rule" in mark;

/** The dismissal of a flag. */
export const dismissalOf = (trace: Trace, flag: Flag): Dismissal => ({
  ...traceOf(trace),
  rule: flag.rule,
  level: flag.level,
  ...passageOf(trace, flag),
});

/** A step's function, corrected. */
export const stepRelabel = (trace: Trace, step: Span, label: StepFunction): Relabel => ({
  ...traceOf(trace),
  label,
  level: "step",
  ...passageOf(trace, step),
});

/** A unit's role, corrected. */
export const unitRelabel = (trace: Trace, unit: Span, label: UnitRole): Relabel => ({
  ...traceOf(trace),
  label,
  level: "unit",
  ...passageOf(trace, unit),
});

/** Is the mark one of this trace? */
export const isOf = (mark: Marked, trace: Pick<Trace, "id" | "model" | "rollout">): boolean =>
  mark.id === trace.id && mark.rollout === trace.rollout && mark.model === trace.model;

/** The mark as one line of JSON. Key order is fixed whatever order the object was made in: equal lines, equal marks. */
export function lineOf(mark: Mark): string {
  const { id, model, rollout, level, start, end, hash } = mark;
  const what = isRelabel(mark) ? { label: mark.label } : { rule: mark.rule };
  return JSON.stringify({ id, model, rollout, ...what, level, start, end, hash });
}

/** The marks with some added and some taken out, without duplicates, in file order. */
export function changeMarks<T extends Mark>(marks: readonly T[], added: readonly T[], removed: readonly T[]): readonly T[] {
  const gone = new Set(removed.map(lineOf));
  const lines = new Map([...marks, ...added].map((mark) => [lineOf(mark), mark]));
  return [...lines].filter(([line]) => !gone.has(line)).map(([, mark]) => mark);
}

/** A mark from outside; undefined when it is none. */
export const readMark = (value: unknown): Mark | undefined => readDismissal(value) ?? readRelabel(value);

/** A dismissal from outside; undefined when it is none. */
export function readDismissal(value: unknown): Dismissal | undefined {
  const marked = readMarked(value);
  if (!marked || !isRecord(value) || typeof value.rule !== "string") return undefined;
  return { ...marked, rule: value.rule };
}

/** A corrected label from outside; undefined when it is none, or names no function or role. */
export function readRelabel(value: unknown): Relabel | undefined {
  const marked = readMarked(value);
  if (!marked || !isRecord(value)) return undefined;
  if (marked.level === "step") {
    const label = stepFunctions.find((name) => name === value.label);
    return label && { ...marked, level: "step", label };
  }
  const label = unitRoles.find((name) => name === value.label);
  return label && { ...marked, level: "unit", label };
}

/** Hash of a passage of a text. */
export function hashSpan(text: string, start: number, end: number): string {
  const { low, high } = hashText(text.slice(start, end));
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

const traceOf = (trace: Trace): Pick<Marked, "id" | "model" | "rollout"> => ({
  id: trace.id,
  ...(trace.model === undefined ? {} : { model: trace.model }),
  rollout: trace.rollout,
});

const passageOf = ({ text }: Trace, { start, end }: Span): Pick<Marked, "start" | "end" | "hash"> => ({
  start,
  end,
  hash: hashSpan(text, start, end),
});

function readMarked(value: unknown): Marked | undefined {
  if (!isRecord(value)) return undefined;
  const { id, model, rollout, level, start, end, hash } = value;
  if (typeof id !== "string" || typeof hash !== "string") return undefined;
  if ((level !== "step" && level !== "unit") || !isCount(rollout) || !isCount(start) || !isCount(end)) return undefined;
  if (model !== undefined && typeof model !== "string") return undefined;
  return { id, ...(model === undefined ? {} : { model }), rollout, level, start, end, hash };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;
