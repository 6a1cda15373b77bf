/**
 * An open file, and the files it is compared with: answers requests at once from what is known, and reads and analyses the rest of the file between them.
 */

import type { Pins } from "./compare/matchSteps";
import type { RecordProvider } from "./container/recordProvider";
import type { OpenPage } from "./export/pairHtml";
import { Background } from "./session/background";
import { completeQuery } from "./session/completions";
import { documentOf, readRow } from "./session/documents";
import { SessionError } from "./session/error";
import type { SessionHost, SessionListener } from "./session/host";
import { LateAnalyst } from "./session/lateAnalyst";
import { type PairFiles, PairStore } from "./session/pairs";
import { Ticker } from "./session/ticker";
import { TraceFile } from "./session/traceFile";
import type {
  Comparison,
  Completion,
  FileInfo,
  PairLines,
  PairPage,
  PairRequest,
  PairSummary,
  PlainDocument,
  Row,
  TraceDocument,
  TraceRef,
  ViewInfo,
  ViewRequest,
} from "./session/types";
import { isTraceDocument } from "./session/types";
import { View } from "./session/view";

/** Views that are kept: those of a list, of a comparison and of their forerunners. */
const viewsKept = 4;
const rowsAPage = 500;
/** Smaller files are read and analysed as fast as a cache is. */
const leastCachedBytes = 1 << 20;
/**
 * Time that a page of rows may take for analysing rows that are not analysed, in milliseconds. The very first analysis is never among them: it loads
 * the tables that all analyses use, and the first page should not wait for that.
 */
const rowsBudgetMs = 30;

/** Answers the engine's requests on one file. A request that cannot be answered rejects with a {@link SessionError}. */
export class TraceSession {
  readonly #host: SessionHost;
  readonly #analyst: LateAnalyst;
  readonly #files: TraceFile[];
  readonly #peers = new Map<string, Promise<number>>();
  readonly #views = new Map<number, View>();
  readonly #pairs = new PairStore();
  readonly #background: Background;
  readonly #listeners = new Set<SessionListener>();
  #lastView = 0;
  /** Bytes of the file that the cache is about. */
  #savedBytes = -1;

