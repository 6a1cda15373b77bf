/** Teacher and student side by side. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Comparison, FileInfo, PairRow, TraceRef } from "../../src/protocol/engine";
import type { HostRequests, ViewCommand, ViewSettings, ViewState } from "../../src/protocol/host";
import { count } from "../format";
import { place, px } from "../place";
import { compareCommands } from "./commands";
import { type Aligned, buildCompareRows, type CompareFolds, type CompareRow, foldsAround, positionOf, stepRowsByUnit } from "./compareRows";
import { type SideName, tokensOf } from "./compareWords";
import { emptyState } from "./emptyStates";
import { defaultSides, isPair, PairLoader, type PairSort, type Sides, sameTrace, sortPairs } from "./pairing";
import "./pairList";
import "./compareExtra.css";
import { type PairActions, pairCrumb, pairMetrics, pairQuestion, sideName } from "./pairHeader";
import { layoutMap, type MapLayout, ribbonMap } from "./ribbonMap";
import { type RowsContext, rowView } from "./rowViews";
import { VirtualRows } from "./virtualRows";

const queryDelayMs = 150;
const narrowBelow = 760;
/** Width of the names beside the strips, and of the view's padding on both sides. */
const namesWidth = 112;
const sidePadding = 20;
const narrowPadding = 12;

/**
 * `<rti-compare>`: set `host`, `state`, `settings`; fires `rti-state` (`Partial<ViewState>`), `rti-open` (`TraceRef`, to be opened in Inspect) and
 * `rti-pairs` (`{matching, total, complete, position}`, for the count in the top bar).
 */
export class CompareView extends LitElement {
  static override properties = { host: { attribute: false }, state: { attribute: false }, settings: { attribute: false } };
  declare host: HostRequests;
  declare state: ViewState;
  declare settings: ViewSettings | undefined;

  private info: FileInfo | undefined;
  private peerInfo: FileInfo | undefined;
  private sides: Sides | undefined;
  private readonly loader = new PairLoader(() => this.pairsChanged());
  private sort: { readonly key: PairSort; readonly descending: boolean } = { key: "file", descending: false };
  private pairsOpen = false;
  private pairRef: { readonly teacher: TraceRef; readonly student: TraceRef } | undefined;
  pair: Comparison | undefined;
  private loading = false;
  private error: string | undefined;
  private compareSerial = 0;
  private query: string | undefined;
  private queryTimer: ReturnType<typeof setTimeout> | undefined;

  aligned: Aligned | undefined;
  rows: CompareRow[] = [];
  folds: CompareFolds = { foldMatched: true, toggled: new Set() };
  /** Key of the selected row. */
  selected: string | undefined;
  private hovered: number | undefined;
  private hoveredUnit: number | undefined;
  side: SideName = "teacher";
  /** Flag whose evidence is open, as side and index. */
  openFlag: string | undefined;
  private groups: readonly (readonly number[])[] = [];
  private map: MapLayout | undefined;
  private width = 0;
  private readonly resize = new ResizeObserver(() => this.measured());
  private list: VirtualRows | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
    this.list = new VirtualRows(
      () => this.querySelector<HTMLElement>(".rows"),
      () => this.requestUpdate(),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    this.loader.dispose();
    this.list?.dispose();
    this.list = undefined;
    clearTimeout(this.queryTimer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.host || !this.state) return;
    if (!this.info && changed.has("host")) void this.start();
    const before: ViewState | undefined = changed.get("state");
    if (this.info && before) this.stateChanged(before);
  }

  /** The file's index or analysis went on: names and counts may have changed. */
  progress(info: FileInfo): void {
    this.info = info;
    if (!this.sides) void this.chooseSides();
    this.requestUpdate();
  }

  private async start(): Promise<void> {
    try {
      this.info = await this.host.info();
      if (this.state.peer !== undefined) this.peerInfo = (await this.host.openPeer(this.state.peer)).info;
    } catch (error) {
      this.error = words(error);
    }
    await this.chooseSides();
    this.requestUpdate();
  }

  private async chooseSides(): Promise<void> {
    this.sides = this.state.sides ?? (this.info && defaultSides(this.info));
    if (!this.sides) return;
    this.query = this.state.query;
    const wanted = this.state.pair;
    if (wanted) void this.open(wanted);
    await this.loader.load(this.host, this.sides, this.query);
  }

