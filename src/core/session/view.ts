import { type Condition, holds, matches, parseQuery, type Query } from "../dataset/query";
import { factsOf, needsAnalysis, searchText } from "./facts";
import { GrowingUint32 } from "./growing";
import { compareSlots, sortNeedsAnalysis } from "./sorting";
import type { TraceFile } from "./traceFile";
import type { ViewInfo, ViewRequest } from "./types";

/** A sorted view is sorted anew when it has grown by this share, or is complete. */
const resortGrowth = 1.1;

/** One row of a view: its record and rollout, and its slot when the record is read. */
export interface ViewRow {
  readonly record: number;
  readonly rollout: number;
}

/**
 * A filtered and sorted list of a file's traces. It goes through the file from front to back as far as what it asks for is known; the view of everything
 * in file order holds no list at all.
 */
export class View {
  readonly id: number;
  readonly file: TraceFile;
  readonly request: ViewRequest;
  readonly query: Query;
  /** Matching slots in file order. */
  readonly #found = new GrowingUint32(256);
  #sorted: Uint32Array | undefined;
  #sortedAt = 0;
  #generation: number;
  /** Records looked at. */
  #cursor = 0;
  #without: number[] = [];
  readonly #whole: boolean;
  readonly #needsAnalysis: boolean;

  constructor(id: number, file: TraceFile, request: ViewRequest) {
    this.id = id;
    this.file = file;
    this.request = request;
    this.query = parseQuery(request.query, request);
    this.#generation = file.generation;
    this.#whole = this.query.conditions.length === 0 && request.sort.key === "file";
    this.#needsAnalysis =
      sortNeedsAnalysis(request.sort.key) ||
      this.query.conditions.some((condition) => condition.name !== undefined && needsAnalysis(condition.name));
  }

  /** True when the whole file is looked at. */
  get complete(): boolean {
    this.#checkGeneration();
    const { records, rows } = this.file;
    if (!records.done) return false;
    return this.#whole ? !this.file.hasTraces || rows.read >= records.count : this.#cursor >= records.count;
  }

  get rows(): number {
    this.#checkGeneration();
    if (this.#whole) return this.file.rows.total(this.file.records.count);
    return this.#order().length;
  }

  info(): ViewInfo {
    const rows = this.rows;
    return {
      id: this.id,
      rows,
      total: this.file.rows.total(this.file.records.count),
      complete: this.complete,
      errors: this.query.errors,
      without: rows === 0 ? this.query.conditions.map((condition, i) => this.#withoutCondition(condition, i)) : [],
    };
  }

  /** Rows `[start, start + count)`. Their records are read, so that the positions on the page agree with what is in them. */
  page(start: number, count: number): ViewRow[] {
    this.#checkGeneration();
    const rows: ViewRow[] = [];
    for (let at = Math.max(0, start); at < start + count; at++) {
      const row = this.#readAt(at);
      if (!row) break;
      rows.push(row);
    }
    return rows;
  }

  /** Position of a trace, or −1. */
  locate(record: number, rollout: number): number {
    this.#checkGeneration();
    if (this.#whole) return this.#locateWhole(record, rollout);
    const slot = this.file.slotOf(record, rollout);
    return slot < 0 ? -1 : this.#order().indexOf(slot);
  }

  /** Slots of the rows known so far, for counting. */
  slots(): readonly number[] | Uint32Array {
    this.#checkGeneration();
    if (!this.#whole) return this.#order();
    return Array.from({ length: this.file.columns.count }, (_, slot) => slot).filter((slot) => this.file.columns.kind(slot) !== "dead");
  }

  /** Looks at more records until `enough`, as far as what it asks for is known. True when it has looked at any. */
  advance(enough: () => boolean): boolean {
    this.#checkGeneration();
    if (this.#whole) return false;
    const before = this.#cursor;
    // Where no record is a trace, nothing is analysed, and nothing more will be known.
    const wait = this.#needsAnalysis && this.file.hasTraces;
    while (this.#cursor < this.file.records.count && !(wait && !this.file.isAnalysed(this.#cursor))) {
      this.file.importOnly(this.#cursor);
      this.#look(this.#cursor);
      this.#cursor += 1;
      if (enough()) break;
    }
    return this.#cursor > before;
  }

  #look(record: number): void {
    const first = this.file.rows.firstSlot(record);
    for (let i = 0; i < this.file.rows.rowsOf(record); i++) {
      const slot = first + i;
      const facts = factsOf(this.file, slot);
      const text = () => searchText(this.file, slot);
      if (matches(this.query, facts, text)) this.#found.push(slot);
      else if (this.#found.length === 0 && this.query.conditions.length > 1) this.#countWithout(slot);
    }
  }

  /** Counts a row for the one condition it fails, if it fails only one. */
  #countWithout(slot: number): void {
    let failed = -1;
    for (const [i, condition] of this.query.conditions.entries()) {
      if (holds(this.query, condition, factsOf(this.file, slot), () => searchText(this.file, slot))) continue;
      if (failed >= 0) return;
      failed = i;
    }
    this.#without[failed] = (this.#without[failed] ?? 0) + 1;
  }

  #withoutCondition(condition: Condition, at: number): { condition: string; rows: number } {
    const alone = this.query.conditions.length === 1;
    const rows = alone ? this.file.rows.total(this.file.records.count) : (this.#without[at] ?? 0);
    return { condition: this.query.text.slice(condition.start, condition.end), rows };
  }

  #order(): Uint32Array {
    const { key, descending } = this.request.sort;
    if (key === "file" && !descending) return this.#found.values();
    const grown =
      this.#found.length >= this.#sortedAt * resortGrowth ||
      (this.#cursor >= this.file.records.count && this.#found.length > this.#sortedAt);
    if (this.#sorted && (this.#found.length === this.#sortedAt || !grown)) return this.#sorted;
    this.#sorted = this.#found
      .values()
      .slice()
      .sort(compareSlots(this.file, key, descending));
    this.#sortedAt = this.#found.length;
    return this.#sorted;
  }

  /** Reading a record may show that it has more or fewer rows than assumed, which moves the rows after it. */
  #readAt(position: number): ViewRow | undefined {
    for (;;) {
      const row = this.#at(position);
      if (!row || this.file.rows.firstSlot(row.record) >= 0) return row;
      this.file.importOnly(row.record);
    }
  }

  #at(position: number): ViewRow | undefined {
    const { file } = this;
    if (this.#whole) {
      const { count } = file.records;
      return file.rows.at(this.request.sort.descending ? file.rows.total(count) - 1 - position : position, count);
    }
    const slot = this.#order()[position];
    return slot === undefined ? undefined : { record: file.columns.record(slot), rollout: file.columns.rollout(slot) };
  }

  #locateWhole(record: number, rollout: number): number {
    const { rows, records } = this.file;
    if (record < 0 || record >= records.count || rollout < 0 || rollout >= rows.rowsOf(record)) return -1;
    const row = rows.rowOf(record) + rollout;
    return this.request.sort.descending ? rows.total(records.count) - 1 - row : row;
  }

  /** Starts over when slots lost their meaning. */
  #checkGeneration(): void {
    if (this.#generation === this.file.generation) return;
    this.#generation = this.file.generation;
    this.#found.clear();
    this.#sorted = undefined;
    this.#sortedAt = 0;
    this.#cursor = 0;
    this.#without = [];
  }
}
