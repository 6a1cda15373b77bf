/** The rows of the open pair: what is folded, selected and under the pointer. */
import type { Comparison } from "../../src/protocol/engine";
import { type Aligned, buildCompareRows, type CompareFolds, type CompareRow, foldsAround, positionOf, stepRowOf } from "./compareRows";
import type { SideName } from "./compareWords";
import type { MapMarks } from "./mapLayout";

/** One per view; empty until a pair is shown. */
export class AlignedRows {
  aligned: Aligned | undefined;
  rows: CompareRow[] = [];
  folds: CompareFolds = { foldMatched: true, toggled: new Set() };
  /** Key of the selected row. */
  selected: string | undefined;
  side: SideName = "teacher";
  /** Step and unit row under the pointer. */
  hovered: number | undefined;
  hoveredUnit: number | undefined;
  /** Flag whose evidence is open, as side and index. */
  openFlag: string | undefined;

  /** Shows a pair. `again`: the same traces aligned anew, so that the reader stays at the same step. */
  show(pair: Comparison, again: boolean): void {
    const place = again ? this.selectedStep() : undefined;
    this.aligned = { teacher: pair.teacher.analysis, student: pair.student.analysis, diff: pair.diff };
    this.folds = { ...this.folds, toggled: new Set() };
    this.hovered = undefined;
    this.hoveredUnit = undefined;
    this.openFlag = undefined;
    this.build();
    const divergence = pair.diff.divergence?.stepRow;
    const start = divergence === undefined ? undefined : this.rows[positionOf(this.rows, pair.diff, divergence)]?.key;
    this.selected = start ?? this.rows[0]?.key;
    if (place) this.openStep(stepRowOf(pair.diff, place.side, place.step));
  }

  private selectedStep(): { readonly side: SideName; readonly step: number } | undefined {
    const row = this.selectedRow;
    const step = row?.kind === "step" ? this.aligned?.diff.steps[row.stepRow] : undefined;
    const index = step?.[this.side] ?? step?.teacher ?? step?.student;
    if (!step || index === undefined) return undefined;
    return { side: step[this.side] === index ? this.side : step.teacher === index ? "teacher" : "student", step: index };
  }

  private build(): void {
    this.rows = this.aligned ? buildCompareRows(this.aligned, this.folds) : [];
  }

  setFolds(change: Partial<CompareFolds>): void {
    this.folds = { ...this.folds, ...change };
    this.build();
  }

  /** Folds or opens the row with a key. */
  toggle(key: string): void {
    const toggled = new Set(this.folds.toggled);
    if (!toggled.delete(key)) toggled.add(key);
    this.setFolds({ toggled });
  }

  /** Opens what hides a step row, selects it and gives its position; −1 when there is no such row. */
  openStep(stepRow: number): number {
    const { aligned } = this;
    if (!aligned || stepRow < 0) return -1;
    for (let last: string | undefined; ; ) {
      const fold = foldsAround(this.rows, aligned.diff, stepRow);
      if (fold === undefined || fold === last) break;
      this.toggle(fold);
      last = fold;
    }
    const position = positionOf(this.rows, aligned.diff, stepRow);
    this.selected = this.rows[position]?.key ?? this.selected;
    return position;
  }

  /** Position of the selected row, or −1. */
  get position(): number {
    return this.rows.findIndex((row) => row.key === this.selected);
  }

  get selectedRow(): CompareRow | undefined {
    return this.rows[this.position];
  }

  /** What the map raises. */
  marks(): MapMarks {
    const row = this.selectedRow;
    return {
      selected: row?.kind === "step" ? row.stepRow : undefined,
      hovered: this.hovered,
      unitRow: row?.kind === "units" ? row.unitRow : undefined,
      hoveredUnit: this.hoveredUnit,
    };
  }
}
