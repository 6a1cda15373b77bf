import { parseRecord } from "./bytes/parseRecord";
import type { RecordProvider } from "./container/recordProvider";
import { WholeRecord } from "./container/wholeRecord";
import type { ImportContext } from "./import/importer";
import { type FieldMapping, importWithMapping } from "./import/mapping";
import { chooseImporter, hasReasoning, importRecord, isOneTrace } from "./import/registry";
import type { JoinFile } from "./joinFile";
import type { FileProblem } from "./session/types";
import type { Json, Notice, Trace } from "./trace";

/** What one record of a file holds: traces, at least one, or why it cannot be read. */
export type RecordContent =
  | { readonly kind: "traces"; readonly traces: readonly Trace[] }
  | { readonly kind: "broken"; readonly problem: FileProblem };

/** What the user says about a file. */
export interface ReadingOptions {
  /** Where the fields of a trace stand; instead of an importer. */
  readonly mapping?: FieldMapping;
  /** A file that holds the questions. */
  readonly join?: JoinFile;
}

/** Who reads the records, as shown to a user. `confidence`: 0 to 1; 0 for plain records. */
export interface ReaderChoice {
  readonly importer: string;
  readonly title: string;
  readonly confidence: number;
  /** False when no sampled record holds reasoning. */
  readonly hasTraces: boolean;
  /** Traces a record, where the sample's records all have as many; else 1. */
  readonly usualTraces: number;
}

interface Choice extends ReaderChoice {
  read(value: Json, context: ImportContext): Trace[];
}

type Parsed = { readonly value: Json; readonly notices: readonly Notice[] } | { readonly problem: FileProblem };

/** Records that decide who reads the file, and the bytes of them that are read at most (three records at least). */
const sampleRecords = 20;
const sampleBytes = 1 << 17;

/** Record → traces for one file: who reads its records is decided once from the first of them, and every record is read so. */
export class TraceReader {
  #records: RecordProvider;
  readonly #options: ReadingOptions;
  #choice: Choice | undefined;

  constructor(records: RecordProvider, options: ReadingOptions = {}) {
    this.#records = records;
    this.#options = options;
  }

  /** The records; one that is the list of all, where they are pieces of one trace. Not to be kept before {@link choice} is there. */
  get records(): RecordProvider {
    return this.#records;
  }

  /** Undefined until the first records are found: nothing can be said of the file's content before. */
  get choice(): ReaderChoice | undefined {
    return this.#choice;
  }

  /** How the joined file's records belong to this one's: a field's name, or "number"; undefined without such a file. */
  get joinedBy(): string | undefined {
    return this.#options.join?.by;
  }

  /** Last part of the file's path. */
  get fileName(): string {
    return this.#records.name.replace(/^.*[\\/]/, "");
  }

  /** Looks through `maxBytes` more; decides who reads the records as soon as there is something to decide by. True while there is more to do. */
  indexMore(maxBytes: number): boolean {
    const more = this.#records.indexMore(maxBytes);
    if (this.#choice) return more;
    const enough = this.#records.count >= sampleRecords || (this.#records.count > 0 && this.#records.bytesIndexed >= sampleBytes);
    if (enough || !more) this.#choose();
    return more;
  }

  /** The file was replaced: all is decided anew. `records`: as they are without this class. */
  startOver(records: RecordProvider): void {
    this.#records = records;
    this.#choice = undefined;
  }

  /** The record's traces, or its problem. `record` must be found. Never throws: what cannot be held in memory, say, is a problem of this one. */
  read(record: number): RecordContent {
    try {
      return this.#read(record);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      return this.#broken(record, `The record could not be read: ${reason}`);
    }
  }

  #read(record: number): RecordContent {
    if (!this.#choice) this.#choose();
    const parsed = this.#parse(record);
    if ("problem" in parsed) return { kind: "broken", problem: parsed.problem };
    const traces = this.#import(parsed.value, record);
    if (traces.length === 0) return this.#broken(record, "Nothing could be read of this record");
    const { notices } = parsed;
    return {
      kind: "traces",
      traces: notices.length === 0 ? traces : traces.map((trace) => ({ ...trace, notices: [...trace.notices, ...notices] })),
    };
  }

  #choose(): void {
    const sample = this.#sample();
    if (isOneTrace(sample.map(({ value }) => value))) {
      this.#records = new WholeRecord(this.#records);
      this.#choice = this.#chooseBy([{ value: sample.map(({ value }) => value), record: 0 }]);
    } else this.#choice = this.#chooseBy(sample);
  }

