/** What the view knows: the file, the list, the open trace and the reader's place in it. Elements draw it; nothing else holds state. */
import type { Analysis } from "../../src/core/analysis";
import { anchor, type Dismissal, dismissalOf } from "../../src/core/annotate/sidecar";
import {
  type FileInfo,
  isTraceDocument,
  type PlainDocument,
  type SortKey,
  sortKeys,
  type TraceDocument,
  type TraceRef,
  type ViewInfo,
} from "../../src/protocol/engine";
import type { HostRequests, KeyHelp, ViewSettings, ViewState } from "../../src/protocol/host";
import { failureOf } from "../../src/protocol/rpc";
import type { PairCount } from "../compare/pairSession";
import { type Folds, noFolds } from "../trace/rows";
import { applyDismissals, sameRef } from "./dismiss";
import { DocumentCache } from "./documentCache";
import { RowCache } from "./rowCache";
import { initialState, readState, type StateKeeper, throttled } from "./viewState";

/** Where the reading column should go next. `serial` grows with every wish, so that the same place can be asked for twice. */
export interface Goal {
  readonly serial: number;
  readonly step?: number;
  readonly unit?: number;
  /** An offset in the text, for a match or a token. */
  readonly offset?: number;
  /** A field row outside the text. */
  readonly field?: string;
  /** A row by its key, scrolled `by` pixels past its top: the place to return to. */
  readonly row?: { readonly row: string; readonly by: number };
  readonly align: "nearest" | "start";
}

const engineEnded: ReadonlySet<string> = new Set(["worker-exit", "worker-failed", "disposed"]);
const queryDelayMs = 150;
const refreshMs = 250;
const stateMs = 200;

/** The one model of a webview. */
export class Model {
  state: ViewState = initialState;
  settings: ViewSettings = { foldRedundantByDefault: false, renderMarkdown: true, textWidth: 80 };
  keys: readonly KeyHelp[] = [];
  ready = false;
  info: FileInfo | undefined;
  view: ViewInfo | undefined;
  rows: RowCache;
  /** Position of the open trace in the list, or −1. */
  position = -1;
  document: TraceDocument | PlainDocument | undefined;
  /** The reader's dismissals of the whole file, and those that hold for the open trace, by flag. */
  private dismissals: readonly Dismissal[] = [];
  dismissed: ReadonlyMap<number, readonly Dismissal[]> = new Map();
  /** The open trace's analysis after the reader's dismissals. */
  analysis: Analysis | undefined;
  loading = false;
  documentError: string | undefined;
  problem: { readonly message: string; readonly action?: "reload" | "openAnother" } | undefined;
  /** Records that came after the file had been indexed. */
  appended = 0;
  /** Background work stopped by the reader. */
  paused = false;
  folds: Folds = noFolds;
  /** Index of the flag whose evidence is open. */
  peek: number | undefined;
  goal: Goal = { serial: 0, align: "nearest" };
  /** How many pairs Compare lists. */
  pairs: PairCount | undefined;
  /** Share of the file indexed per millisecond, for the time that is left. */
  private indexing: { readonly bytes: number; readonly at: number } | undefined;
  /** Traces of the file that were open, as "record/rollout". */
  private readonly read = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly documents: DocumentCache;
  private readonly send: (state: ViewState) => void;
  private viewSerial = 0;
  private openSerial = 0;
  private queryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly refreshSoon: (staleRows: boolean) => void;

  constructor(
    readonly host: HostRequests,
    private readonly keeper: StateKeeper,
  ) {
    this.rows = this.newRows();
    this.documents = new DocumentCache((ref) => host.document(ref));
    this.send = throttled(stateMs, (state) => void host.stateChanged(state).catch(() => undefined));
    this.refreshSoon = throttled(refreshMs, () => void this.refreshView());
  }

