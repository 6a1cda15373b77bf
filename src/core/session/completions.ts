import { grouped } from "../bytes/grouped";
import { type Qualifier, qualifierNamed, qualifiers } from "../dataset/qualifiers";
import type { FactValue } from "../dataset/query";
import { factsOf } from "./facts";
import type { TraceFile } from "./traceFile";
import type { Completion } from "./types";

/** Rows looked at for what a qualifier holds; more would keep the reader waiting. */
const rowsCounted = 20_000;
const bins = 20;
const valuesShown = 30;
/** Records whose own columns are offered as names. */
const recordsSampled = 5;

/** What is under the cursor: a name being written, or a value after `name:`. */
interface Place {
  readonly name: string | undefined;
  readonly written: string;
  readonly start: number;
}

function placeAt(query: string, cursor: number): Place {
  const word = /\S*$/.exec(query.slice(0, cursor))?.[0] ?? "";
  const body = word.replace(/^-/, "");
  const colon = body.indexOf(":");
  if (colon < 0) return { name: undefined, written: body, start: cursor - body.length };
  const value = body.slice(colon + 1);
  const last = value.slice(value.lastIndexOf(",") + 1);
  return { name: body.slice(0, colon), written: last, start: cursor - last.length };
}

/** Completions of the query at the cursor, with what the given rows hold of each. Qualifiers of pairs come last: rows hold nothing of them. */
export function completeQuery(file: TraceFile, slots: ArrayLike<number>, query: string, cursor: number): Completion[] {
  const place = placeAt(query, Math.min(Math.max(0, cursor), query.length));
  const end = Math.min(Math.max(0, cursor), query.length);
  if (place.name === undefined) return completeName(file, slots, place, end);
  return completeValue(file, slots, place.name, place, end);
}

function completeName(file: TraceFile, slots: ArrayLike<number>, place: Place, end: number): Completion[] {
  const wanted = place.written.toLowerCase();
  const fitting = qualifiers.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const own = [...fitting.filter(({ on }) => on !== "pairs"), ...fitting.filter(({ on }) => on === "pairs")];
  const columns = columnNames(file).filter((name) => !qualifierNamed(name) && name.toLowerCase().startsWith(wanted));
  return [
    ...own.map((qualifier) => nameCompletion(file, slots, qualifier, place, end)),
    ...columns.map((name) => nameCompletion(file, slots, columnQualifier(file, name), place, end)),
  ];
}

/** Columns of the first records that can be written as a name. */
function columnNames(file: TraceFile): string[] {
  const names = new Set<string>();
  for (let record = 0; record < Math.min(recordsSampled, file.records.count); record++) {
    for (const trace of file.load(record).traces) for (const name of Object.keys(trace.columns)) names.add(name);
  }
  return [...names].filter((name) => /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name));
}

function columnQualifier(file: TraceFile, name: string): Qualifier {
  const value = file.load(0).traces[0]?.columns[name];
  const kind = typeof value === "number" ? "number" : "text";
  return { name, kind, meaning: "field of the record", example: `${name}:${value ?? "value"}`, on: "traces" };
}

function nameCompletion(file: TraceFile, slots: ArrayLike<number>, qualifier: Qualifier, place: Place, end: number): Completion {
  const spread = spreadOf(file, slots, qualifier.name);
  return {
    insert: `${qualifier.name}:`,
    start: place.start,
    end,
    label: `${qualifier.name}:`,
    detail: qualifier.meaning,
    holds: holdsOf(spread),
    ...(spread.numbers.length > 0 ? { histogram: histogramOf(spread.numbers) } : {}),
    example: qualifier.example,
  };
}

function completeValue(file: TraceFile, slots: ArrayLike<number>, name: string, place: Place, end: number): Completion[] {
  const qualifier = qualifierNamed(name) ?? columnQualifier(file, name);
  const spread = spreadOf(file, slots, name);
  const wanted = place.written.toLowerCase();
  if (spread.numbers.length > 0) return wanted === "" ? [numberCompletion(qualifier, spread, place, end)] : [];
  const counted = [...spread.counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
  const values = [...new Set([...(qualifier.choices ?? []), ...counted])].filter((value) => value.toLowerCase().startsWith(wanted));
  return values.slice(0, valuesShown).map((value) => ({
    insert: /[\s",]/.test(value) ? JSON.stringify(value) : value,
    start: place.start,
    end,
    label: value,
    detail: qualifier.meaning,
    holds: `${grouped(countOf(spread, value))} of ${grouped(spread.rows)}`,
    example: qualifier.example,
  }));
}

function numberCompletion(qualifier: Qualifier, spread: Spread, place: Place, end: number): Completion {
  const histogram = histogramOf(spread.numbers);
  return {
    insert: `>${round(histogram.median)}`,
    start: place.start,
    end,
    label: `>${round(histogram.median)}`,
    detail: `${qualifier.meaning}, above the median`,
    holds: holdsOf(spread),
    histogram,
    example: qualifier.example,
  };
}

/** What rows hold of a qualifier. */
interface Spread {
  readonly rows: number;
  /** Rows that have a value. */
  readonly present: number;
  readonly numbers: readonly number[];
  readonly counts: ReadonlyMap<string, number>;
}

function spreadOf(file: TraceFile, slots: ArrayLike<number>, name: string): Spread {
  const numbers: number[] = [];
  const counts = new Map<string, number>();
  const qualifier = qualifierNamed(name);
  const most = qualifier ? rowsCounted : rowsCounted / 100;
  const rows = qualifier?.on === "pairs" ? 0 : Math.min(slots.length, most);
  let present = 0;
  for (let i = 0; i < rows; i++) {
    const value = factsOf(file, slots[i] ?? 0).value(name);
    if (!isPresent(value)) continue;
    present += 1;
    if (typeof value === "number") numbers.push(value);
    else for (const item of typeof value === "object" ? value : [String(value)]) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return { rows, present, numbers: numbers.sort((a, b) => a - b), counts };
}

const isPresent = (value: FactValue | undefined): value is FactValue =>
  value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

/** A choice may be written short: "unclosed" for "unclosed-think". */
function countOf(spread: Spread, choice: string): number {
  let count = 0;
  for (const [value, times] of spread.counts) if (value === choice || value.startsWith(`${choice}-`)) count += times;
  return count;
}

function holdsOf(spread: Spread): string {
  const low = spread.numbers[0];
  const high = spread.numbers.at(-1);
  if (low !== undefined && high !== undefined) return low === high ? round(low) : `${round(low)} to ${round(high)}`;
  return `${grouped(spread.present)} of ${grouped(spread.rows)}`;
}

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 0));

function histogramOf(sorted: readonly number[]): NonNullable<Completion["histogram"]> {
  const min = sorted[0] ?? 0;
  const max = sorted.at(-1) ?? 0;
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted) {
    const bin = max === min ? 0 : Math.min(bins - 1, Math.floor(((value - min) / (max - min)) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { min, max, median: sorted[Math.floor(sorted.length / 2)] ?? 0, bins: counts };
}
