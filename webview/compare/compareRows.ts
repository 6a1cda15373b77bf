/** The side-by-side column as a list of rows: pure, so that folding and navigation can be tested without a page. */
import type { Analysis } from "../../src/core/analysis";
import { indicesOf, type StepRow, type TraceDiff, type UnitRow } from "../../src/core/compare/traceDiff";

/** The two analyses and how they align. */
export interface Aligned {
  readonly teacher: Analysis;
  readonly student: Analysis;
  readonly diff: TraceDiff;
}

/** A row. `key` is stable while folds change. Indices are those of {@link TraceDiff}. */
export type CompareRow =
  | { readonly kind: "units"; readonly key: string; readonly unitRow: number; readonly folded: boolean; readonly foldable: boolean }
  /** Two or more neighbouring units that stand on one side only, shown as one row. */
  | { readonly kind: "lone-units"; readonly key: string; readonly firstUnitRow: number; readonly endUnitRow: number }
  /** Step rows shown as one row. `lone`: all of them stand on one side. */
  | { readonly kind: "fold"; readonly key: string; readonly stepRows: readonly number[]; readonly lone: boolean }
  | { readonly kind: "step"; readonly key: string; readonly stepRow: number; readonly gapTokens: number }
  | { readonly kind: "divergence"; readonly key: string }
  /** Where the student's step stood that a `moved` row shows elsewhere. */
  | { readonly kind: "moved-from"; readonly key: string; readonly stepRow: number };

/** What is folded: matched rows by default, and what the reader opened or folded against that, by row key. */
export interface CompareFolds {
  readonly foldMatched: boolean;
  readonly toggled: ReadonlySet<string>;
}

/** Matched rows at least this alike need no reading and may fold. */
const alike = 0.9;
/** Rows kept in view before the first divergence. */
const context = 1;
/** Fewer rows than this do not fold. */
const shortestFold = 2;

/** True for a row with a step on both sides. */
export const isMatched = (row: Pick<StepRow, "teacher" | "student">): boolean => row.teacher !== undefined && row.student !== undefined;

/** Step rows of each unit row, in order. */
export function stepRowsByUnit(diff: TraceDiff): readonly (readonly number[])[] {
  const groups: number[][] = diff.units.map(() => []);
  diff.steps.forEach((row, index) => {
    groups[row.unitRow]?.push(index);
  });
  return groups;
}

/** All rows of a comparison. */
export function buildCompareRows(aligned: Aligned, folds: CompareFolds): CompareRow[] {
  const builder = new RowBuilder(aligned, folds);
  return builder.build();
}

class RowBuilder {
  private readonly rows: CompareRow[] = [];
  private readonly groups: readonly (readonly number[])[];
  private readonly movedFrom: ReadonlyMap<number, readonly number[]>;
  private readonly divergence: number;
  private divergenceDrawn = false;

  constructor(
    private readonly aligned: Aligned,
    private readonly folds: CompareFolds,
  ) {
    this.groups = stepRowsByUnit(aligned.diff);
    this.movedFrom = movedPlaces(aligned.diff);
    this.divergence = aligned.diff.divergence?.stepRow ?? -1;
  }

  build(): CompareRow[] {
    const { units } = this.aligned.diff;
    let index = 0;
    while (index < units.length) {
      const end = this.loneRun(index);
      const key = `g${index}`;
      if (end - index >= shortestFold && this.folds.foldMatched !== this.folds.toggled.has(key)) {
        this.drawDivergence(this.groups.slice(index, end).flat());
        this.rows.push({ kind: "lone-units", key, firstUnitRow: index, endUnitRow: end });
        index = end;
      } else {
        this.unit(index);
        index += 1;
      }
    }
    return this.rows;
  }

  /** End of the run of units from `first` on that all stand on the same side only. */
  private loneRun(first: number): number {
    const { units } = this.aligned.diff;
    const side = loneSide(units[first]);
    let end = first;
    while (side !== undefined && end < units.length && loneSide(units[end]) === side) end += 1;
    return end;
  }

  private unit(unitRow: number): void {
    const steps = this.groups[unitRow] ?? [];
    const key = `u${unitRow}`;
    const folded = this.foldsByDefault(unitRow, steps) !== this.folds.toggled.has(key);
    if (folded) this.drawDivergence(steps);
    this.rows.push({ kind: "units", key, unitRow, folded, foldable: steps.length > 0 });
    if (folded) return;
    const lone = loneSide(this.aligned.diff.units[unitRow]) !== undefined;
    for (const run of this.runs(steps, lone)) this.run(run, lone);
  }

  private foldsByDefault(unitRow: number, steps: readonly number[]): boolean {
    if (!this.folds.foldMatched || steps.length === 0) return false;
    if (loneSide(this.aligned.diff.units[unitRow]) !== undefined) return true;
    return steps.length >= shortestFold && steps.every((step) => this.isQuiet(step));
  }

  /** A row the reader may skip: before the divergence, or matched and nearly the same. */
  private isQuiet(index: number): boolean {
    const row = this.aligned.diff.steps[index];
    if (!row || row.kind === "moved") return false;
    if (this.divergence >= 0 && index < this.divergence) return index < this.divergence - context;
    return index !== this.divergence && isMatched(row) && (row.kind === "same" || row.similarity >= alike);
  }

  /** Cuts step rows into runs that fold and rows that do not. */
  private runs(steps: readonly number[], loneUnit: boolean): Run[] {
    const runs: Run[] = [];
    for (const step of steps) {
      const kind = this.runKind(step, loneUnit);
      const last = runs.at(-1);
      if (last && last.kind === kind && kind !== "open") last.steps.push(step);
      else runs.push({ kind, steps: [step] });
    }
    return runs;
  }