  constructor(records: RecordProvider, host: SessionHost) {
    this.#host = host;
    this.#analyst = new LateAnalyst(() => host.loadAnalyst());
    this.#files = [new TraceFile(0, records, this.#analyst, host.analysis ?? {}, host.reading)];
    this.#background = new Background({
      pause: host.pause,
      ...(host.wait ? { wait: host.wait } : {}),
      analyst: this.#analyst,
      files: this.#files,
      views: () => [...this.#views.values()].reverse(),
      progress: () => this.#tell((listener) => listener.progress(this.#own.info())),
      analysed: (from, to) => this.#tell((listener) => listener.analysed(from, to)),
      idle: () => this.#save(),
    });
    this.#restore();
    this.#background.start();
  }

  /** Hears of background work; gives the function that stops it. */
  listen(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks whether a file has grown or was replaced. */
  poll(): void {
    const changed = this.#files.filter((file) => file.refresh());
    if (changed.length > 0) this.#background.wake();
  }

  async info(): Promise<FileInfo> {
    this.poll();
    await this.#ready(this.#own);
    return this.#own.info();
  }

  async view(request: ViewRequest): Promise<ViewInfo> {
    await this.#ready(this.#own);
    this.#lastView += 1;
    const view = new View(this.#lastView, this.#own, request);
    this.#views.set(view.id, view);
    for (const id of [...this.#views.keys()].slice(0, -viewsKept)) this.#views.delete(id);
    view.advance(new Ticker(rowsBudgetMs).over);
    this.#background.wake();
    return view.info();
  }

  async viewInfo(id: number): Promise<ViewInfo> {
    return this.#view(id).info();
  }

  async rows(viewId: number, start: number, count: number): Promise<readonly Row[]> {
    const view = this.#view(viewId);
    const ticker = new Ticker(rowsBudgetMs);
    const page = view.page(start, Math.min(count, rowsAPage));
    const rows = page.map((place, i) => {
      const waiting = this.#own.hasTraces && !this.#own.isAnalysed(place.record);
      if (waiting && this.#analyst.loaded && this.#own.analysed > 0 && !ticker.over()) this.#own.analyseRecord(place.record);
      else if (waiting) this.#background.prefer(this.#own, place.record);
      return readRow(this.#own, start + i, place);
    });
    return rows;
  }

  async locate(view: number, record: number, rollout: number): Promise<number> {
    return this.#view(view).locate(record, rollout);
  }

  async document(ref: TraceRef, limit?: number): Promise<TraceDocument | PlainDocument> {
    const file = await this.#recordOf(ref);
    await this.#analyst.load();
    const document = documentOf(file, ref, limit);
    this.#background.endCourtesy();
    return document;
  }

  async recordText(ref: TraceRef, maxBytes: number): Promise<{ readonly text: string; readonly truncated: boolean }> {
    const file = await this.#recordOf(ref);
    const { text, truncated } = file.records.read(ref.record, Math.max(0, maxBytes));
    return { text, truncated };
  }

  async openPeer(path: string): Promise<{ readonly file: number; readonly info: FileInfo }> {
    const opening = this.#peers.get(path) ?? this.#openPeer(path);
    this.#peers.set(path, opening);
    const number = await opening.catch((error: unknown) => {
      this.#peers.delete(path);
      throw error;
    });
    const file = this.#file(number);
    await this.#ready(file);
    return { file: number, info: file.info() };
  }

  async pairs(request: PairRequest): Promise<PairPage> {
    for (const { file, record } of request.first ?? []) this.#background.prefer(this.#file(file), record);
    return this.#withPairs(request, (files) => this.#pairs.page(request, files));
  }

  async pairSummary(request: PairRequest): Promise<PairSummary> {
    return this.#withPairs(request, (files) => this.#pairs.summary(request, files));
  }

  async pairLines(request: PairRequest, start: number): Promise<PairLines> {
    const done = (file: TraceFile) => this.#indexUntil(file, () => file.records.done);
    await Promise.all([done(this.#file(request.teacher.file)), done(this.#file(request.student.file))]);
    return this.#withPairs(request, (files) => this.#pairs.lines(request, start, files));
  }

  async compare(teacher: TraceRef, student: TraceRef, pins?: Pins): Promise<Comparison> {
    const [one, other] = await this.#bothTraces(teacher, student);
    const { compareTraces, meaningOf } = this.#analyst.now;
    const diff = compareTraces(one, other, pins);
    return { teacher: one, student: other, diff, meaning: meaningOf(one, other, diff) };
  }

  async pairPatch(teacher: TraceRef, student: TraceRef): Promise<string> {
    const [one, other] = await this.#bothTraces(teacher, student);
    return this.#analyst.now.pairPatch(one.trace, other.trace);
  }

  async pairPage(teacher: TraceRef, student: TraceRef, pins?: Pins): Promise<OpenPage> {
    return this.#analyst.now.openPage(await this.compare(teacher, student, pins));
  }

  async #bothTraces(teacher: TraceRef, student: TraceRef): Promise<[TraceDocument, TraceDocument]> {
    const one = await this.document(teacher);
    const other = await this.document(student);
    if (isTraceDocument(one) && isTraceDocument(other)) return [one, other];
    const plain = isTraceDocument(one) ? other : one;
    throw new SessionError("not-a-trace", `The record at line ${plain.line} holds no reasoning trace to compare.`);
  }

  async complete(query: string, cursor: number, view: number): Promise<readonly Completion[]> {
    const slots = this.#views.get(view)?.slots() ?? [];
    return completeQuery(this.#own, slots, query, cursor);
  }

  async setBackground(running: boolean): Promise<void> {
    this.#background.setRunning(running);
  }

  /** Stops all work and closes the files. */
  close(): void {
    this.#background.stop();
    for (const file of this.#files) file.records.close();
  }

  async #withPairs<T>(request: PairRequest, ask: (files: PairFiles) => Promise<T>): Promise<T> {
    const teacher = this.#file(request.teacher.file);
    const student = this.#file(request.student.file);
    await this.#ready(teacher);
    await this.#ready(student);
    await this.#analyst.load();
    this.#background.endCourtesy();
    return this.#background.hold(() => ask({ teacher, student, breathe: this.#breather() }));
  }

  #restore(): void {
    const saved = this.#host.cache?.load();
    if (saved && this.#own.restore(saved)) this.#savedBytes = this.#own.records.progress.total;
  }

  #save(): void {
    const { cache } = this.#host;
    const { bytesIndexed, progress } = this.#own.records;
    const { total } = progress;
    if (!cache || Math.max(total, bytesIndexed) < leastCachedBytes || total === this.#savedBytes || !this.#own.settled) return;
    this.#savedBytes = total;
    const content = this.#own.save();
    if (content) cache.save(content, total);
  }

  get #own(): TraceFile {
    return this.#file(0);
  }

  #file(number: number): TraceFile {
    const file = this.#files[number];
    if (!file) throw new SessionError("no-file", `File ${number} is not open in this session.`);
    return file;
  }

  #view(id: number): View {
    const view = this.#views.get(id);
    if (!view) throw new SessionError("no-view", `View ${id} is not there any more; ask for a new one.`);
    return view;
  }

  async #openPeer(path: string): Promise<number> {
    const opened = await this.#host.openPeer(path);
    if (!opened.ok) throw new SessionError(opened.error.code, opened.error.message);
    const number = this.#files.length;
    this.#files.push(new TraceFile(number, opened.value, this.#analyst, this.#host.analysis ?? {}));
    this.#background.wake();
    return number;
  }

  /** Waits until something can be said of the file's content. */
  async #ready(file: TraceFile): Promise<void> {
    await this.#indexUntil(file, () => file.ready);
  }

  async #indexUntil(file: TraceFile, enough: () => boolean): Promise<void> {
    if (enough()) return;
    await this.#background.hold(async () => {
      const breathe = this.#breather();
      while (!enough() && file.indexMore(1 << 18)) await (file.records.arrival() ?? breathe());
    });
  }

  /** The file of a reference, indexed as far as its record. */
  async #recordOf(ref: TraceRef): Promise<TraceFile> {
    const file = this.#file(ref.file);
    await this.#ready(file);
    await this.#indexUntil(file, () => file.records.count > ref.record);
    if (ref.record >= 0 && ref.record < file.records.count) return file;
    throw new SessionError("no-record", `${file.fileName} has ${file.records.count} records; there is no record ${ref.record + 1}.`);
  }

  #breather(): () => Promise<void> {
    const ticker = new Ticker();
    return async () => {
      if (!ticker.over()) return;
      await this.#host.pause();
      ticker.restart();
    };
  }

  #tell(say: (listener: SessionListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }
}
