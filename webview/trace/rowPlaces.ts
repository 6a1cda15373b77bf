/** Which row stands for a place in the trace, and which places rows stand for. Pure. */
import type { Analysis } from "../../src/core/analysis";
import type { Goal } from "../state/goal";
import type { TokenRange } from "../strip/zoom";
import { headerHeight } from "./rowEstimate";
import { firstStepAt, type ReadRow, rowOfStep } from "./rows";

/** Index of the unit header that stands at the top: the last open one at or above the row `first`; −1 for none. */
export function stuckRow(rows: readonly ReadRow[], first: number): number {
  for (let index = Math.min(first, rows.length - 1); index >= 0; index -= 1) {
    const row = rows[index];
    if (row?.kind === "unit") return row.folded ? -1 : index;
    if (row?.kind === "heading" || row?.kind === "notice") return -1;
  }
  return -1;
}

/** Rows before which a unit ends. */
const pushes: ReadonlySet<ReadRow["kind"] | undefined> = new Set(["unit", "heading", "notice"]);

/** Top of the header that sticks, 0 or less in pixels: the next header pushes it out of the column. */
export function pushedBy(rows: readonly ReadRow[], placed: readonly PlacedRow[], stuck: number, scrollOffset: number): number {
  const next = placed.find(({ index }) => index > stuck && pushes.has(rows[index]?.kind));
  return next ? Math.min(0, Math.max(-headerHeight, next.start - scrollOffset - headerHeight)) : 0;
}

/** Index of the row that a goal means; −1 when there is none. */
export function goalRow(rows: readonly ReadRow[], analysis: Analysis, { step, unit, offset, field }: Goal): number {
  if (field !== undefined)
    return rows.findIndex((row) =>
      offset === undefined
        ? row.kind === "heading" && row.field === field
        : row.kind === "field" && row.field === field && row.start <= offset && row.end > offset,
    );
  if (offset !== undefined) {
    const piece = rows.findIndex((row) => row.kind === "step" && row.start <= offset && row.end > offset);
    return piece >= 0 ? piece : rowOfStep(rows, analysis, firstStepAt(analysis, offset));
  }
  if (unit !== undefined) return rows.findIndex((row) => row.kind === "unit" && row.unit === unit);
  return step === undefined ? -1 : rowOfStep(rows, analysis, step);
}

/** A row as it lies in the column, in pixels. */
interface PlacedRow {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

/** Tokens between two edges of the column, in pixels; undefined when no step lies there. `starts` holds the token at which each step starts. */
export function tokensInView(
  analysis: Analysis,
  starts: Float64Array,
  rows: readonly ReadRow[],
  placed: readonly PlacedRow[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
): TokenRange | undefined {
  let from: number | undefined;
  let to: number | undefined;
  for (const { index, start, end, size } of placed) {
    const tokens = rowTokens(analysis, starts, rows[index]);
    if (!tokens || end <= top || start >= bottom || size <= 0) continue;
    const width = tokens.to - tokens.from;
    from ??= tokens.from + (width * Math.max(0, top - start)) / size;
    to = tokens.from + (width * Math.min(size, bottom - start)) / size;
  }
  return from === undefined || to === undefined ? undefined : { from, to };
}

function rowTokens(analysis: Analysis, starts: Float64Array, row: ReadRow | undefined): TokenRange | undefined {
  if (!row) return undefined;
  const at = (step: number): number => starts[step] ?? 0;
  if (row.kind === "fold") return { from: at(row.firstStep), to: at(row.endStep) };
  if (row.kind === "unit" && row.folded) {
    const unit = analysis.units[row.unit];
    return unit ? { from: at(unit.firstStep), to: at(unit.endStep) } : undefined;
  }
  if (row.kind !== "step") return undefined;
  const step = analysis.steps[row.step];
  const length = step ? step.end - step.start : 0;
  if (!step || length === 0) return undefined;
  const tokens = step.tokens / length;
  return { from: at(row.step) + (row.start - step.start) * tokens, to: at(row.step) + (row.end - step.start) * tokens };
}
