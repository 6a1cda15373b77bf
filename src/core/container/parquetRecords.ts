import type { FileMetaData } from "hyparquet";
import type { ByteSource } from "../bytes/byteSource";
import { decodeUtf8 } from "../bytes/decode";
import { maxRecordBytes } from "../bytes/records";
import { ok, type Result } from "../result";
import { ByteCache } from "../session/byteCache";
import type { Notice } from "../trace";
import type { Codecs } from "./codecs";
import { type Row, type RowBlock, readBlock, readFooter, rowBlocks } from "./parquetGroups";
import { type Change, type ReadProgress, type RecordProvider, type RecordText, textAround } from "./recordProvider";

/** Decoded blocks are kept up to this many bytes, as the file counts them; the last one always. */
const cacheBytes = 64 << 20;

/** The rows of a Parquet file, each as a JSON object. Row groups are decoded when a row of theirs is asked for. */
export class ParquetRecords implements RecordProvider {
  readonly name: string;
  readonly done = true;
  readonly container = "parquet";
  readonly packing = undefined;
  readonly notices: readonly string[] = [];
  readonly lastUnfinished = false;
  readonly #source: ByteSource;
  readonly #codecs: Codecs;
  readonly #cache = new ByteCache<RowBlock, readonly Row[] | string>(cacheBytes);
  #metadata: FileMetaData;
  #blocks: readonly RowBlock[];
  #size: number;

  private constructor(source: ByteSource, codecs: Codecs, metadata: FileMetaData) {
    this.name = source.name;
    this.#source = source;
    this.#codecs = codecs;
    this.#metadata = metadata;
    this.#blocks = rowBlocks(metadata);
    this.#size = source.size();
  }

  /** Reads the file's footer. Codes: "damaged". */
  static open(source: ByteSource, codecs: Codecs): Result<ParquetRecords> {
    const metadata = readFooter(source);
    return metadata.ok ? ok(new ParquetRecords(source, codecs, metadata.value)) : metadata;
  }

  get count(): number {
    return this.#blocks.at(-1)?.to ?? 0;
  }
  get progress(): ReadProgress {
    return { read: this.#size, total: this.#size };
  }
  get bytesIndexed(): number {
    return this.#size;
  }
  indexMore(): boolean {
    return false;
  }
  arrival(): undefined {
    return undefined;
  }
  line(record: number): number {
    return record + 1;
  }
  hasLines(): boolean {
    return false;
  }
  key(): undefined {
    return undefined;
  }
  part(): undefined {
    return undefined;
  }

  /** Values of a row stand in many places: its row group's first byte, and as many bytes as a row of its block has on average. */
  range(record: number): { readonly start: number; readonly end: number } {
    const block = this.#blockOf(record);
    if (!block) return { start: 0, end: 0 };
    return { start: block.fileStart, end: block.fileStart + Math.ceil(block.bytes / (block.to - block.from)) };
  }

  read(record: number, maxBytes = maxRecordBytes): RecordText {
    const block = this.#blockOf(record);
    if (!block) return { text: "", truncated: false, notices: [], failure: "There is no such row" };
    const rows = this.#rowsOf(block);
    if (typeof rows === "string") return { text: "", truncated: false, notices: [], failure: rows };
    const { text, notices } = rowText(rows[record - block.from] ?? {});
    const limit = Math.min(maxBytes, maxRecordBytes);
    return text.length <= limit ? { text, truncated: false, notices } : { text: text.slice(0, limit), truncated: true, notices };
  }

  around(record: number, maxBytes: number): { readonly before?: string; readonly after?: string } {
    return textAround(this, record, maxBytes);
  }

  refresh(): Change {
    if (this.#source.size() === this.#size) return "same";
    const metadata = readFooter(this.#source);
    if (!metadata.ok) return "same";
    this.#size = this.#source.size();
    this.#metadata = metadata.value;
    this.#blocks = rowBlocks(metadata.value);
    this.#cache.clear();
    return "replaced";
  }

  close(): void {
    this.#source.close();
  }

  /** The rows of a block, or why they cannot be read. */
  #rowsOf(block: RowBlock): readonly Row[] | string {
    const known = this.#cache.get(block);
    if (known !== undefined) return known;
    const rows = this.#readBlock(block);
    this.#cache.set(block, rows, typeof rows === "string" ? rows.length : block.bytes);
    return rows;
  }

  #readBlock(block: RowBlock): readonly Row[] | string {
    try {
      return readBlock(this.#source, this.#metadata, block, this.#codecs);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      return `Rows ${block.from + 1} to ${block.to} of the file cannot be read: ${reason}`;
    }
  }

  #blockOf(record: number): RowBlock | undefined {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#blocks[middle]?.to ?? 0) <= record) low = middle + 1;
      else high = middle;
    }
    return this.#blocks[low];
  }
}

/**
 * A row as JSON. Integers beyond ±2^53 and numbers that JSON has not (NaN, infinities) become text with a notice; bytes become text, or hexadecimal
 * digits with a notice where they are no UTF-8; dates are written as ISO 8601.
 */
export function rowText(row: Row): { readonly text: string; readonly notices: readonly Notice[] } {
  const notices = new Map<string, Notice>();
  const note = (kind: Notice["kind"], message: string) => notices.set(message, { kind, message });
  const plain = (value: unknown): unknown => {
    if (typeof value === "bigint") {
      const number = Number(value);
      if (Number.isSafeInteger(number)) return number;
      note("number", "An integer is too large for an exact number; kept as text");
      return String(value);
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
      note("number", `${value} is not a JSON number; kept as text`);
      return String(value);
    }
    if (value instanceof Uint8Array) {
      const { text, notices: invalid } = decodeUtf8(value);
      if (invalid.length === 0) return text;
      note("encoding", "A field holds bytes that are not UTF-8; they are shown as hexadecimal digits");
      return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (Array.isArray(value)) return value.map(plain);
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(numbersOf(value), plain);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
    return value === undefined ? null : value;
  };
  const text = JSON.stringify(plain(row));
  return { text, notices: [...notices.values()] };
}

/** The items of a typed array. */
function* numbersOf(view: ArrayBufferView): Generator<unknown> {
  const length: unknown = Reflect.get(view, "length");
  for (let i = 0; i < Number(length); i++) yield Reflect.get(view, i);
}
