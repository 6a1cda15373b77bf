/** Finds the flags, steps and units that a reader's marks are about, in an analysis that may have been cut otherwise since. */
import type { Analysis, Flag, StepFunction, UnitRole } from "../analysis";
import type { Span, Trace } from "../trace";
import { type Dismissal, hashSpan, isOf, type Marked, type Relabel } from "./marks";

/**
 * The dismissals that hold for each flag of a trace, by the flag's index; flags without any are absent. A flag is dismissed when it has the mark's rule and
 * level, and at least half of its passage lies in the mark's. The mark's passage is the place it names while the text there is the same; else any
 * flag's passage with the same hash.
 */
export function anchor(trace: Trace, flags: readonly Flag[], marks: readonly Dismissal[]): ReadonlyMap<number, readonly Dismissal[]> {
  const found = new Map<number, Dismissal[]>();
  for (const mark of marks) {
    if (!isOf(mark, trace)) continue;
    const holds = placeOf(mark, trace.text);
    flags.forEach((flag, index) => {
      if (flag.rule !== mark.rule || flag.level !== mark.level || !holds(flag)) return;
      found.set(index, [...(found.get(index) ?? []), mark]);
    });
  }
  return found;
}

/** The labels that a reader gave, by the index of step or unit, with all marks that stand there; the last one holds. */
export interface Labels {
  readonly steps: ReadonlyMap<number, Labelled<StepFunction>>;
  readonly units: ReadonlyMap<number, Labelled<UnitRole>>;
}

/** A label, and the marks behind it. */
export interface Labelled<T> {
  readonly label: T;
  readonly marks: readonly Relabel[];
}

/** The labels that hold for an analysis, found as {@link anchor} finds flags. */
export function anchorLabels(trace: Trace, analysis: Pick<Analysis, "steps" | "units">, marks: readonly Relabel[]): Labels {
  const steps = new Map<number, Labelled<StepFunction>>();
  const units = new Map<number, Labelled<UnitRole>>();
  for (const mark of marks) {
    if (!isOf(mark, trace)) continue;
    const holds = placeOf(mark, trace.text);
    if (mark.level === "step") add(steps, analysis.steps, holds, mark.label, mark);
    else add(units, analysis.units, holds, mark.label, mark);
  }
  return { steps, units };
}

function add<T>(found: Map<number, Labelled<T>>, spans: readonly Span[], holds: (span: Span) => boolean, label: T, mark: Relabel): void {
  spans.forEach((span, index) => {
    if (holds(span)) found.set(index, { label, marks: [...(found.get(index)?.marks ?? []), mark] });
  });
}

/** Tells whether a span is the one that a mark is about. */
function placeOf(mark: Marked, text: string): (span: Span) => boolean {
  const unmoved = hashSpan(text, mark.start, mark.end) === mark.hash;
  return unmoved ? (span) => covers(mark, span) : (span) => hasMoved(text, mark, span);
}

function covers(mark: Marked, span: Span): boolean {
  const shared = Math.min(mark.end, span.end) - Math.max(mark.start, span.start);
  return span.end > span.start ? shared * 2 >= span.end - span.start : mark.start === span.start && mark.end === span.end;
}

const hasMoved = (text: string, mark: Marked, span: Span): boolean =>
  span.end - span.start === mark.end - mark.start && hashSpan(text, span.start, span.end) === mark.hash;
