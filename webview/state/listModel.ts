/** The list: which view of the file it shows, the rows fetched so far, where the open trace stands and which traces were read. */
import { type Row, type SortKey, sortKeys, type TraceRef, type ViewInfo } from "../../src/protocol/engine";
import type { ViewState } from "../../src/protocol/host";
import { sameRef } from "./dismiss";
import { RowCache } from "./rowCache";
import type { Shell } from "./shell";
import { throttled } from "./viewState";

const queryDelayMs = 150;
const refreshMs = 250;

/** Columns that many files have nothing for. */
const lacking: readonly SortKey[] = ["question", "model"];

/** Columns whose first order is from small to large. */
const ascendingFirst: ReadonlySet<SortKey> = new Set(["id", "question", "model", "file"]);

/** The state of the record list. */
export class ListModel {
  view: ViewInfo | undefined;
  rows: RowCache;
  /** Position of the open trace in the list, or −1. */
  position = -1;
  /** Traces of the file that were open, as "record/rollout". */
  private readonly read = new Set<string>();
  /** Columns that some row of the file filled; undefined until a row came. */
  private filled: Set<SortKey> | undefined;
  private serial = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Asks for the view's state again, a moment later. */
  readonly refreshSoon: () => void;

  /** `settled`: called once the view's state is known again. */
  constructor(
    private readonly shell: Shell,
    private readonly settled: () => Promise<void>,
  ) {
    this.rows = this.newRows();
    const soon = throttled<undefined>(refreshMs, () => void this.refresh());
    this.refreshSoon = () => soon(undefined);
  }

  /** Changes the query and asks, at once or when the reader has stopped typing. */
  setQuery(change: Partial<Pick<ViewState, "query" | "matchCase" | "regex">>, now = false): void {
    this.shell.patch(change);
    clearTimeout(this.timer);
    if (now) void this.run();
    else this.timer = setTimeout(() => void this.run(), queryDelayMs);
  }

  /** Sorts by a column; the same column again reverses. */
  setSort(key: SortKey): void {
    const { sort } = this.shell.state;
    const descending = sort.key === key && key !== "file" ? !sort.descending : !ascendingFirst.has(key);
    this.shell.patch({ sort: { key, descending } });
    void this.run();
  }

  /** The key that the list is sorted by; the file's own order when it is not known. */
  get sortKey(): SortKey {
    return sortKeys.find((known) => known === this.shell.state.sort.key) ?? "file";
  }

  /** Asks for the view that the state describes. */
  async run(): Promise<void> {
    const serial = ++this.serial;
    const { query, matchCase, regex, sort } = this.shell.state;
    try {
      const view = await this.shell.host.view({ query, matchCase, regex, sort: { key: this.sortKey, descending: sort.descending } });
      if (serial !== this.serial) return;
      this.view = view;
      this.rows.clear();
      this.rows = this.newRows();
      this.shell.changed();
      if (this.shell.state.ref) await this.locate(this.shell.state.ref);
    } catch (error) {
      if (serial === this.serial) await this.shell.report(error);
    }
  }

  /** Columns of these records were filled. */
  analysed(fromRecord: number, toRecord: number): void {
    this.rows.stale(fromRecord, toRecord);
    if (this.shell.state.sort.key !== "file") this.rows.staleAll();
    this.refreshSoon();
  }

  /** The row at a position; undefined when there is none. */
  async rowAt(position: number): Promise<Row | undefined> {
    if (!this.view || position < 0 || position >= this.view.rows) return undefined;
    return this.rows.row(position) ?? (await this.fetch(position, 1))[0];
  }

  /** Looks where a trace stands in the list; `afresh` when rows may have moved. */
  async locate(ref: TraceRef, afresh = false): Promise<void> {
    if (!this.view || ref.file !== 0) return;
    const near = afresh ? -1 : this.rows.find(ref.record, ref.rollout);
    const position = near >= 0 ? near : await this.shell.host.locate(this.view.id, ref.record, ref.rollout).catch(() => -1);
    if (!sameRef(ref, this.shell.state.ref)) return;
    this.position = position;
    this.shell.changed();
  }

  /** The reader has a trace open. */
  setRead(ref: TraceRef): void {
    if (ref.file === 0) this.read.add(`${ref.record}/${ref.rollout}`);
  }

  /** True when the reader has had a row's trace open since the file was opened. */
  isRead(row: { readonly record: number; readonly rollout: number }): boolean {
    return this.read.has(`${row.record}/${row.rollout}`);
  }

  /** Number of traces that were read. */
  get readCount(): number {
    return this.read.size;
  }

  /** Columns that no row seen so far fills, of those that a file may lack. */
  get empty(): ReadonlySet<SortKey> {
    const { filled } = this;
    return new Set(filled ? lacking.filter((key) => !filled.has(key)) : []);
  }

  private async fetch(start: number, count: number): Promise<readonly Row[]> {
    const rows = this.view ? await this.shell.host.rows(this.view.id, start, count) : [];
    this.see(rows);
    return rows;
  }

  private see(rows: readonly Row[]): void {
    for (const row of rows) {
      if (row.kind === "malformed") continue;
      this.filled ??= new Set();
      if (row.question.trim() !== "") this.filled.add("question");
      if (row.model) this.filled.add("model");
    }
  }

  private async refresh(): Promise<void> {
    const before = this.view;
    if (!before) return;
    try {
      const view = await this.shell.host.viewInfo(before.id);
      if (this.view?.id !== before.id) return;
      this.view = view;
      if (view.rows !== before.rows) this.rows.staleAll();
      this.shell.changed();
      const { ref, sort, query } = this.shell.state;
      if (ref && (sort.key !== "file" || query !== "")) await this.locate(ref, true);
      await this.settled();
    } catch {
      await this.run();
    }
  }

  private newRows(): RowCache {
    return new RowCache(
      (start, count) => this.fetch(start, count),
      () => this.shell.changed(),
    );
  }
}