  /** Calls `listener` after every change; returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** First contact: settings, the state to restore, the first view. */
  async start(): Promise<void> {
    const { restore, settings, keys } = await this.host.ready();
    this.settings = settings;
    this.keys = keys;
    const kept = readState(this.keeper.getState());
    this.state = { ...initialState, foldRedundant: settings.foldRedundantByDefault, ...restore, ...kept };
    this.folds = { ...noFolds, foldRedundant: this.state.foldRedundant, folded: new Set(this.state.foldedUnits) };
    this.ready = true;
    this.changed();
    this.progress(await this.host.info());
    await this.host.dismissals().then(
      (entries) => this.setDismissals(entries),
      (error: unknown) => this.report(error),
    );
    await this.runQuery();
    const { ref, step } = this.state;
    const toStep = step === undefined || this.state.anchor ? {} : { step };
    if (ref) await this.open(ref, { keepFolds: true, ...toStep });
    else await this.openAt(0);
  }

  /** Changes the state, remembers it and tells the host. */
  patch(change: Partial<ViewState>): void {
    this.state = { ...this.state, ...change };
    this.keeper.setState(this.state);
    this.send(this.state);
    this.changed();
  }

  setPairs(pairs: PairCount): void {
    this.pairs = pairs;
    this.changed();
  }

  progress(info: FileInfo): void {
    const before = this.info;
    if (before?.indexed && info.records > before.records) this.appended += info.records - before.records;
    this.info = info;
    if (!this.indexing || info.bytesIndexed < this.indexing.bytes) this.indexing = { bytes: info.bytesIndexed, at: performance.now() };
    this.changed();
    if (before) this.refreshSoon(false);
  }

  /** Milliseconds until the index is complete, from the speed so far; undefined while too little is known. */
  indexTimeLeft(): number | undefined {
    if (!this.info || !this.indexing || this.info.indexed) return undefined;
    const done = this.info.bytesIndexed - this.indexing.bytes;
    const passed = performance.now() - this.indexing.at;
    return done > 0 && passed > 400 ? ((this.info.bytes - this.info.bytesIndexed) * passed) / done : undefined;
  }

  analysed(fromRecord: number, toRecord: number): void {
    this.rows.stale(fromRecord, toRecord);
    if (this.state.sort.key !== "file") this.rows.staleAll();
    this.refreshSoon(true);
  }

  setQuery(change: Partial<Pick<ViewState, "query" | "matchCase" | "regex">>, now = false): void {
    this.patch(change);
    clearTimeout(this.queryTimer);
    if (now) void this.runQuery();
    else this.queryTimer = setTimeout(() => void this.runQuery(), queryDelayMs);
  }

  /** Sorts by a column; the same column again reverses. */
  setSort(key: SortKey): void {
    const { sort } = this.state;
    const descending =
      sort.key === key && key !== "file" ? !sort.descending : key !== "id" && key !== "question" && key !== "model" && key !== "file";
    this.patch({ sort: { key, descending } });
    void this.runQuery();
  }

  /** Opens a trace. Folds of another trace are forgotten. */
  async open(ref: TraceRef, options: { readonly step?: number; readonly unit?: number; readonly keepFolds?: boolean } = {}): Promise<void> {
    const serial = ++this.openSerial;
    const same = sameRef(ref, this.state.ref);
    this.loading = true;
    this.patch({ ref, ...(same ? {} : { step: 0, unit: 0, anchor: undefined, foldedUnits: [] }) });
    void this.locate(ref);
    try {
      const document = await this.documents.get(ref);
      if (serial !== this.openSerial) return;
      this.show(document, options.keepFolds === true || same);
      if (options.step !== undefined) this.goToStep(options.step, "start");
      else if (options.unit !== undefined) this.goToUnit(options.unit);
      else if (this.state.anchor) this.wish({ row: this.state.anchor, align: "start" });
    } catch (error) {
      if (serial !== this.openSerial) return;
      this.document = undefined;
      this.analysis = undefined;
      this.documentError = error instanceof Error ? error.message : String(error);
    } finally {
      if (serial === this.openSerial) {
        this.loading = false;
        this.changed();
      }
    }
    this.prefetch();
  }