  private stateChanged(before: ViewState): void {
    if (this.state.sides && this.state.sides !== before.sides && this.state.sides !== this.sides) {
      this.sides = this.state.sides;
      this.reload();
    }
    const { pair } = this.state;
    if (pair && !samePair(pair, before.pair) && !samePair(pair, this.pairRef)) void this.open(pair);
    if (this.state.query !== this.query) {
      this.query = this.state.query;
      clearTimeout(this.queryTimer);
      this.queryTimer = setTimeout(() => this.reload(), queryDelayMs);
    }
    if (this.state.raw !== before.raw) this.list?.forget();
  }

  private reload(): void {
    if (this.sides) void this.loader.load(this.host, this.sides, this.query ?? "");
  }

  /** Pairs as the list shows them. */
  sortedPairs(): readonly PairRow[] {
    return sortPairs(this.loader.page?.pairs ?? [], this.sort.key, this.sort.descending);
  }

  private pairsChanged(): void {
    const { page } = this.loader;
    const pairs = this.sortedPairs();
    if (page) {
      const position = pairs.findIndex((row) => isPair(row, this.pairRef));
      this.emit("rti-pairs", { matching: page.matching, total: page.total, complete: page.complete, position });
    }
    const here = this.state.ref;
    const first = pairs.find((row) => sameTrace(row.teacher, here) || sameTrace(row.student, here)) ?? pairs[0];
    if (!this.pairRef && first) void this.open(first);
    this.requestUpdate();
  }

  /** Opens a pair and remembers it in the view's state. */
  async open({ teacher, student }: { readonly teacher: TraceRef; readonly student: TraceRef }): Promise<void> {
    const serial = ++this.compareSerial;
    this.pairRef = { teacher, student };
    this.loading = true;
    this.emit<Partial<ViewState>>("rti-state", { pair: { teacher, student } });
    this.requestUpdate();
    try {
      const pair = await this.host.compare(teacher, student);
      if (serial !== this.compareSerial) return;
      this.show(pair);
    } catch (error) {
      if (serial !== this.compareSerial) return;
      this.pair = undefined;
      this.aligned = undefined;
      this.error = words(error);
    }
    this.loading = false;
    this.requestUpdate();
  }

  private show(pair: Comparison): void {
    this.pair = pair;
    this.error = undefined;
    this.aligned = { teacher: pair.teacher.analysis, student: pair.student.analysis, diff: pair.diff };
    this.groups = stepRowsByUnit(pair.diff);
    this.folds = { ...this.folds, toggled: new Set() };
    this.openFlag = undefined;
    this.hovered = undefined;
    this.map = undefined;
    this.list?.forget();
    this.list?.scrollToTop();
    this.buildRows();
    const divergence = pair.diff.divergence?.stepRow;
    this.selected = divergence === undefined ? this.rows[0]?.key : this.rows[positionOf(this.rows, pair.diff, divergence)]?.key;
  }

  private buildRows(): void {
    this.rows = this.aligned ? buildCompareRows(this.aligned, this.folds) : [];
    this.requestUpdate();
  }

  setFolds(change: Partial<CompareFolds>): void {
    this.folds = { ...this.folds, ...change };
    this.buildRows();
  }

  /** Folds or opens the row with a key. */
  toggle(key: string): void {
    const toggled = new Set(this.folds.toggled);
    if (!toggled.delete(key)) toggled.add(key);
    this.setFolds({ toggled });
  }

  /** Selects the row at a position and brings it on screen. */
  select(position: number, align: "auto" | "start" = "auto"): void {
    const row = this.rows[position];
    if (!row) return;
    this.selected = row.key;
    this.requestUpdate();
    this.list?.reveal(position, align);
  }

  /** Selects a step row, opening what hides it. */
  goToStepRow(stepRow: number, align: "auto" | "start" = "start"): void {
    const { aligned } = this;
    if (!aligned) return;
    for (
      let fold = foldsAround(this.rows, aligned.diff, stepRow);
      fold !== undefined;
      fold = foldsAround(this.rows, aligned.diff, stepRow)
    ) {
      this.toggle(fold);
      if (foldsAround(this.rows, aligned.diff, stepRow) === fold) break;
    }
    void this.updateComplete.then(() => this.select(positionOf(this.rows, aligned.diff, stepRow), align));
  }

  /** Position of the selected row. */
  get selectedPosition(): number {
    return this.rows.findIndex((row) => row.key === this.selected);
  }

  /** Opens the pair before or after this one. */
  stepPair(by: 1 | -1): void {
    const pairs = this.sortedPairs();
    const at = pairs.findIndex((row) => isPair(row, this.pairRef));
    const next = pairs[at < 0 ? 0 : at + by];
    if (next) void this.open(next);
  }

