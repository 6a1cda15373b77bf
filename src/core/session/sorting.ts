import type { TraceColumns } from "../dataset/columns";
import { flagCounts } from "./facts";
import type { TraceFile } from "./traceFile";
import type { SortKey } from "./types";

type Value = number | string | undefined;

const verdictOrder = { correct: 0, wrong: 1, unknown: 2 } as const;

const figure = (columns: TraceColumns, slot: number, value: () => number | undefined): number | undefined =>
  columns.kind(slot) === "trace" && columns.analysed(slot) ? value() : undefined;

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Integrity flags weigh more than a wrong answer, and that more than any share of redundant units, 0 to 1. */
function suspicion(columns: TraceColumns, slot: number): number {
  const [, , , , integrity = 0] = flagCounts(columns, slot);
  const redundant = columns.redundantUnits(slot) / Math.max(1, columns.units(slot) ?? 1);
  return Number(integrity > 0) * 4 + Number(columns.verdict(slot) === "wrong") * 2 + redundant;
}

const keys: Readonly<Record<Exclude<SortKey, "file">, { readonly analysed: boolean; of(columns: TraceColumns, slot: number): Value }>> = {
  verdict: { analysed: true, of: (columns, slot) => figure(columns, slot, () => verdictOrder[columns.verdict(slot) ?? "unknown"]) },
  id: { analysed: false, of: (columns, slot) => columns.id(slot).toLowerCase() },
  question: { analysed: false, of: (columns, slot) => columns.question(slot).toLowerCase() || undefined },
  model: { analysed: false, of: (columns, slot) => (columns.model(slot) || columns.variant(slot)).toLowerCase() || undefined },
  tokens: { analysed: true, of: (columns, slot) => figure(columns, slot, () => columns.tokens(slot)) },
  units: { analysed: true, of: (columns, slot) => figure(columns, slot, () => columns.units(slot)) },
  after: { analysed: true, of: (columns, slot) => figure(columns, slot, () => columns.after(slot)) },
  flags: { analysed: true, of: (columns, slot) => figure(columns, slot, () => sum(flagCounts(columns, slot))) },
  suspect: { analysed: true, of: (columns, slot) => figure(columns, slot, () => suspicion(columns, slot)) },
};

/** True when rows must be analysed before they can be sorted by the key. */
export const sortNeedsAnalysis = (key: SortKey): boolean => key !== "file" && keys[key].analysed;

/**
 * Compares slots by a key; equal ones keep the file's order. Rows without a value stand last in either direction. Numbers inside ids and questions are
 * compared as numbers.
 */
export function compareSlots(file: TraceFile, key: SortKey, descending: boolean): (a: number, b: number) => number {
  const { columns } = file;
  const sign = descending ? -1 : 1;
  const inFile = (a: number, b: number): number => columns.record(a) - columns.record(b) || columns.rollout(a) - columns.rollout(b);
  if (key === "file") return (a, b) => sign * inFile(a, b);
  const values = new Map<number, Value>();
  const valueAt = (slot: number): Value => {
    if (!values.has(slot)) values.set(slot, keys[key].of(columns, slot));
    return values.get(slot);
  };
  return (a, b) => {
    const one = valueAt(a);
    const other = valueAt(b);
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined) || inFile(a, b);
    return sign * compareValues(one, other) || inFile(a, b);
  };
}

function compareValues(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareNatural(String(a), String(b));
}

const digits = /\d+/g;

/** "step 9" before "step 10": the texts are equal up to a number, and the numbers differ. */
export function compareNatural(a: string, b: string): number {
  if (a === b) return 0;
  const padded = (text: string): string => text.replace(digits, (run) => run.padStart(16, "0"));
  const [one, other] = [padded(a), padded(b)];
  return one < other ? -1 : one > other ? 1 : a < b ? -1 : 1;
}
