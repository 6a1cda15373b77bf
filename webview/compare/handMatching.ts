/** Matches set and broken by hand: the step that waits for its partner, and the bar that says so. */
import { html, nothing, type TemplateResult } from "lit";
import { indicesOf } from "../../src/core/compare/traceDiff";
import { count } from "../format";
import type { AlignedRows } from "./alignedRows";
import type { SideName } from "./compareWords";
import type { PairSession } from "./pairSession";
import type { RowsContext } from "./rowParts";

/** The view whose pair is corrected. */
export interface MatchingOwner {
  readonly rows: AlignedRows;
  readonly session: PairSession | undefined;
  changed(): void;
}

const otherSide: Readonly<Record<SideName, SideName>> = { teacher: "student", student: "teacher" };

/** One per view. */
export class HandMatching {
  /** The step that waits for its partner. */
  waiting: RowsContext["matching"];

  constructor(private readonly owner: MatchingOwner) {}

  /** Breaks the match of a step row; begins to set one on a row without; ends it where one was begun. */
  correct(stepRow: number): void {
    const row = this.owner.rows.aligned?.diff.steps[stepRow];
    if (!row || this.finish(stepRow)) return;
    const { teacher, student } = row;
    if (teacher !== undefined && student !== undefined) this.breakRow(stepRow);
    else if (teacher !== undefined) this.waiting = { side: "teacher", step: teacher };
    else if (student !== undefined) this.waiting = { side: "student", step: student };
    this.owner.changed();
  }

  /** Breaks the match of the selected row; false when it has none. */
  breakSelected(): boolean {
    const row = this.owner.rows.selectedRow;
    return row?.kind === "step" && this.waiting === undefined && this.breakRow(row.stepRow);
  }

  /** Begins a match at the selected row, or ends it there: a matched step may be given another partner. */
  setSelected(): boolean {
    const { rows } = this.owner;
    const row = rows.selectedRow;
    if (row?.kind !== "step") return false;
    if (this.finish(row.stepRow)) return true;
    const step = rows.aligned?.diff.steps[row.stepRow];
    const side = step?.[rows.side] === undefined ? otherSide[rows.side] : rows.side;
    const index = step?.[side];
    if (index !== undefined) this.waiting = { side, step: index };
    this.owner.changed();
    return true;
  }

  /** A step was clicked: true when it became the partner of the one that waits. */
  picked(side: SideName, stepRow: number): boolean {
    return this.waiting !== undefined && side !== this.waiting.side && this.finish(stepRow);
  }

  /** Ends the waiting without a match; false when nothing waits. */
  cancel(): boolean {
    const was = this.waiting !== undefined;
    this.waiting = undefined;
    if (was) this.owner.changed();
    return was;
  }

  /** The bar over the rows while a step waits. */
  bar(): TemplateResult | typeof nothing {
    const { waiting } = this;
    if (!waiting) return nothing;
    return html`<div class="matchbar" role="status">Choose the ${otherSide[waiting.side]}'s step that belongs to ${waiting.side} step ${count(waiting.step + 1)}: click it, or select it and press i.<button class="lnk" @click=${() => this.cancel()}>Cancel</button></div>`;
  }

  private breakRow(stepRow: number): boolean {
    const row = this.owner.rows.aligned?.diff.steps[stepRow];
    const matches = indicesOf(row, "teacher").flatMap((teacher) =>
      indicesOf(row, "student").map((student): readonly [number, number] => [teacher, student]),
    );
    if (matches.length > 0) this.owner.session?.breakMatches(matches);
    return matches.length > 0;
  }

  /** Matches the step that waits with the other side's step of a row; false when none waits or the row has none. */
  private finish(stepRow: number): boolean {
    const { waiting } = this;
    const row = this.owner.rows.aligned?.diff.steps[stepRow];
    const other = waiting && row?.[otherSide[waiting.side]];
    if (!waiting || other === undefined) return false;
    this.waiting = undefined;
    const [teacher, student] = waiting.side === "teacher" ? [waiting.step, other] : [other, waiting.step];
    this.owner.session?.setMatch(teacher, student);
    return true;
  }
}
