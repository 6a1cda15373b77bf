import { GrowingUint32 } from "./growing";

/** Records a block of the running sums. */
const blockRecords = 1024;

/**
 * Which rows a record has. A record holds as many rows as it has rollouts; one that is not read yet counts as having `assumed` of them, so positions
 * are corrected while the file is read.
 */
export class RowMap {
  /** Rows of a record that is not read yet. */
  readonly assumed: number;
  /** First slot of a record plus 1; 0 when it is not read. */
  readonly #firstSlots = new GrowingUint32();
  readonly #rows = new GrowingUint32();
  /** Rows that the read records of a block have beyond those assumed. */
  readonly #surplus: number[] = [];
  #totalSurplus = 0;
  /** Records that are read. */
  read = 0;

  constructor(assumed: number) {
    this.assumed = Math.max(1, assumed);
  }

  /** First slot of a record, or −1 when it is not read. Its other rollouts have the slots after it. */
  firstSlot(record: number): number {
    return this.#firstSlots.get(record) - 1;
  }

  rowsOf(record: number): number {
    return this.#firstSlots.get(record) === 0 ? this.assumed : this.#rows.get(record);
  }

  /** A record was read. */
  set(record: number, firstSlot: number, rows: number): void {
    this.forget(record);
    this.#firstSlots.set(record, firstSlot + 1);
    this.#rows.set(record, rows);
    this.read += 1;
    this.#addSurplus(record, rows - this.assumed);
  }

  /** A record counts as unread again. */
  forget(record: number): void {
    if (this.#firstSlots.get(record) === 0) return;
    this.#addSurplus(record, this.assumed - this.#rows.get(record));
    this.#firstSlots.set(record, 0);
    this.read -= 1;
  }

  /** Rows of the first `records` records. */
  total(records: number): number {
    return records * this.assumed + this.#totalSurplus;
  }

  /** Row of a record's first rollout. */
  rowOf(record: number): number {
    const block = Math.floor(record / blockRecords);
    let row = record * this.assumed;
    for (let i = 0; i < block; i++) row += this.#surplus[i] ?? 0;
    for (let i = block * blockRecords; i < record; i++) row += this.rowsOf(i) - this.assumed;
    return row;
  }

  /** The record and rollout of a row; undefined beyond the first `records` records. */
  at(row: number, records: number): { readonly record: number; readonly rollout: number } | undefined {
    if (row < 0 || row >= this.total(records)) return undefined;
    let left = row;
    let record = 0;
    for (let block = 0; record < records; block++) {
      const inBlock = blockRecords * this.assumed + (this.#surplus[block] ?? 0);
      if (left < inBlock || record + blockRecords >= records) break;
      left -= inBlock;
      record += blockRecords;
    }
    for (; record < records; record++) {
      const rows = this.rowsOf(record);
      if (left < rows) return { record, rollout: left };
      left -= rows;
    }
    return undefined;
  }

  #addSurplus(record: number, change: number): void {
    const block = Math.floor(record / blockRecords);
    while (this.#surplus.length <= block) this.#surplus.push(0);
    this.#surplus[block] = (this.#surplus[block] ?? 0) + change;
    this.#totalSurplus += change;
  }
}
