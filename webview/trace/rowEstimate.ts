/** How high a row will be, before it is drawn. */
import type { Trace } from "../../src/core/trace";
import { fieldText, type ReadRow } from "./rows";

/** Height of a unit header, pixels. */
export const headerHeight = 28;

const fixed: Partial<Record<ReadRow["kind"], number>> = { unit: headerHeight, fold: 30, heading: headerHeight, notice: 50, peek: 140 };

/** Pixels a row will need, from its length alone. */
export function estimateRow(row: ReadRow | undefined, trace: Trace | undefined): number {
  if (!row || !trace) return headerHeight;
  if (row.kind !== "step" && row.kind !== "field") return fixed[row.kind] ?? headerHeight;
  const text = row.kind === "step" ? trace.text : fieldText(trace, row.field);
  const breaks = lineBreaks(text, row.start, Math.min(row.end, row.start + 4000)) * 0.5;
  return 14 + 21 * Math.ceil((row.end - row.start) / 84 + breaks);
}

/** Runs of line breaks in a stretch: looked for, not matched, since every row of a long trace is estimated at once. */
function lineBreaks(text: string, start: number, end: number): number {
  let found = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 2)) found += 1;
  return found;
}
