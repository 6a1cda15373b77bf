/** Which pairs of a list are chosen together, by click, with shift from one to another, and by keys. Pure. */
import type { PairRow } from "../../src/protocol/engine";
import type { PairRefs } from "./pairing";

/** Chosen pairs by {@link pairKey}, and the row from which shift extends. */
export interface PairSelection {
  readonly keys: ReadonlySet<string>;
  readonly anchor: number;
}

export const noSelection: PairSelection = { keys: new Set(), anchor: -1 };

/** A pair's name in a selection. */
export const pairKey = ({ teacher, student }: PairRefs): string =>
  [teacher, student].map(({ file, record, rollout }) => `${file}.${record}.${rollout}`).join(" ");

/** Adds a row or takes it out; it is where shift extends from then on. */
export function toggleRow(selection: PairSelection, rows: readonly PairRow[], index: number): PairSelection {
  const row = rows[index];
  if (!row) return selection;
  const keys = new Set(selection.keys);
  const key = pairKey(row);
  if (!keys.delete(key)) keys.add(key);
  return { keys, anchor: index };
}

/** Chooses all rows between the anchor and a row, both with it, and no others. */
export function extendTo(selection: PairSelection, rows: readonly PairRow[], index: number): PairSelection {
  const anchor = selection.anchor < 0 ? index : Math.min(selection.anchor, rows.length - 1);
  const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)];
  return { keys: new Set(rows.slice(Math.max(0, from), to + 1).map(pairKey)), anchor };
}

/** Chooses all rows; none when all are chosen already. */
export const toggleAll = (selection: PairSelection, rows: readonly PairRow[]): PairSelection =>
  rows.length > 0 && selection.keys.size === rows.length ? noSelection : { keys: new Set(rows.map(pairKey)), anchor: 0 };

/** Chosen pairs that are still in the list, in its order. */
export const chosenRows = (selection: PairSelection, rows: readonly PairRow[]): readonly PairRow[] =>
  selection.keys.size === 0 ? [] : rows.filter((row) => selection.keys.has(pairKey(row)));
