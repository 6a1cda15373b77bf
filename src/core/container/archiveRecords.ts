import type { ByteSource } from "../bytes/byteSource";
import { decodeStart } from "../bytes/decode";
import { maxRecordBytes } from "../bytes/records";
import { fail, ok, type Result } from "../result";
import type { Codecs } from "./codecs";
import { naturalOrder } from "./naturalOrder";
import { type Change, type ReadProgress, type RecordProvider, type RecordText, textAround } from "./recordProvider";
import { readZipDirectory, readZipEntry, type ZipEntry } from "./zipDirectory";

/** Files of an Inspect log that hold no sample. */
const notSamples = /^(?:header|summaries|reductions|_journal\/.*)\.json$/;

/** Samples of an Inspect log; of another archive, its JSON files. */
function samplesOf(entries: readonly ZipEntry[]): ZipEntry[] {
  const files = entries.filter(({ name }) => name.endsWith(".json") && !notSamples.test(name));
  const samples = files.filter(({ name }) => name.startsWith("samples/"));
  return (samples.length > 0 ? samples : files).sort((a, b) => naturalOrder(a.name, b.name));
}

/** The samples of an Inspect log archive (`.eval`), unpacked one by one when asked for, in the order of their names. */
export class ArchiveRecords implements RecordProvider {
  readonly name: string;
  readonly done = true;
  readonly container = "inspect-archive";
  readonly packing = "zip";
  readonly notices: readonly string[] = [];
  readonly lastUnfinished = false;
  readonly #source: ByteSource;
  readonly #codecs: Codecs;
  #samples: readonly ZipEntry[];
  #size: number;

  private constructor(source: ByteSource, codecs: Codecs, samples: readonly ZipEntry[]) {
    this.name = source.name;
    this.#source = source;
    this.#codecs = codecs;
    this.#samples = samples;
    this.#size = source.size();
  }

  /** Reads the archive's directory. Codes: "damaged", "no-records". */
  static open(source: ByteSource, codecs: Codecs): Result<ArchiveRecords> {
    const entries = readZipDirectory(source);
    if (!entries.ok) return entries;
    const samples = samplesOf(entries.value);
    if (samples.length === 0) return fail("no-records", `${source.name} is a zip archive without JSON files in it.`);
    return ok(new ArchiveRecords(source, codecs, samples));
  }

  get count(): number {
    return this.#samples.length;
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
  part(record: number): string | undefined {
    return this.#samples[record]?.name;
  }

  /** From the entry's header on, as many bytes as it has unpacked. */
  range(record: number): { readonly start: number; readonly end: number } {
    const { headerAt, size } = this.#samples[record] ?? { headerAt: 0, size: 0 };
    return { start: headerAt, end: headerAt + size };
  }

  read(record: number, maxBytes = maxRecordBytes): RecordText {
    const entry = this.#samples[record];
    if (!entry) return failed("There is no such entry");
    if (entry.size > maxRecordBytes) return { text: "", truncated: true, notices: [] };
    const unpacked = this.#unpack(entry);
    return typeof unpacked === "string" ? failed(unpacked) : decodeStart(unpacked, Math.min(maxBytes, maxRecordBytes));
  }

  around(record: number, maxBytes: number): { readonly before?: string; readonly after?: string } {
    return textAround(this, record, maxBytes);
  }

  refresh(): Change {
    const size = this.#source.size();
    if (size === this.#size) return "same";
    const entries = readZipDirectory(this.#source);
    if (!entries.ok) return "same";
    this.#size = size;
    this.#samples = samplesOf(entries.value);
    return "replaced";
  }

  close(): void {
    this.#source.close();
  }

  /** The entry's bytes, or why there are none. */
  #unpack(entry: ZipEntry): Uint8Array | string {
    const packed = readZipEntry(this.#source, entry);
    if (!packed) return `The entry ${entry.name} is damaged: it is not where the archive's directory says`;
    if (entry.method === 0) return packed;
    const codec = entry.method === 8 ? this.#codecs.deflate : entry.method === 93 ? this.#codecs.zstd : undefined;
    if (!codec) return `The entry ${entry.name} is packed by method ${entry.method}, which cannot be read; deflate and Zstandard can`;
    try {
      return codec(packed, entry.size);
    } catch (thrown) {
      return `The entry ${entry.name} is damaged: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    }
  }
}

const failed = (failure: string): RecordText => ({ text: "", truncated: false, notices: [], failure });