  private runKind(index: number, loneUnit: boolean): Run["kind"] {
    const row = this.aligned.diff.steps[index];
    if (!row || !this.folds.foldMatched) return "open";
    if (this.isQuiet(index)) return "quiet";
    if (isMatched(row) || loneUnit || index === this.divergence) return "open";
    return row.teacher === undefined ? "student" : "teacher";
  }

  private run({ kind, steps }: Run, loneUnit: boolean): void {
    const first = steps[0];
    if (first === undefined) return;
    const key = `r${first}`;
    if (kind !== "open" && steps.length >= shortestFold && !this.folds.toggled.has(key)) {
      this.drawDivergence(steps);
      this.rows.push({ kind: "fold", key, stepRows: steps, lone: this.isLone(steps) });
      for (const step of steps) this.drawMoved(step);
      return;
    }
    for (const step of steps) this.step(step, loneUnit ? 0 : this.gapTokens(step, kind !== "open" && step === first));
  }

  private isLone(steps: readonly number[]): boolean {
    const rows = steps.map((step) => this.aligned.diff.steps[step]);
    return rows.every((row) => row?.teacher === undefined) || rows.every((row) => row?.student === undefined);
  }

  private step(index: number, gapTokens: number): void {
    this.drawDivergence([index]);
    this.rows.push({ kind: "step", key: `s${index}`, stepRow: index, gapTokens });
    this.drawMoved(index);
  }

  /** Tokens of the one-sided rows from here on, of the first one alone where the traces part; 0 on a row that is not the first of those drawn. */
  private gapTokens(index: number, startsRun: boolean): number {
    const { steps } = this.aligned.diff;
    const side = loneSide(steps[index]);
    const belongs = (at: number): boolean =>
      loneSide(steps[at]) === side &&
      steps[at]?.unitRow === steps[index]?.unitRow &&
      this.isQuiet(at) === this.isQuiet(index) &&
      (at === this.divergence) === (index === this.divergence);
    if (side === undefined || (belongs(index - 1) && !startsRun)) return 0;
    let tokens = 0;
    for (let at = index; belongs(at); at++) tokens += this.aligned[side].steps[steps[at]?.[side] ?? -1]?.tokens ?? 0;
    return tokens;
  }

  private drawDivergence(steps: readonly number[]): void {
    if (this.divergenceDrawn || this.divergence < 0 || !steps.includes(this.divergence)) return;
    this.divergenceDrawn = true;
    this.rows.push({ kind: "divergence", key: "divergence" });
  }

  private drawMoved(index: number): void {
    for (const moved of this.movedFrom.get(index) ?? []) this.rows.push({ kind: "moved-from", key: `m${moved}`, stepRow: moved });
  }
}

interface Run {
  readonly kind: "quiet" | "teacher" | "student" | "open";
  readonly steps: number[];
}

/** The side on which a row stands alone; undefined for a matched row. */
export function loneSide(row: StepRow | UnitRow | undefined): "teacher" | "student" | undefined {
  if (!row || (row.teacher !== undefined && row.student !== undefined)) return undefined;
  return row.teacher !== undefined ? "teacher" : row.student !== undefined ? "student" : undefined;
}

/** The step row that holds a step of one side; −1 when there is none. */
export const stepRowOf = (diff: TraceDiff, side: "teacher" | "student", step: number): number =>
  diff.steps.findIndex((row) => indicesOf(row, side).includes(step));

/** Moved rows by the row after which their student step stood: the row that shows the student step before it. */
function movedPlaces(diff: TraceDiff): ReadonlyMap<number, readonly number[]> {
  const rowOfStudent = new Map<number, number>();
  diff.steps.forEach((row, index) => {
    if (row.kind !== "moved") for (const step of indicesOf(row, "student")) rowOfStudent.set(step, index);
  });
  const places = new Map<number, number[]>();
  diff.steps.forEach((row, index) => {
    if (row.kind !== "moved" || row.student === undefined) return;
    let before = row.student - 1;
    while (before >= 0 && !rowOfStudent.has(before)) before -= 1;
    const place = rowOfStudent.get(before) ?? 0;
    places.set(place, [...(places.get(place) ?? []), index]);
  });
  return places;
}

/** Where the two traces part: first rows of runs without a match, moved rows, and the first divergence; ascending step rows. */
export function differences(diff: TraceDiff): number[] {
  const found = new Set<number>();
  if (diff.divergence) found.add(diff.divergence.stepRow);
  diff.steps.forEach((row, index) => {
    const before = diff.steps[index - 1];
    if (row.kind === "moved" ? before?.kind !== "moved" : loneSide(row) !== undefined && loneSide(before) === undefined) found.add(index);
  });
  return [...found].sort((a, b) => a - b);
}

/** Position in `rows` of the row that shows a step row: itself, or the fold that hides it; −1 when there is none. */
export function positionOf(rows: readonly CompareRow[], diff: TraceDiff, stepRow: number): number {
  const unitRow = diff.steps[stepRow]?.unitRow ?? -1;
  return rows.findIndex(
    (row) =>
      (row.kind === "step" && row.stepRow === stepRow) ||
      (row.kind === "fold" && row.stepRows.includes(stepRow)) ||
      (row.kind === "units" && row.folded && row.unitRow === unitRow) ||
      (row.kind === "lone-units" && unitRow >= row.firstUnitRow && unitRow < row.endUnitRow),
  );
}

/** Keys of the folds that hide a step row, outermost first: toggle them to bring it on screen. */
export function foldsAround(rows: readonly CompareRow[], diff: TraceDiff, stepRow: number): string | undefined {
  const row = rows[positionOf(rows, diff, stepRow)];
  return row === undefined || row.kind === "step" ? undefined : row.key;
}
