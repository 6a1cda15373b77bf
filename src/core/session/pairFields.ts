/** Values of a field of the records, by which traces are joined. */

import type { Place } from "./pairPlaces";
import type { TraceFile } from "./traceFile";
import type { JoinKey } from "./types";

const prefix = "field:";
/** Records whose fields are offered. */
const recordsSampled = 20;

/** The field that a key names; undefined for the other keys. */
export const fieldOf = (key: "auto" | JoinKey): string | undefined => (key.startsWith(prefix) ? key.slice(prefix.length) : undefined);

/** The key that names a field. */
export const fieldKey = (field: string): JoinKey => `${prefix}${field}`;

interface Known {
  readonly generation: number;
  readonly values: Map<number, string>;
}

/** Values read so far. A record is read once for each field as long as its file does not change. */
export class FieldValues {
  readonly #known = new WeakMap<TraceFile, Map<string, Known>>();

  /** The values of places in their order, empty where the record has no such field; others are let in between. */
  async of(places: readonly Place[], field: string, breathe: () => Promise<void>): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { file, slot } of places) {
      const { values } = this.#of(file, field);
      const value = values.get(slot) ?? read(file, slot, field);
      values.set(slot, value);
      found.push(value);
      await breathe();
    }
    return found;
  }

  #of(file: TraceFile, field: string): Known {
    const fields = this.#known.get(file) ?? new Map<string, Known>();
    this.#known.set(file, fields);
    const known = fields.get(field);
    if (known?.generation === file.generation) return known;
    const fresh = { generation: file.generation, values: new Map<number, string>() };
    fields.set(field, fresh);
    return fresh;
  }
}

function read(file: TraceFile, slot: number, field: string): string {
  const { columns } = file;
  const value = file.load(columns.record(slot)).traces[columns.rollout(slot)]?.columns;
  return value && Object.hasOwn(value, field) ? String(value[field]) : "";
}

const sampled = new WeakMap<TraceFile, { readonly stamp: string; readonly names: ReadonlySet<string> }>();

/** Fields that the first records of both files have. */
export function commonFields(teacher: TraceFile, student: TraceFile): readonly string[] {
  const [ours, theirs] = [fieldsOf(teacher), fieldsOf(student)];
  return [...ours].filter((name) => theirs.has(name));
}

function fieldsOf(file: TraceFile): ReadonlySet<string> {
  const records = Math.min(recordsSampled, file.records.count);
  const stamp = `${file.generation}:${records}`;
  const known = sampled.get(file);
  if (known?.stamp === stamp) return known.names;
  const names = new Set<string>();
  for (let record = 0; record < records; record += 1) {
    for (const trace of file.load(record).traces) for (const name of Object.keys(trace.columns)) names.add(name);
  }
  sampled.set(file, { stamp, names });
  return names;
}
