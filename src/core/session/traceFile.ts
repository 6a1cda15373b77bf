import type { Analysis } from "../analysis";
import { type AnalyzeOptions, analyze } from "../analyze";
import type { ByteSource } from "../bytes/byteSource";
import { type ParsedRecord, parseRecord } from "../bytes/parseRecord";
import { openRecords, type RecordFile } from "../bytes/records";
import { normalizeQuestion } from "../compare/pairing";
import { TraceColumns } from "../dataset/columns";
import type { Importer } from "../import/importer";
import { chooseImporter, hasReasoning, importRecord } from "../import/registry";
import type { Json, Trace } from "../trace";
import { ByteCache } from "./byteCache";
import { defaultLimit, limitTrace } from "./limitTrace";
import { RowMap } from "./rowMap";
import { foldSpace } from "./text";
import type { FileInfo, FileProblem } from "./types";

/** Records that decide on the importer, and the bytes of them that are read at most (three records at least). */
const sampleRecords = 20;
const sampleBytes = 1 << 17;
/** Decoded records and analyses are kept up to this size. */
const cacheBytes = 64 << 20;
/** Characters of a question that are normalised to tell whether two are the same. */
const questionUnits = 20_000;
const problemsKept = 100;
/** Bytes an analysed step takes in memory, roughly. */
const stepBytes = 300;

/** A decoded record. */
export interface LoadedRecord {
  readonly traces: readonly Trace[];
  readonly problem?: FileProblem;
  /** Analyses by rollout, at the usual limit, as far as they were asked for. */
  readonly analyses: (Analysis | undefined)[];
  readonly bytes: number;
}

/** A trace with its analysis. `cut`: code units that were left out. */
export interface AnalysedTrace {
  readonly trace: Trace;
  readonly analysis: Analysis;
  readonly cut: number;
}

/** One open file: its records, who reads them, what is known of them. Everything here is synchronous; pacing is the session's. */
export class TraceFile {
  /** Number of the file in its session. */
  readonly file: number;
  readonly source: ByteSource;
  readonly records: RecordFile;
  columns = new TraceColumns();
  rows = new RowMap(1);
  /** Counts up when earlier slots lose their meaning: views are made anew. */
  generation = 0;
  /** Records whose traces are all analysed. */
  analysed = 0;
  malformed = 0;
  problems: FileProblem[] = [];
  tokenCounter = "";
  #importer: Importer | undefined;
  #confidence = 0;
  #hasTraces = false;
  readonly #cache = new ByteCache<number, LoadedRecord>(cacheBytes);
  readonly #options: AnalyzeOptions;

  constructor(file: number, source: ByteSource, options: AnalyzeOptions) {
    this.file = file;
    this.source = source;
    this.records = openRecords(source);
    this.#options = options;
  }

  /** False until the first record is found: nothing can be said of the file's content before. */
  get ready(): boolean {
    return this.#importer !== undefined;
  }

  get hasTraces(): boolean {
    return this.#hasTraces;
  }

  /** Last part of the file's path. */
  get fileName(): string {
    return this.source.name.replace(/^.*[\\/]/, "");
  }

  /** Indexes `maxBytes` more; chooses the importer as soon as there is something to choose by. True while there is more to do. */
  indexMore(maxBytes: number): boolean {
    const more = this.records.indexMore(maxBytes);
    if (!this.ready && (this.records.count >= sampleRecords || this.records.bytesIndexed >= sampleBytes || !more))
      this.#chooseImporter(!more);
    return more;
  }

  info(): FileInfo {
    const { records } = this;
    return {
      name: this.source.name,
      bytes: records.size,
      bytesIndexed: records.bytesIndexed,
      indexed: records.done,
      container: records.container,
      importer: this.#importer?.id ?? "",
      importerTitle: this.#importer?.title ?? "",
      confidence: this.#confidence,
      records: records.count,
      traces: this.rows.total(records.count),
      hasTraces: this.#hasTraces,
      malformed: this.malformed,
      problems: this.problems,
      analysed: this.analysed,
      models: this.columns.models(),
      tokenCounter: this.tokenCounter,
    };
  }