  /** Opens the trace at a position of the list, if there is one. */
  async openAt(position: number): Promise<void> {
    if (!this.view || position < 0 || position >= this.view.rows) return;
    const row = this.rows.row(position) ?? (await this.host.rows(this.view.id, position, 1))[0];
    if (!row) return;
    this.position = position;
    await this.open({ file: 0, record: row.record, rollout: row.rollout });
  }

  /** Selects a step and brings it on screen. */
  goToStep(step: number, align: Goal["align"] = "nearest"): void {
    const target = this.analysis?.steps[step];
    if (!target) return;
    this.patch({ step, unit: target.unit });
    this.wish({ step, align });
  }

  goToUnit(unit: number): void {
    const target = this.analysis?.units[unit];
    if (!target) return;
    this.patch({ unit, step: target.firstStep });
    this.wish({ unit, align: "start" });
  }

  wish(goal: Omit<Goal, "serial">): void {
    this.goal = { ...goal, serial: this.goal.serial + 1 };
    this.changed();
  }

  setFolds(change: Partial<Folds>): void {
    this.folds = { ...this.folds, ...change };
    this.patch({ foldRedundant: this.folds.foldRedundant, foldedUnits: [...this.folds.folded] });
  }

  /** A known sort key, or the file's own order. */
  sortKey(key: string): SortKey {
    return sortKeys.find((known) => known === key) ?? "file";
  }

  /** The reader has seen that records were appended. */
  seeAppended(): void {
    this.appended = 0;
    this.changed();
  }

  /** The reader has seen what was wrong. */
  seeProblem(): void {
    this.problem = undefined;
    this.changed();
  }

  /** Asks everything again, after the engine was started anew. */
  async reload(): Promise<void> {
    this.documents.clear();
    this.info = undefined;
    this.appended = 0;
    this.indexing = undefined;
    try {
      this.progress(await this.host.info());
      this.problem = undefined;
      await this.runQuery();
      if (this.state.ref) await this.open(this.state.ref, { keepFolds: true });
    } catch (error) {
      await this.report(error);
    }
  }

  /** Analyses the next stretch of a trace that is too long to be analysed at once. */
  async analyseMore(codeUnits: number): Promise<void> {
    const { trace } = this;
    if (!trace) return;
    const serial = ++this.openSerial;
    this.loading = true;
    this.changed();
    try {
      const document = await this.host.document(trace.ref, trace.trace.text.length + codeUnits);
      this.documents.put(document);
      if (serial !== this.openSerial) return;
      this.show(document, true);
      if (this.state.anchor) this.wish({ row: this.state.anchor, align: "start" });
    } catch (error) {
      await this.report(error);
    } finally {
      if (serial === this.openSerial) this.loading = false;
      this.changed();
    }
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    void this.host.setBackground(!paused).catch((error: unknown) => this.report(error));
    this.changed();
  }

  setPeek(flag: number | undefined): void {
    this.peek = flag;
    this.changed();
  }

  /** The file's dismissals, as they are kept. */
  setDismissals(entries: readonly Dismissal[]): void {
    this.dismissals = entries;
    this.refreshAnalysis();
    this.changed();
  }

  /** Marks a flag of the open trace as not redundant, or takes that back. The host sends the new list. */
  toggleDismissed(at: number): void {
    const flag = this.trace?.analysis.flags[at];
    if (!this.trace || !flag) return;
    const standing = this.dismissed.get(at) ?? [];
    const added = standing.length > 0 ? [] : [dismissalOf(this.trace.trace, flag)];
    void this.host.changeDismissals(added, standing).catch((error: unknown) => this.report(error));
  }

  /** The open document when it is a trace. */
  get trace(): TraceDocument | undefined {
    return this.document && isTraceDocument(this.document) ? this.document : undefined;
  }

