/** What the rows of the reading column draw from. */
import type { Analysis, Candidate } from "../../src/core/analysis";
import type { TraceDocument } from "../../src/protocol/engine";
import type { SignalScale } from "../signals/scale";
import type { Model } from "../state/model";
import type { TextMark } from "../text/renderText";
import { byteOffsets } from "./byteOffsets";
import type { Match } from "./find";
import type { FieldName } from "./rows";

/** Everything a row needs; made anew when the trace, its analysis or the find changes. */
export interface RowContext {
  readonly model: Model;
  readonly document: TraceDocument;
  readonly analysis: Analysis;
  readonly raw: boolean;
  readonly matches: readonly Match[];
  readonly current: number;
  /** The record's own numbers that are shown over the text. */
  readonly signal: SignalScale | undefined;
  /** Observations that the reader opened in full. */
  readonly openOutputs: ReadonlySet<number>;
  toggleOutput(step: number): void;
}

const candidatesOf = new WeakMap<Analysis, Map<number, Candidate[]>>();

/** Candidates of a step. */
export function stepCandidates(analysis: Analysis, step: number): readonly Candidate[] {
  let byStep = candidatesOf.get(analysis);
  if (!byStep) {
    byStep = new Map();
    for (const candidate of analysis.candidates) {
      const list = byStep.get(candidate.step);
      if (list) list.push(candidate);
      else byStep.set(candidate.step, [candidate]);
    }
    candidatesOf.set(analysis, byStep);
  }
  return byStep.get(step) ?? [];
}

const bytesOf = new WeakMap<Analysis, readonly number[]>();

/** Byte offset of a step in its field. */
export function stepByteOffset(context: RowContext, step: number): number {
  let bytes = bytesOf.get(context.analysis);
  if (!bytes) {
    bytes = byteOffsets(
      context.document.trace,
      context.analysis.steps.map(({ start }) => start),
    );
    bytesOf.set(context.analysis, bytes);
  }
  return bytes[step] ?? 0;
}

/** Marks of the find in a stretch of a text. Matches of one field ascend, so the search starts by halving. */
export function matchMarks(context: RowContext, field: FieldName | undefined, start: number, end: number): TextMark[] {
  const { matches, current } = context;
  const marks: TextMark[] = [];
  for (let index = firstMatch(matches, field, start); index < matches.length; index += 1) {
    const match = matches[index];
    if (!match || match.field !== field || match.start >= end) break;
    if (match.end > start)
      marks.push({ start: match.start, end: match.end, className: index === current ? "find-hit current" : "find-hit" });
  }
  return marks;
}

const fieldOrder: readonly (FieldName | undefined)[] = ["system", "preamble", undefined, "response", "reference"];

function firstMatch(matches: readonly Match[], field: FieldName | undefined, start: number): number {
  const rank = fieldOrder.indexOf(field);
  let low = 0;
  let high = matches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const match = matches[middle];
    const before = match !== undefined && (fieldOrder.indexOf(match.field) < rank || (match.field === field && match.end <= start));
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}