  /** Decodes and imports a record, from the cache where it is there. The first time, its traces get their slots. */
  load(record: number): LoadedRecord {
    const cached = this.#cache.get(record);
    if (cached) return cached;
    const loaded = this.#readSafely(record);
    this.#cache.set(record, loaded, loaded.bytes);
    if (this.rows.firstSlot(record) < 0) this.#addSlots(record, loaded);
    return loaded;
  }

  /** Gives a record its slots, if it has none. */
  importOnly(record: number): void {
    if (this.rows.firstSlot(record) < 0) this.load(record);
  }

  /** Analyses a trace and fills its columns; from the cache where it is there. Undefined when there is no such trace. */
  analyse(record: number, rollout: number, limit = defaultLimit): AnalysedTrace | undefined {
    const loaded = this.load(record);
    const whole = loaded.traces[rollout];
    if (!whole) return undefined;
    const trace = limitTrace(whole, limit);
    const cut = whole.text.length - trace.text.length;
    const usual = cut === 0 || limit === defaultLimit;
    const known = usual ? loaded.analyses[rollout] : undefined;
    const analysis = known ?? analyze(trace, this.#options);
    if (usual && !known) this.#keep(record, rollout, loaded, analysis);
    return { trace, analysis, cut };
  }

  /** Analyses every trace of a record that is not analysed. A trace whose analysis fails counts as analysed, without figures. */
  analyseRecord(record: number): void {
    this.importOnly(record);
    const first = this.rows.firstSlot(record);
    for (let rollout = 0; rollout < this.rows.rowsOf(record); rollout++) {
      if (this.columns.analysed(first + rollout)) continue;
      try {
        this.analyse(record, rollout);
      } catch {
        this.columns.setFailed(first + rollout);
        if (this.isAnalysed(record)) this.analysed += 1;
      }
    }
  }

  isAnalysed(record: number): boolean {
    const first = this.rows.firstSlot(record);
    if (first < 0) return false;
    for (let i = 0; i < this.rows.rowsOf(record); i++) if (!this.columns.analysed(first + i)) return false;
    return true;
  }

  /** The slot of a trace, or −1 when it is not read or there is none. */
  slotOf(record: number, rollout: number): number {
    const first = this.rows.firstSlot(record);
    return first < 0 || rollout >= this.rows.rowsOf(record) ? -1 : first + rollout;
  }

  /** Looks whether the file changed on disk. True when it did. */
  refresh(): boolean {
    const last = this.records.count - 1;
    const change = this.records.refresh();
    if (change === "replaced") this.#startOver();
    if (change === "grown" && this.records.count === last) this.#forget(last);
    return change !== "same";
  }

  /** The problem of a malformed record, read again if need be. */
  problemOf(record: number): FileProblem | undefined {
    return this.load(record).problem;
  }

  #chooseImporter(whole: boolean): void {
    if (this.records.count === 0 && !whole) return;
    const sample: { value: Json; record: number }[] = [];
    let bytes = 0;
    for (let record = 0; record < this.records.count && sample.length < sampleRecords; record++) {
      const { start, end } = this.records.range(record);
      bytes += end - start;
      if (bytes > sampleBytes && sample.length >= 3) break;
      const parsed = this.#parse(record);
      if ("value" in parsed) sample.push({ value: parsed.value, record });
    }
    const chosen = chooseImporter(sample.map(({ value }) => value));
    this.#importer = chosen.importer;
    this.#confidence = chosen.confidence;
    const imported = sample.map(({ value, record }) => this.#import(value, record));
    this.#hasTraces = imported.some((traces) => hasReasoning(traces));
    const counts = new Set(imported.map((traces) => traces.length));
    const [count] = counts;
    this.rows = new RowMap(counts.size === 1 ? (count ?? 1) : 1);
  }

  #parse(record: number): ParsedRecord | FileProblem {
    const read = this.records.read(record);
    if (read.truncated) return this.#problem(record, "The record is larger than 256 MB, which is more than one text can hold");
    const parsed = parseRecord(read.text);
    if (parsed.ok) return { value: parsed.value.value, notices: [...read.notices, ...parsed.value.notices] };
    const unfinished = record === this.records.count - 1 && this.records.done && this.records.lastUnfinished;
    const hint = unfinished ? "; the file ends here, so the record may be written only in part" : "";
    return { ...this.#problem(record, parsed.error.message + hint), column: parsed.error.column };
  }

  #problem(record: number, message: string): FileProblem {
    return { record, line: this.records.line(record), byteOffset: this.records.range(record).start, message };
  }

