/** Where the reader stands once a scroll has come to rest. Pure. */
import type { ReadRow } from "./rows";

/** A row as it lies in the column, in pixels. */
interface PlacedRow {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** The step to select after a scroll: the first between two edges, in pixels; undefined while the selected one is among them, or none is. */
export function stepAfterScroll(
  rows: readonly ReadRow[],
  placed: readonly PlacedRow[],
  { top, bottom }: { readonly top: number; readonly bottom: number },
  selected: number | undefined,
): number | undefined {
  const onScreen = placed.filter(({ start, end }) => end > top && start < bottom);
  const steps = onScreen.flatMap(({ index }) => {
    const row = rows[index];
    return row?.kind === "step" ? [row.step] : [];
  });
  return selected !== undefined && steps.includes(selected) ? undefined : steps[0];
}