  /** Swaps teacher and student. */
  swap(): void {
    if (!this.sides) return;
    this.changeSides(
      { teacher: this.sides.student, student: this.sides.teacher },
      this.pairRef && { teacher: this.pairRef.student, student: this.pairRef.teacher },
    );
  }

  private changeSides(sides: Sides, pair?: { readonly teacher: TraceRef; readonly student: TraceRef }): void {
    this.sides = sides;
    this.pairRef = undefined;
    this.loader.page = undefined;
    this.emit<Partial<ViewState>>("rti-state", { sides });
    if (pair) void this.open(pair);
    this.reload();
    this.requestUpdate();
  }

  private chooseModel(side: SideName, model: string): void {
    if (!this.sides) return;
    this.changeSides({ ...this.sides, [side]: { file: this.sides[side].file, model } });
  }

  /** Asks the host for two sides, of which one may be another file. */
  async pickSides(): Promise<void> {
    try {
      const picked = await this.host.pickSides();
      if (!picked) return;
      if (picked.peer !== undefined) {
        this.peerInfo = (await this.host.openPeer(picked.peer)).info;
        this.emit<Partial<ViewState>>("rti-state", { peer: picked.peer });
      }
      this.changeSides({ teacher: picked.teacher, student: picked.student });
    } catch (error) {
      await this.host.showError(words(error));
    }
  }

  /** Opens or closes the list of pairs. */
  togglePairs(open = !this.pairsOpen): boolean {
    const changed = open !== this.pairsOpen;
    this.pairsOpen = open;
    this.requestUpdate();
    if (changed && !open) this.querySelector<HTMLElement>("[data-action=pairs]")?.focus();
    return changed;
  }

  /** Opens the evidence of a flag; undefined closes it. */
  openEvidence(flag: string | undefined): void {
    this.openFlag = flag;
    this.requestUpdate();
  }

  /** Closes the open evidence; false when none is open. */
  closeFlag(): boolean {
    const open = this.openFlag !== undefined;
    this.openFlag = undefined;
    this.requestUpdate();
    return open;
  }

  setRaw(raw: boolean): void {
    this.emit<Partial<ViewState>>("rti-state", { raw });
  }

  /** Shows the active side's trace in Inspect. */
  inspect(): void {
    if (this.pairRef) this.emit<TraceRef>("rti-open", this.pairRef[this.side]);
  }

  /** Carries out a command of the palette or a key; false when it is not one of this view's. */
  handleCommand(id: ViewCommand): boolean {
    return compareCommands[id]?.(this) ?? false;
  }