  #import(value: Json, record: number): Trace[] {
    if (!this.#importer) return [];
    const key = this.records.key(record);
    const context = {
      record,
      line: this.records.container === "jsonl" ? this.records.line(record) : record + 1,
      fileName: this.fileName,
      ...(key === undefined ? {} : { key }),
    };
    return importRecord(this.#importer, value, context);
  }

  /** Whatever a record holds, the others go on: what cannot be held in memory, say, is a problem of this one. */
  #readSafely(record: number): LoadedRecord {
    try {
      return this.#read(record);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      return { traces: [], problem: this.#problem(record, `The record could not be read: ${reason}`), analyses: [], bytes: 1000 };
    }
  }

  #read(record: number): LoadedRecord {
    const { start, end } = this.records.range(record);
    const parsed = this.#parse(record);
    if (!("value" in parsed)) return { traces: [], problem: parsed, analyses: [], bytes: 1000 };
    const imported = this.#import(parsed.value, record);
    if (imported.length === 0)
      return { traces: [], problem: this.#problem(record, "Nothing could be read of this record"), analyses: [], bytes: 1000 };
    const traces =
      parsed.notices.length === 0 ? imported : imported.map((trace) => ({ ...trace, notices: [...trace.notices, ...parsed.notices] }));
    return { traces, analyses: [], bytes: 2 * (end - start) + 1000 };
  }

  #addSlots(record: number, { traces, problem }: LoadedRecord): void {
    const first = this.columns.count;
    if (problem) {
      this.columns.addMalformed(record, `line ${problem.line}`);
      this.malformed += 1;
      if (this.problems.length < problemsKept) this.problems = [...this.problems, problem].sort((a, b) => a.record - b.record);
    }
    let question = "";
    let known = { low: 0, high: 0, at: 0 };
    for (const [rollout, trace] of traces.entries()) {
      if (trace.question !== question) {
        question = trace.question;
        known = this.columns.addQuestion(foldSpace(question, 200), normalizeQuestion(question.slice(0, questionUnits)));
      }
      const plain = !this.#hasTraces || isPlain(trace);
      this.columns.addTrace(record, rollout, plain ? "plain" : "trace", trace, known);
    }
    this.rows.set(record, first, this.columns.count - first);
    if (problem) this.analysed += 1;
  }

  #keep(record: number, rollout: number, loaded: LoadedRecord, analysis: Analysis): void {
    loaded.analyses[rollout] = analysis;
    this.tokenCounter ||= analysis.tokenCounter;
    const steps = loaded.analyses.reduce((sum, item) => sum + (item?.steps.length ?? 0), 0);
    this.#cache.set(record, loaded, loaded.bytes + steps * stepBytes);
    const slot = this.slotOf(record, rollout);
    if (slot < 0 || this.columns.analysed(slot)) return;
    this.columns.setAnalysis(slot, analysis);
    if (this.isAnalysed(record)) this.analysed += 1;
  }

  /** A record is about to be read anew, because the file went on in the middle of it. */
  #forget(record: number): void {
    const first = this.rows.firstSlot(record);
    this.#cache.delete(record);
    if (first < 0) return;
    if (this.isAnalysed(record)) this.analysed -= 1;
    if (this.columns.kind(first) === "malformed") this.malformed -= 1;
    this.problems = this.problems.filter((problem) => problem.record !== record);
    for (let i = 0; i < this.rows.rowsOf(record); i++) this.columns.kill(first + i);
    this.rows.forget(record);
    this.generation += 1;
  }

  #startOver(): void {
    this.#cache.clear();
    this.columns = new TraceColumns();
    this.rows = new RowMap(1);
    this.generation += 1;
    this.analysed = 0;
    this.malformed = 0;
    this.problems = [];
    this.#importer = undefined;
    this.#hasTraces = false;
    this.#confidence = 0;
  }
}

/** A record without reasoning: nothing was thought, and nothing delimits an empty thought. */
const isPlain = (trace: Trace): boolean => trace.text === "" && trace.thinking === "none";
