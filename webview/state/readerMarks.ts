/** The reader's marks on the open trace: flags that are no redundancy, functions and roles set right. */
import type { Analysis, StepFunction, UnitRole } from "../../src/core/analysis";
import { anchor, anchorLabels, type Labels } from "../../src/core/annotate/anchor";
import { type Dismissal, dismissalOf, isDismissal, isRelabel, type Mark, stepRelabel, unitRelabel } from "../../src/core/annotate/marks";
import { applyLabels } from "../../src/core/annotate/relabel";
import type { TraceDocument } from "../../src/protocol/engine";
import { applyDismissals } from "./dismiss";

const noLabels: Labels = { steps: new Map(), units: new Map() };

/** Marks of the file, and what they say of the open trace. */
export class ReaderMarks {
  /** Dismissals that hold for the open trace, by flag. */
  dismissed: ReadonlyMap<number, readonly Dismissal[]> = new Map();
  /** Labels that hold for the open trace. */
  labels: Labels = noLabels;
  private all: readonly Mark[] = [];
  private document: TraceDocument | undefined;

  /** `change` asks the host to add and take out marks; the host sends the new list. */
  constructor(private readonly change: (added: readonly Mark[], removed: readonly Mark[]) => void) {}

  /** Takes the file's marks, as they are kept. */
  set(marks: readonly Mark[]): void {
    this.all = marks;
  }

  /** The analysis of a trace after the reader's marks. Traces of a second file have none. */
  over(document: TraceDocument | undefined): Analysis | undefined {
    this.document = document;
    if (!document) {
      this.dismissed = new Map();
      this.labels = noLabels;
      return undefined;
    }
    const { trace, analysis } = document;
    const own = document.ref.file === 0 ? this.all : [];
    this.dismissed = anchor(trace, analysis.flags, own.filter(isDismissal));
    this.labels = anchorLabels(trace, analysis, own.filter(isRelabel));
    return applyDismissals(applyLabels(analysis, this.labels), this.dismissed);
  }

  /** Marks a flag of the open trace as not redundant, or takes that back. */
  toggleDismissed(at: number): void {
    const flag = this.document?.analysis.flags[at];
    if (!this.document || !flag) return;
    const standing = this.dismissed.get(at) ?? [];
    this.change(standing.length > 0 ? [] : [dismissalOf(this.document.trace, flag)], standing);
  }

  /** Gives a step another function; the analysis' own takes the mark back. */
  labelStep(index: number, label: StepFunction): void {
    const step = this.document?.analysis.steps[index];
    if (!this.document || !step) return;
    const standing = this.labels.steps.get(index);
    if ((standing?.label ?? step.function) === label) return;
    this.change(label === step.function ? [] : [stepRelabel(this.document.trace, step, label)], standing?.marks ?? []);
  }

  /** Gives a unit another role; the analysis' own takes the mark back. */
  labelUnit(index: number, label: UnitRole): void {
    const unit = this.document?.analysis.units[index];
    if (!this.document || !unit) return;
    const standing = this.labels.units.get(index);
    if ((standing?.label ?? unit.role) === label) return;
    this.change(label === unit.role ? [] : [unitRelabel(this.document.trace, unit, label)], standing?.marks ?? []);
  }
}