  private emit<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true, composed: true }));
  }

  private measured(): void {
    const width = this.clientWidth;
    if (width === this.width) return;
    this.width = width;
    this.map = undefined;
    this.list?.forget();
    this.requestUpdate();
  }

  private get narrow(): boolean {
    return this.width > 0 && this.width <= narrowBelow;
  }

  protected override render(): TemplateResult {
    if (!this.sides) return emptyState(this.info, this.loader.error ?? this.error, () => void this.pickSides());
    const actions = this.actions(this.sides);
    const { pair, aligned } = this;
    return html`<div class="cmp"><div class="ch">${pairCrumb(pair, actions)}${pair ? html`${pairQuestion(pair)}${pairMetrics(pair, actions)}` : nothing}</div>
      ${pair && aligned ? this.strips(pair, aligned) : html`<div></div>`}
      ${pair && aligned ? this.column(pair, aligned) : this.notice()}</div>
      ${this.loading ? html`<div class="prog ind" role="progressbar" aria-label="Comparing"><u></u></div>` : nothing}
      ${this.pairsOpen ? this.pairPopover() : nothing}`;
  }

  private notice(): TemplateResult {
    if (this.loading) return html`<div class="empty"><p>Aligning the two traces…</p></div>`;
    const { page } = this.loader;
    const none = page && page.matching === 0 && page.total > 0;
    return none
      ? html`<div class="empty"><h2>No pair matches</h2><p>${count(page.total)} pairs are joined by ${page.key}; the query keeps none of them.</p></div>`
      : emptyState(this.info, this.error ?? this.loader.error, () => void this.pickSides(), page);
  }

  private strips(pair: Comparison, aligned: Aligned): TemplateResult {
    const padding = this.narrow ? narrowPadding : sidePadding;
    const width = Math.max(120, (this.width || 1200) - 2 * padding - (this.narrow ? 0 : namesWidth));
    this.map ??= layoutMap(aligned, width, this.narrow);
    const row = this.rows[this.selectedPosition];
    const selected = row?.kind === "step" ? row.stepRow : undefined;
    const unitRow = row?.kind === "units" ? row.unitRow : undefined;
    return html`<div class="cs" @click=${this.onStripClick}>${ribbonMap(aligned, this.map, {
      width,
      narrow: this.narrow,
      teacherName: sideName(pair.teacher, this.sides?.teacher ?? { file: 0 }),
      studentName: sideName(pair.student, this.sides?.student ?? { file: 0 }),
      selected,
      hovered: this.hovered,
      unitRow,
      hoveredUnit: this.hoveredUnit,
    })}</div>`;
  }

  private column(pair: Comparison, aligned: Aligned): TemplateResult {
    const { rows, list } = this;
    const items =
      list?.update({ count: rows.length, key: (index) => rows[index]?.key ?? "", estimate: (index) => this.estimate(rows[index]) }) ?? [];
    const context = this.context(pair, aligned);
    const stuck = this.stuck(items[0]?.index ?? 0);
    return html`<div class="rowbox">${stuck ? html`<div class="cstick" aria-hidden="true" @click=${this.onRowClick}>${rowView(context, stuck.row, stuck.position)}</div>` : nothing}
      <div class="rows" role="grid" tabindex="0" aria-label="Aligned steps, teacher and student" aria-rowcount=${rows.length} aria-colcount="3"
        aria-activedescendant=${this.selected === undefined ? nothing : `rti-c-${this.selected}`}
        @click=${this.onRowClick} @dblclick=${this.onRowDoubleClick} @pointerover=${this.onHover} @pointerleave=${this.onLeave} @scroll=${() => this.requestUpdate()} @keydown=${this.onKey}>
      <div class="cvrs" role="presentation" ${place({ height: px(list?.totalHeight ?? 0), "padding-top": px(items[0]?.start ?? 0) })}>${repeat(
        items,
        (item) => item.key,
        (item) => {
          const row = rows[item.index];
          return html`<div class="cvr ${row ? `v-${row.kind}` : ""}" role="presentation" data-index=${item.index}>${row ? rowView(context, row, item.index + 1) : nothing}</div>`;
        },
      )}</div></div></div>`;
  }

  /** The unit header that stays at the top while its steps scroll below. */
  private stuck(_first: number): { readonly row: CompareRow; readonly position: number } | undefined {
    if (!this.list || this.list.scrollTop <= 0) return undefined;
    let at = this.list.topRow();
    if (this.rows[at]?.kind === "units" || this.rows[at]?.kind === "lone-units") return undefined;
    while (at >= 0 && this.rows[at]?.kind !== "units") at--;
    const row = this.rows[at];
    return row ? { row, position: at + 1 } : undefined;
  }

  private context(pair: Comparison, aligned: Aligned): RowsContext {
    return {
      pair,
      aligned,
      groups: this.groups,
      raw: this.state.raw,
      selected: this.selected,
      side: this.side,
      openFlag: this.openFlag,
      toggle: (key) => this.toggle(key),
      toggleFlag: (key) => this.openEvidence(this.openFlag === key ? undefined : key),
    };
  }

  private estimate(row: CompareRow | undefined): number {
    if (!row || !this.aligned) return 26;
    if (row.kind !== "step") return row.kind === "units" ? 28 : 26;
    const column = (this.narrow ? this.width - 160 : this.width / 2 - 190) / 6.2;
    const lines = Math.max(
      ...(["teacher", "student"] as const).map((side) =>
        Math.ceil((tokensOf(this.aligned as Aligned, [row.stepRow], side) * 3.9) / Math.max(20, column)),
      ),
    );
    return Math.max(1, lines) * 20 + 14;
  }

  protected override updated(): void {
    this.list?.rendered(this.querySelectorAll<HTMLElement>(".cvr"));
  }

  private pairPopover(): TemplateResult {
    return html`<div class="pop pairs" role="dialog" aria-label="Pairs" @keydown=${(event: KeyboardEvent) => {
      if (event.key === "Escape") this.togglePairs(false);
    }}><rti-pairs .page=${this.loader.page} .pair=${this.pairRef} .sort=${this.sort.key} .descending=${this.sort.descending}
      @rti-pair-sort=${(event: CustomEvent<PairSort>) => this.setSort(event.detail)} @rti-pair=${(event: CustomEvent<PairRow>) => void this.open(event.detail)}></rti-pairs></div>
      <div class="popback" @click=${() => this.togglePairs(false)}></div>`;
  }

  private setSort(key: PairSort): void {
    this.sort = { key, descending: this.sort.key === key ? !this.sort.descending : false };
    this.requestUpdate();
  }

  private actions(sides: Sides): PairActions {
    const pairs = this.sortedPairs();
    const at = pairs.findIndex((row) => isPair(row, this.pairRef));
    return {
      raw: this.state.raw,
      foldMatched: this.folds.foldMatched,
      modelsOf: (side) => (sides[side].file === 0 ? this.info : this.peerInfo)?.models ?? [],
      sides,
      position: pairs.length === 0 ? "" : at < 0 ? `${count(pairs.length)} pairs` : `pair ${count(at + 1)} of ${count(pairs.length)}`,
      pairsOpen: this.pairsOpen,
      setRaw: (raw) => this.setRaw(raw),
      toggleFold: () => this.setFolds({ foldMatched: !this.folds.foldMatched, toggled: new Set() }),
      swap: () => this.swap(),
      chooseModel: (side, model) => this.chooseModel(side, model),
      chooseFile: () => void this.pickSides(),
      nativeDiff: () => this.nativeDiff(),
      togglePairs: () => this.togglePairs(),
      step: (by) => this.stepPair(by),
      goToDivergence: () => this.goToDivergence(),
    };
  }

  /** Opens the pair in the editor's own diff. */
  nativeDiff(): void {
    if (this.pairRef)
      void this.host.nativeDiff(this.pairRef.teacher, this.pairRef.student).catch((error: unknown) => this.host.showError(words(error)));
  }

  goToDivergence(): void {
    const at = this.aligned?.diff.divergence?.stepRow;
    if (at !== undefined) this.goToStepRow(at);
  }

  private readonly onStripClick = (event: Event): void => {
    if (!(event.target instanceof Element) || !this.aligned) return;
    const side: SideName = event.target.closest(".row.s") ? "student" : "teacher";
    const step = dataNumber(event.target, "step");
    const unit = dataNumber(event.target, "unit");
    const target = step ?? (unit === undefined ? undefined : this.aligned[side].units[unit]?.firstStep);
    if (target === undefined) return;
    this.side = side;
    this.goToStepRow(this.aligned.diff.steps.findIndex((row) => row[side] === target));
  };

  private readonly onRowClick = (event: Event): void => {
    if (!(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>("[data-key]");
    const key = row?.dataset.key;
    if (key === undefined) return;
    const goto = row?.dataset.goto;
    if (goto !== undefined) {
      this.goToStepRow(Number(goto));
      return;
    }
    const cell = event.target.closest<HTMLElement>("[data-side]");
    if (cell) this.side = cell.dataset.side === "S" ? "student" : "teacher";
    this.selected = key;
    if (row?.classList.contains("cfold") || row?.classList.contains("cuh")) this.toggle(key);
    this.requestUpdate();
  };

  private readonly onRowDoubleClick = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest(".g")) this.inspect();
  };

  private readonly onHover = (event: Event): void => {
    if (!(event.target instanceof Element)) return;
    const row = dataNumber(event.target, "row");
    const unitRow = dataNumber(event.target, "unitRow");
    if (row === this.hovered && unitRow === this.hoveredUnit) return;
    this.hovered = row;
    this.hoveredUnit = unitRow;
    this.requestUpdate();
  };

  private readonly onLeave = (): void => {
    this.hovered = undefined;
    this.hoveredUnit = undefined;
    this.requestUpdate();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.rows.length - 1;
    const at = this.selectedPosition;
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last };
    const move = moves[event.key];
    const row = this.rows[at];
    if (move !== undefined) this.select(Math.min(last, Math.max(0, move)));
    else if ((event.key === "Enter" || event.key === " ") && row && row.kind !== "step") this.toggle(row.key);
    else return;
    event.preventDefault();
  };
}

function dataNumber(element: Element, name: string): number | undefined {
  const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const found = element.closest<HTMLElement>(`[data-${attribute}]`)?.dataset[name];
  return found === undefined ? undefined : Number(found);
}

const samePair = (
  a: { readonly teacher: TraceRef; readonly student: TraceRef } | undefined,
  b: { readonly teacher: TraceRef; readonly student: TraceRef } | undefined,
): boolean => sameTrace(a?.teacher, b?.teacher) && sameTrace(a?.student, b?.student);

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

customElements.define("rti-compare", CompareView);
