import type { Analysis } from "../analysis";
import type { AnalyzeOptions } from "../analyze";
import { BinaryReader, BinaryWriter } from "../cache/binary";
import { normalizeQuestion } from "../compare/pairing";
import type { RecordProvider } from "../container/recordProvider";
import { TraceColumns } from "../dataset/columns";
import { placeOf } from "../import/importer";
import type { Trace } from "../trace";
import { type ReadingOptions, TraceReader } from "../traceReader";
import { ByteCache } from "./byteCache";
import type { LateAnalyst } from "./lateAnalyst";
import { defaultLimit, limitTrace } from "./limitTrace";
import { RowMap } from "./rowMap";
import { foldSpace } from "./text";
import type { FileInfo, FileProblem } from "./types";

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
  readonly analyst: LateAnalyst;
  columns = new TraceColumns();
  rows = new RowMap(1);
  /** Counts up when earlier slots lose their meaning: views are made anew. */
  generation = 0;
  /** Records whose traces are all analysed. */
  analysed = 0;
  malformed = 0;
  problems: FileProblem[] = [];
  tokenCounter = "";
  readonly #reader: TraceReader;
  /** As given, while {@link records} may be another view of them. */
  readonly #provider: RecordProvider;
  readonly #cache = new ByteCache<number, LoadedRecord>(cacheBytes);
  readonly #options: AnalyzeOptions;

  constructor(file: number, records: RecordProvider, analyst: LateAnalyst, options: AnalyzeOptions, reading: ReadingOptions = {}) {
    this.file = file;
    this.analyst = analyst;
    this.#provider = records;
    this.#reader = new TraceReader(records, reading);
    this.#options = options;
  }

  get records(): RecordProvider {
    return this.#reader.records;
  }

  /** False until the first record is found: nothing can be said of the file's content before. */
  get ready(): boolean {
    return this.#reader.choice !== undefined;
  }

  get hasTraces(): boolean {
    return this.#reader.choice?.hasTraces ?? false;
  }

  /** Last part of the file's path. */
  get fileName(): string {
    return this.#reader.fileName;
  }

  /** Indexes `maxBytes` more; decides who reads the records as soon as there is something to decide by. True while there is more to do. */
  indexMore(maxBytes: number): boolean {
    const known = this.ready;
    const more = this.#reader.indexMore(maxBytes);
    const { choice } = this.#reader;
    if (!known && choice) this.rows = new RowMap(choice.usualTraces);
    return more;
  }

  info(): FileInfo {
    const { records } = this;
    const { choice } = this.#reader;
    return {
      name: records.name,
      bytes: records.progress.total,
      bytesIndexed: records.progress.read,
      indexed: records.done,
      container: records.container,
      ...(records.packing === undefined ? {} : { packing: records.packing }),
      ...(records.notices.length === 0 ? {} : { notices: records.notices }),
      importer: choice?.importer ?? "",
      importerTitle: choice?.title ?? "",
      confidence: choice?.confidence ?? 0,
      records: records.count,
      traces: this.rows.total(records.count),
      hasTraces: this.hasTraces,
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
    const loaded = this.#read(record);
    this.#cache.set(record, loaded, loaded.bytes);
    if (this.rows.firstSlot(record) < 0) this.#addSlots(record, loaded);
    return loaded;
  }

  /** Gives a record its slots, if it has none. */
  importOnly(record: number): void {
    if (this.rows.firstSlot(record) < 0) this.load(record);
  }

  /** Analyses a trace and fills its columns; from the cache where it is there. Undefined when there is no such trace. The analyst must be loaded. */
  analyse(record: number, rollout: number, limit = defaultLimit): AnalysedTrace | undefined {
    const loaded = this.load(record);
    const whole = loaded.traces[rollout];
    if (!whole) return undefined;
    const trace = limitTrace(whole, limit);
    const cut = whole.text.length - trace.text.length;
    const usual = cut === 0 || limit === defaultLimit;
    const known = usual ? loaded.analyses[rollout] : undefined;
    const analysis = known ?? this.analyst.now.analyze(trace, this.#options);
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

  /** True when everything is found and analysed: nothing more will be known of the file as it is. */
  get settled(): boolean {
    return this.ready && this.records.done && (!this.hasTraces || this.analysed >= this.records.count);
  }

  /** What is known of a settled file, as bytes; undefined where it cannot be saved. */
  save(): Uint8Array | undefined {
    if (!this.settled || this.records !== this.#provider) return undefined;
    const writer = new BinaryWriter();
    writer.number(this.records.count);
    writer.number(this.hasTraces ? 1 : 0);
    writer.text(this.tokenCounter);
    this.columns.save(writer);
    const saved = this.records.save ? this.records.save(writer) : this.records.container !== "folder";
    return saved ? writer.bytes() : undefined;
  }

  /** Takes over what was saved of the same file, before anything else is done with it. False, and nothing is changed, when the bytes do not fit. */
  restore(bytes: Uint8Array): boolean {
    try {
      const reader = new BinaryReader(bytes);
      const count = reader.number();
      const hasTraces = reader.number() === 1;
      const tokenCounter = reader.text();
      const columns = TraceColumns.restore(reader);
      if (this.records.restore) this.records.restore(reader);
      if (!this.records.done || this.records.count !== count) return false;
      this.indexMore(0);
      if (this.hasTraces !== hasTraces || this.records !== this.#provider) return false;
      this.#takeOver(columns, tokenCounter);
      return true;
    } catch {
      return false;
    }
  }

  #takeOver(columns: TraceColumns, tokenCounter: string): void {
    this.columns = columns;
    this.tokenCounter = tokenCounter;
    for (const { record, first, count } of columns.recordSlots()) {
      this.rows.set(record, first, count);
      if (this.isAnalysed(record)) this.analysed += 1;
      if (columns.kind(first) !== "malformed") continue;
      this.malformed += 1;
      const problem = this.problems.length < problemsKept ? this.load(record).problem : undefined;
      if (problem) this.problems.push(problem);
    }
    this.problems.sort((a, b) => a.record - b.record);
  }

  /** The problem of a malformed record, read again if need be. */
  problemOf(record: number): FileProblem | undefined {
    return this.load(record).problem;
  }

  #read(record: number): LoadedRecord {
    const content = this.#reader.read(record);
    if (content.kind === "broken") return { traces: [], problem: content.problem, analyses: [], bytes: 1000 };
    const { start, end } = this.records.range(record);
    return { traces: content.traces, analyses: [], bytes: 2 * (end - start) + 1000 };
  }

  #addSlots(record: number, { traces, problem }: LoadedRecord): void {
    const first = this.columns.count;
    if (problem) {
      const name = placeOf(problem);
      this.columns.addMalformed(record, problem.part === undefined ? name : `${problem.part} ${name}`);
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
      const plain = !this.hasTraces || isPlain(trace);
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
    this.#reader.startOver(this.#provider);
  }
}

/** A record without reasoning: nothing was thought, and nothing delimits an empty thought. */
const isPlain = (trace: Trace): boolean => trace.text === "" && trace.thinking === "none";
