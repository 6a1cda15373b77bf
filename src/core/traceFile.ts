import { parseRecord } from "./bytes/parseRecord";
import type { RecordFile } from "./bytes/records";
import type { Importer } from "./import/importer";
import { chooseImporter, hasReasoning, importRecord } from "./import/registry";
import type { FileProblem } from "./session/types";
import type { Json, Trace } from "./trace";

/** What one record of a file holds: traces, or why it cannot be read. */
export type RecordContent =
  | { readonly kind: "traces"; readonly traces: readonly Trace[] }
  | { readonly kind: "broken"; readonly problem: FileProblem };

/** Records that decide which importer reads the file. */
const sampleRecords = 20;
/** Bytes that are indexed at most to find the sample. */
const sampleBytes = 8 << 20;

/** Record → traces for one file: which importer fits, decided once from the first records, and every record read through it. */
export class TraceFile {
  readonly records: RecordFile;
  /** Name without folders. */
  readonly fileName: string;
  readonly importer: Importer;
  /** 0 to 1; 0 for plain records. */
  readonly confidence: number;
  /** False when no sampled record holds reasoning. */
  readonly hasTraces: boolean;

  /** Indexes as much as the sample needs. Never throws on any content. */
  constructor(records: RecordFile, fileName: string) {
    this.records = records;
    this.fileName = fileName;
    while (records.count < sampleRecords && records.bytesIndexed < sampleBytes && records.indexMore(1 << 20));
    const sample = readSample(records);
    const { importer, confidence } = chooseImporter(sample);
    this.importer = importer;
    this.confidence = confidence;
    this.hasTraces = sample.some((value, record) => hasReasoning(importRecord(importer, value, this.#context(record))));
  }

  /** The record's traces, or its problem. `record` must be indexed. */
  read(record: number): RecordContent {
    const { text, truncated, notices } = this.records.read(record);
    if (truncated) return this.#broken(record, "The record is longer than 256 MB; it is shown as text only");
    const parsed = parseRecord(text);
    if (!parsed.ok) return this.#broken(record, parsed.error.message, parsed.error.column);
    const traces = importRecord(this.importer, parsed.value.value, this.#context(record));
    const read = [...notices, ...parsed.value.notices];
    return {
      kind: "traces",
      traces: read.length === 0 ? traces : traces.map((trace) => ({ ...trace, notices: [...read, ...trace.notices] })),
    };
  }

  #context(record: number) {
    const key = this.records.key(record);
    return { record, line: this.records.line(record), fileName: this.fileName, ...(key === undefined ? {} : { key }) };
  }

  #broken(record: number, message: string, column?: number): RecordContent {
    const problem = {
      record,
      line: this.records.line(record),
      byteOffset: this.records.range(record).start,
      message,
      ...(column === undefined ? {} : { column }),
    };
    return { kind: "broken", problem };
  }
}

function readSample(records: RecordFile): Json[] {
  const values: Json[] = [];
  for (let record = 0; record < Math.min(records.count, sampleRecords); record++) {
    const parsed = parseRecord(records.read(record).text);
    if (parsed.ok) values.push(parsed.value.value);
  }
  return values;
}