  /** True when the reader has had a row's trace open since the file was opened. */
  isRead(row: { readonly record: number; readonly rollout: number }): boolean {
    return this.read.has(`${row.record}/${row.rollout}`);
  }

  /** Number of traces that were read. */
  get readCount(): number {
    return this.read.size;
  }

  private show(document: TraceDocument | PlainDocument, keepFolds: boolean): void {
    this.document = document;
    this.documentError = undefined;
    this.peek = undefined;
    if (document.ref.file === 0) this.read.add(`${document.ref.record}/${document.ref.rollout}`);
    if (!keepFolds) this.folds = { ...noFolds, foldRedundant: this.state.foldRedundant };
    this.refreshAnalysis();
    const analysis = this.analysis;
    const last = Math.max(0, (analysis?.steps.length ?? 1) - 1);
    const step = Math.min(this.state.step ?? 0, last);
    this.patch({
      step,
      unit: analysis?.steps[step]?.unit ?? 0,
      unitCount: analysis?.units.length ?? 0,
      stepCount: analysis?.steps.length ?? 0,
    });
  }

  private refreshAnalysis(): void {
    const trace = this.trace;
    const own = trace?.ref.file === 0 ? this.dismissals : [];
    this.dismissed = trace ? anchor(trace.trace, trace.analysis.flags, own) : new Map();
    this.analysis = trace && applyDismissals(trace.analysis, this.dismissed);
  }

  private newRows(): RowCache {
    return new RowCache(
      async (start, count) => (this.view ? await this.host.rows(this.view.id, start, count) : []),
      () => this.changed(),
    );
  }

  private async runQuery(): Promise<void> {
    const serial = ++this.viewSerial;
    const { query, matchCase, regex, sort } = this.state;
    const key = this.sortKey(sort.key);
    try {
      const view = await this.host.view({ query, matchCase, regex, sort: { key, descending: sort.descending } });
      if (serial !== this.viewSerial) return;
      this.view = view;
      this.rows.clear();
      this.rows = this.newRows();
      this.changed();
      if (this.state.ref) await this.locate(this.state.ref);
    } catch (error) {
      if (serial === this.viewSerial) await this.report(error);
    }
  }

  private async refreshView(): Promise<void> {
    const before = this.view;
    if (!before) return;
    try {
      const view = await this.host.viewInfo(before.id);
      if (this.view?.id !== before.id) return;
      this.view = view;
      if (view.rows !== before.rows) this.rows.staleAll();
      this.changed();
      if (this.state.ref && (this.state.sort.key !== "file" || this.state.query !== "")) await this.locate(this.state.ref, true);
      if (!this.state.ref && !this.loading && view.rows > 0) await this.openAt(0);
    } catch {
      await this.runQuery();
    }
  }

  /** Looks where a trace stands in the list; `afresh` when rows may have moved. */
  private async locate(ref: TraceRef, afresh = false): Promise<void> {
    if (!this.view || ref.file !== 0) return;
    const near = afresh ? -1 : this.rows.find(ref.record, ref.rollout);
    const position = near >= 0 ? near : await this.host.locate(this.view.id, ref.record, ref.rollout).catch(() => -1);
    if (!sameRef(ref, this.state.ref)) return;
    this.position = position;
    this.changed();
  }

  /** Fetches the traces before and after, so that the next key press finds them ready. */
  private prefetch(): void {
    if (this.position < 0) return;
    for (const position of [this.position + 1, this.position - 1]) {
      const row = position >= 0 ? this.rows.row(position) : undefined;
      if (row) void this.documents.get({ file: 0, record: row.record, rollout: row.rollout }).catch(() => undefined);
    }
  }

  /** Tells of a failure. That the engine ended is told over both panes already. */
  private async report(error: unknown): Promise<void> {
    if (engineEnded.has(failureOf(error).code)) return;
    await this.host.showError(error instanceof Error ? error.message : String(error)).catch(() => undefined);
  }
}