  #chooseBy(sample: readonly { readonly value: Json; readonly record: number }[]): Choice {
    const reading = this.#howToRead(sample.map(({ value }) => value));
    const imported = sample.map(({ value, record }) => reading.read(value, this.#context(record, value)));
    const counts = new Set(imported.map((traces) => traces.length));
    const [count] = counts;
    return { ...reading, hasTraces: imported.some(hasReasoning), usualTraces: counts.size === 1 ? (count ?? 1) : 1 };
  }

  #howToRead(sample: readonly Json[]): Pick<Choice, "importer" | "title" | "confidence" | "read"> {
    const { mapping } = this.#options;
    if (mapping)
      return {
        importer: "mapping",
        title: "Mapped fields",
        confidence: 1,
        read: (value, context) => importWithMapping(value, mapping, context),
      };
    const { importer, confidence } = chooseImporter(sample);
    return {
      importer: importer.id,
      title: importer.title,
      confidence,
      read: (value, context) => importRecord(importer, value, context),
    };
  }

  #sample(): { value: Json; record: number }[] {
    const sample: { value: Json; record: number }[] = [];
    let bytes = 0;
    for (let record = 0; record < this.#records.count && sample.length < sampleRecords; record++) {
      const { start, end } = this.#records.range(record);
      bytes += end - start;
      if (bytes > sampleBytes && sample.length >= 3) break;
      const parsed = this.#parseSafely(record);
      if ("value" in parsed) sample.push({ value: parsed.value, record });
    }
    return sample;
  }

  #parseSafely(record: number): Parsed {
    try {
      return this.#parse(record);
    } catch {
      return { problem: this.#problem(record, "The record could not be read") };
    }
  }

  #parse(record: number): Parsed {
    const { text, truncated, notices, failure } = this.#records.read(record);
    if (failure !== undefined) return { problem: this.#problem(record, failure) };
    if (truncated) return { problem: this.#problem(record, "The record is larger than 256 MB, which is more than one text can hold") };
    const parsed = parseRecord(text);
    if (parsed.ok) return { value: parsed.value.value, notices: [...notices, ...parsed.value.notices] };
    const unfinished = record === this.#records.count - 1 && this.#records.done && this.#records.lastUnfinished;
    const hint = unfinished ? "; the file ends here, so the record may be written only in part" : "";
    return { problem: { ...this.#problem(record, parsed.error.message + hint), column: parsed.error.column } };
  }

  #import(value: Json, record: number): Trace[] {
    return this.#choice?.read(value, this.#context(record, value)) ?? [];
  }

  #context(record: number, value: Json): ImportContext {
    const key = this.#records.key(record);
    const joined = this.#options.join?.of(record, value);
    return {
      record,
      ...(this.#records.hasLines(record) ? { line: this.#records.line(record) } : {}),
      fileName: this.fileName,
      ...(key === undefined ? {} : { key }),
      ...(joined === undefined ? {} : { joined }),
    };
  }

  #broken(record: number, message: string): RecordContent {
    return { kind: "broken", problem: this.#problem(record, message) };
  }

  #problem(record: number, message: string): FileProblem {
    const part = this.#records.part(record);
    return {
      record,
      line: this.#records.line(record),
      byteOffset: this.#records.range(record).start,
      message,
      ...(this.#records.hasLines(record) ? {} : { numbered: true }),
      ...(part === undefined ? {} : { part }),
    };
  }
}
