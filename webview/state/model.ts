/** What the view knows: the file, the list, the open trace and the reader's place in it. Elements draw it; nothing else holds state. */
import type { Analysis } from "../../src/core/analysis";
import type { Mark } from "../../src/core/annotate/marks";
import { type FileInfo, isTraceDocument, type PlainDocument, type TraceDocument, type TraceRef } from "../../src/protocol/engine";
import type { HostRequests, KeyHelp, ViewSettings, ViewState } from "../../src/protocol/host";
import { failureOf } from "../../src/protocol/rpc";
import type { PairCount } from "../compare/pairSession";
import { type Folds, noFolds } from "../trace/rows";
import { sameRef } from "./dismiss";
import { DocumentCache } from "./documentCache";
import { FileProgress } from "./fileProgress";
import type { Goal } from "./goal";
import { ListModel } from "./listModel";
import { ReaderMarks } from "./readerMarks";
import type { Shell } from "./shell";
import { initialState, readState, type StateKeeper, throttled } from "./viewState";

const engineEnded: ReadonlySet<string> = new Set(["worker-exit", "worker-failed", "disposed"]);
const stateMs = 200;

/** The one model of a webview. */
export class Model implements Shell {
  state: ViewState = initialState;
  settings: ViewSettings = { foldRedundantByDefault: false, renderMarkdown: true, textWidth: 80 };
  keys: readonly KeyHelp[] = [];
  ready = false;
  readonly file = new FileProgress(this);
  readonly list: ListModel;
  readonly marks: ReaderMarks;
  document: TraceDocument | PlainDocument | undefined;
  /** The open trace's analysis after the reader's marks. */
  analysis: Analysis | undefined;
  loading = false;
  documentError: string | undefined;
  problem: { readonly message: string; readonly action?: "reload" | "openAnother" } | undefined;
  folds: Folds = noFolds;
  /** Index of the flag whose evidence is open. */
  peek: number | undefined;
  goal: Goal = { serial: 0, align: "nearest" };
  /** How many pairs Compare lists. */
  pairs: PairCount | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly documents: DocumentCache;
  private readonly send: (state: ViewState) => void;
  private openSerial = 0;

  constructor(
    readonly host: HostRequests,
    private readonly keeper: StateKeeper,
  ) {
    this.list = new ListModel(this, async () => {
      if (!this.state.ref && !this.loading && (this.list.view?.rows ?? 0) > 0) await this.openAt(0);
    });
    this.marks = new ReaderMarks((added, removed) => void host.changeMarks(added, removed).catch((error: unknown) => this.report(error)));
    this.documents = new DocumentCache((ref) => host.document(ref));
    this.send = throttled(stateMs, (state) => void host.stateChanged(state).catch(() => undefined));
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
    await this.host.marks().then(
      (marks) => this.setMarks(marks),
      (error: unknown) => this.report(error),
    );
    await this.list.run();
    const { ref, step } = this.state;
    const toStep = step === undefined || this.state.anchor ? {} : { step };
    if (ref) await this.open(ref, { keepFolds: true, ...toStep });
    else await this.openAt(0);
    await this.catchUp();
  }

  /** A small file may be done before the view listens: nothing would ever tell it so. */
  private async catchUp(): Promise<void> {
    this.progress(await this.host.info());
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
    if (this.file.tell(info)) this.list.refreshSoon();
  }

  /** Opens a trace. Folds of another trace are forgotten. */
  async open(ref: TraceRef, options: { readonly step?: number; readonly unit?: number; readonly keepFolds?: boolean } = {}): Promise<void> {
    const serial = ++this.openSerial;
    const same = sameRef(ref, this.state.ref);
    this.loading = true;
    this.patch({ ref, ...(same ? {} : { step: 0, unit: 0, anchor: undefined, foldedUnits: [] }) });
    void this.list.locate(ref);
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
    const row = await this.list.rowAt(position);
    if (!row) return;
    this.list.position = position;
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

  /** The reader has seen what was wrong. */
  seeProblem(): void {
    this.problem = undefined;
    this.changed();
  }

  /** Asks everything again, after the engine was started anew. */
  async reload(): Promise<void> {
    this.documents.clear();
    this.file.reset();
    try {
      this.progress(await this.host.info());
      this.problem = undefined;
      await this.list.run();
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

  setPeek(flag: number | undefined): void {
    this.peek = flag;
    this.changed();
  }

  /** The file's marks, as they are kept. */
  setMarks(marks: readonly Mark[]): void {
    this.marks.set(marks);
    this.analysis = this.marks.over(this.trace);
    this.changed();
  }

  /** The open document when it is a trace. */
  get trace(): TraceDocument | undefined {
    return this.document && isTraceDocument(this.document) ? this.document : undefined;
  }

  private show(document: TraceDocument | PlainDocument, keepFolds: boolean): void {
    this.document = document;
    this.documentError = undefined;
    this.peek = undefined;
    this.list.setRead(document.ref);
    if (!keepFolds) this.folds = { ...noFolds, foldRedundant: this.state.foldRedundant };
    this.analysis = this.marks.over(this.trace);
    const { analysis } = this;
    const last = Math.max(0, (analysis?.steps.length ?? 1) - 1);
    const step = Math.min(this.state.step ?? 0, last);
    this.patch({
      step,
      unit: analysis?.steps[step]?.unit ?? 0,
      unitCount: analysis?.units.length ?? 0,
      stepCount: analysis?.steps.length ?? 0,
    });
  }

  /** Fetches the traces before and after, so that the next key press finds them ready. */
  private prefetch(): void {
    const { position: at, rows } = this.list;
    if (at < 0) return;
    for (const position of [at + 1, at - 1]) {
      const row = position >= 0 ? rows.row(position) : undefined;
      if (row) void this.documents.get({ file: 0, record: row.record, rollout: row.rollout }).catch(() => undefined);
    }
  }

  /** Tells of a failure. That the engine ended is told over both panes already. */
  async report(error: unknown): Promise<void> {
    if (engineEnded.has(failureOf(error).code)) return;
    await this.host.showError(error instanceof Error ? error.message : String(error)).catch(() => undefined);
  }
}
