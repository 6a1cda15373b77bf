import { fail, ok, type Result } from "../result";
import type { Change, ReadProgress, RecordProvider, RecordText } from "./recordProvider";

/** A file of a folder. */
export interface FolderFile {
  /** Name within the folder. */
  readonly name: string;
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
}

/** What a folder of files needs of its surroundings. */
export interface FolderAccess {
  /** The files to read, in order. */
  list(): readonly FolderFile[];
  open(path: string): Result<RecordProvider>;
}

interface Shard {
  readonly file: FolderFile;
  readonly records: RecordProvider;
  /** Number that its first record has in the folder. */
  readonly first: number;
}

/** The records of several files as those of one, file by file. A file that cannot be opened is left out, with a notice. */
export class FolderRecords implements RecordProvider {
  readonly name: string;
  readonly container = "folder";
  readonly packing = undefined;
  readonly #access: FolderAccess;
  #files: readonly FolderFile[];
  #shards: Shard[] = [];
  /** Files that were opened, or could not be. */
  #taken = 0;
  #failures: string[] = [];

  private constructor(name: string, access: FolderAccess, files: readonly FolderFile[]) {
    this.name = name;
    this.#access = access;
    this.#files = files;
  }

  /** Codes: "no-records". */
  static open(name: string, access: FolderAccess): Result<FolderRecords> {
    const files = access.list();
    if (files.length === 0)
      return fail("no-records", `${name} holds no traces: there is no .jsonl, .ndjson, .parquet, .eval, .traj or .json file in it.`);
    return ok(new FolderRecords(name, access, files));
  }

  get count(): number {
    const last = this.#shards.at(-1);
    return last ? last.first + last.records.count : 0;
  }
  get done(): boolean {
    return this.#taken >= this.#files.length && (this.#shards.at(-1)?.records.done ?? true);
  }
  get progress(): ReadProgress {
    const sizeOf = (files: readonly FolderFile[]): number => files.reduce((sum, { size }) => sum + size, 0);
    const last = this.#shards.at(-1);
    const before = this.#files.slice(0, Math.max(0, this.#taken - 1));
    return {
      read: last && !last.records.done ? sizeOf(before) + last.records.progress.read : sizeOf(this.#files.slice(0, this.#taken)),
      total: sizeOf(this.#files),
    };
  }
  get bytesIndexed(): number {
    return this.#shards.reduce((sum, { records }) => sum + records.bytesIndexed, 0);
  }
  get notices(): readonly string[] {
    return [...this.#failures, ...this.#shards.flatMap(({ file, records }) => records.notices.map((notice) => `${file.name}: ${notice}`))];
  }
  get lastUnfinished(): boolean {
    return this.#shards.at(-1)?.records.lastUnfinished ?? false;
  }

  indexMore(maxBytes: number): boolean {
    const current = this.#shards.at(-1)?.records;
    if (current && !current.done) current.indexMore(maxBytes);
    else if (this.#taken < this.#files.length) this.#openNext();
    return !this.done;
  }

  arrival(): Promise<void> | undefined {
    const current = this.#shards.at(-1)?.records;
    return current?.done ? undefined : current?.arrival();
  }

  range(record: number): { readonly start: number; readonly end: number } {
    const { records, number } = this.#at(record);
    return records?.range(number) ?? { start: 0, end: 0 };
  }
  line(record: number): number {
    const { records, number } = this.#at(record);
    return records?.line(number) ?? 0;
  }
  hasLines(record: number): boolean {
    const { records, number } = this.#at(record);
    return records?.hasLines(number) ?? false;
  }
  key(record: number): string | undefined {
    const { records, number } = this.#at(record);
    return records?.key(number);
  }
  part(record: number): string | undefined {
    const { records, number, name } = this.#at(record);
    const inner = records?.part(number);
    return inner === undefined ? name : `${name}/${inner}`;
  }
  read(record: number, maxBytes?: number): RecordText {
    const { records, number } = this.#at(record);
    return records?.read(number, maxBytes) ?? { text: "", truncated: false, notices: [], failure: "There is no such record" };
  }
  around(record: number, maxBytes: number): { readonly before?: string; readonly after?: string } {
    const { records, number } = this.#at(record);
    return records?.around(number, maxBytes) ?? {};
  }

  /** Growth of the last file is growth; any other change of the folder means that it is read anew. */
  refresh(): Change {
    const files = this.#access.list();
    if (sameFiles(files, this.#files)) return "same";
    const last = this.#shards.at(-1);
    const onlyLast = files.length === this.#files.length && sameFiles(files.slice(0, -1), this.#files.slice(0, -1));
    const change =
      onlyLast && last && this.#taken === files.length && files.at(-1)?.path === last.file.path ? last.records.refresh() : "replaced";
    this.#files = files;
    if (change === "replaced") this.#startOver();
    return change;
  }

  close(): void {
    for (const { records } of this.#shards) records.close();
  }

  #startOver(): void {
    this.close();
    this.#shards = [];
    this.#taken = 0;
    this.#failures = [];
  }

  #openNext(): void {
    const file = this.#files[this.#taken];
    const first = this.count;
    this.#taken += 1;
    if (!file) return;
    const opened = this.#access.open(file.path);
    if (opened.ok) this.#shards.push({ file, records: opened.value, first });
    else this.#failures.push(`${file.name} is left out: ${opened.error.message}`);
  }

  /** The file that holds a record, and the record's number in it. */
  #at(record: number): { readonly records?: RecordProvider; readonly number: number; readonly name: string } {
    let low = 0;
    let high = this.#shards.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#shards[middle]?.first ?? 0) <= record) low = middle;
      else high = middle - 1;
    }
    const shard = this.#shards[low];
    return shard ? { records: shard.records, number: record - shard.first, name: shard.file.name } : { number: record, name: "" };
  }
}

const sameFiles = (a: readonly FolderFile[], b: readonly FolderFile[]): boolean =>
  a.length === b.length && a.every((file, i) => file.path === b[i]?.path && file.size === b[i]?.size);
