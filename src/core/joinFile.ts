import { parseRecord } from "./bytes/parseRecord";
import type { RecordProvider } from "./container/recordProvider";
import { isObject, place, scalarText } from "./import/access";
import { idNames } from "./import/fields";
import type { Json, JsonObject } from "./trace";

/**
 * A second file that holds what the first one leaves out: questions, references. Its records join by a field that names a record in both (`id`,
 * `unique_id`…), else by their number.
 */
export class JoinFile {
  readonly name: string;
  readonly #records: RecordProvider;
  /** Field that names records, as it stands in this file; undefined when records join by number. Decided by the first record asked for. */
  #by: { readonly field: string; readonly numbers: ReadonlyMap<string, number> } | "number" | undefined;

  private constructor(records: RecordProvider) {
    this.name = records.name;
    this.#records = records;
  }

  /** Reads where the records of the file are. */
  static async open(records: RecordProvider): Promise<JoinFile> {
    while (records.indexMore(1 << 24)) await records.arrival();
    return new JoinFile(records);
  }

  get count(): number {
    return this.#records.count;
  }

  /** How records are joined: a field's name, or "number". */
  get by(): string {
    return typeof this.#by === "object" ? this.#by.field : "number";
  }

  /** The record of this file that belongs to a record of the other; undefined when there is none, or it is no object. */
  of(record: number, value: Json): JsonObject | undefined {
    const own = isObject(value) ? value : {};
    this.#by ??= this.#chooseKey(own);
    if (this.#by === "number") return this.#read(record);
    const id = idOf(own, this.#by.field);
    const number = id === undefined ? undefined : this.#by.numbers.get(id);
    return number === undefined ? undefined : this.#read(number);
  }

  /** The first field of both files that names every record of this one differently, and the given record as one of them. */
  #chooseKey(value: JsonObject): { readonly field: string; readonly numbers: ReadonlyMap<string, number> } | "number" {
    const first = this.#read(0) ?? {};
    for (const field of idNames) {
      const wanted = idOf(value, field);
      if (wanted === undefined || idOf(first, field) === undefined) continue;
      const numbers = this.#numbersBy(field);
      if (numbers?.has(wanted)) return { field, numbers };
    }
    return "number";
  }

  #numbersBy(field: string): ReadonlyMap<string, number> | undefined {
    const numbers = new Map<string, number>();
    for (let record = 0; record < this.count; record++) {
      const id = idOf(this.#read(record) ?? {}, field);
      if (id === undefined) continue;
      if (numbers.has(id)) return undefined;
      numbers.set(id, record);
    }
    return numbers;
  }

  #read(record: number): JsonObject | undefined {
    if (record < 0 || record >= this.count) return undefined;
    const parsed = parseRecord(this.#records.read(record).text);
    return parsed.ok && isObject(parsed.value.value) ? parsed.value.value : undefined;
  }

  close(): void {
    this.#records.close();
  }
}

const idOf = (record: JsonObject, field: string): string | undefined => scalarText(place(record, field)?.value);
