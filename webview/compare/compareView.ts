/** Teacher and student side by side: puts the parts together and hears what happens outside. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { DiffMeaning } from "../../src/core/compare/measures";
import { meaningOf } from "../../src/core/compare/measures";
import type { Comparison, FileInfo, TraceRef } from "../../src/protocol/engine";
import type { HostRequests, ViewCommand, ViewSettings, ViewState } from "../../src/protocol/host";
import { count } from "../format";
import { AlignedRows } from "./alignedRows";
import { answersOf } from "./answersPanel";
import { compareCommands } from "./commands";
import { type Aligned, stepRowOf } from "./compareRows";
import type { SideName } from "./compareWords";
import { emptyState } from "./emptyStates";
import { PairFinder } from "./finder";
import { HandMatching } from "./handMatching";
import { meaningLine } from "./meaning";
import { exportPair } from "./pairExport";
import { type PairActions, type Panel, pairCrumb, pairMetrics, pairQuestion, sideName } from "./pairHeader";
import type { PairExport } from "./pairMenu";
import { PairSession } from "./pairSession";
import { answersPanel, type PanelActions, pairPopover, setPanel } from "./panels";
import { correctionCount, isPinned } from "./pins";
import { layoutMap, type MapLayout, ribbonMap } from "./ribbonMap";
import { dataNumber, RowColumn } from "./rowColumn";
import type { RowsContext } from "./rowParts";

const narrowBelow = 760;
/** Width of the names beside the strips, and of the view's padding on both sides. */
const namesWidth = 112;
const sidePadding = 20;
const narrowPadding = 12;

/**
 * `<rti-compare>`: set `host`, `state`, `settings`; fires `rti-state` (`Partial<ViewState>`), `rti-open` (`TraceRef`, to be opened in Inspect) and
 * `rti-pairs` (`PairCount`, for the count in the top bar).
 */
export class CompareView extends LitElement {
  static override properties = { host: { attribute: false }, state: { attribute: false }, settings: { attribute: false } };
  declare host: HostRequests;
  declare state: ViewState;
  declare settings: ViewSettings | undefined;

  readonly rows = new AlignedRows();
  readonly element: HTMLElement = this;
  session: PairSession | undefined;
  column: RowColumn | undefined;
  readonly finder = new PairFinder(this);
  readonly hand = new HandMatching(this);
  width = 0;
  private panel: Panel = "pair";
  private pairsOpen = false;
  private missingOpen = false;
  private questionOpen = false;
  private meaning: DiffMeaning | undefined;
  private map: MapLayout | undefined;
  private readonly resize = new ResizeObserver(() => this.measured());

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
    this.column = new RowColumn(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    this.session?.dispose();
    this.session = undefined;
    this.column?.dispose();
    this.column = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.host || !this.state) return;
    const before: ViewState | undefined = changed.get("state");
    if (!this.session || changed.has("host")) this.start();
    else if (before) this.session.update(this.state);
    if (before && before.raw !== this.state.raw) this.column?.forget();
  }

  private start(): void {
    this.session?.dispose();
    this.session = new PairSession(this.host, this.state, {
      changed: () => this.requestUpdate(),
      shown: (pair, again) => this.show(pair, again),
      patch: (change) => this.emit("rti-state", change),
      counted: (counted) => this.emit("rti-pairs", counted),
    });
    void this.session.start();
  }

  /** The file's index or analysis went on: names and counts may have changed. */
  progress(info: FileInfo): void {
    this.session?.progress(info);
  }

  changed(): void {
    this.requestUpdate();
  }

  get pair(): Comparison | undefined {
    return this.session?.pair;
  }

  private show(pair: Comparison, again: boolean): void {
    this.rows.show(pair, again);
    this.map = undefined;
    this.hand.waiting = undefined;
    this.meaning = meaningOf(pair.teacher, pair.student, pair.diff);
    this.finder.pairChanged();
    this.column?.forget();
    if (again) void this.updateComplete.then(() => this.column?.select(this.rows.position));
    else {
      this.missingOpen = false;
      this.questionOpen = false;
      this.column?.scrollToTop();
    }
  }

  /** Selects a step of one side, opening what hides it. */
  goToStep(side: SideName, step: number): void {
    this.rows.side = side;
    this.goToStepRow(this.rows.aligned ? stepRowOf(this.rows.aligned.diff, side, step) : -1);
  }

  /** Selects a step row, opening what hides it. */
  goToStepRow(stepRow: number, align: "auto" | "start" = "start"): void {
    this.panel = "pair";
    this.requestUpdate();
    void this.updateComplete.then(() => this.column?.goTo(stepRow, align));
  }

  goToDivergence(): void {
    const at = this.rows.aligned?.diff.divergence?.stepRow;
    if (at !== undefined) this.goToStepRow(at);
  }

  /** Opens or closes the list of pairs; true when that changed something. */
  togglePairs(open = !this.pairsOpen): boolean {
    const changed = open !== this.pairsOpen;
    this.pairsOpen = open;
    this.requestUpdate();
    if (changed && !open) this.querySelector<HTMLElement>("[data-action=pairs]")?.focus();
    return changed;
  }

  /** Closes the topmost thing that is open; false when nothing is. */
  closeTop(): boolean {
    if (this.togglePairs(false) || this.finder.close() || this.hand.cancel()) return true;
    const open = this.rows.openFlag !== undefined || this.panel !== "pair" || this.missingOpen;
    if (this.rows.openFlag !== undefined) this.rows.openFlag = undefined;
    else if (this.panel !== "pair") this.panel = "pair";
    else this.missingOpen = false;
    this.requestUpdate();
    return open;
  }

  /** Opens the evidence of a flag; undefined closes it. */
  openEvidence(flag: string | undefined): void {
    this.rows.openFlag = flag;
    this.requestUpdate();
  }

  /** Folds matched rows, or shows every row. */
  toggleFold(): void {
    this.rows.setFolds({ foldMatched: !this.rows.folds.foldMatched, toggled: new Set() });
    this.requestUpdate();
  }

  /** Shows or hides all answers to the question. */
  toggleAnswers(): void {
    this.panel = this.panel === "answers" ? "pair" : "answers";
    this.requestUpdate();
  }

  setRaw(raw: boolean): void {
    this.emit<Partial<ViewState>>("rti-state", { raw });
  }

  /** Shows the active side's trace in Inspect. */
  inspect(): void {
    if (this.pair) this.emit<TraceRef>("rti-open", this.pair[this.rows.side].ref);
  }

  /** Opens the pair in the editor's own diff. */
  nativeDiff(): void {
    const { refs } = this.session ?? {};
    if (refs) void this.host.nativeDiff(refs.teacher, refs.student).catch((error: unknown) => this.failed(error));
  }

  private failed(error: unknown): void {
    void this.host.showError(error instanceof Error ? error.message : String(error));
  }

  /** Carries out a command of the palette or a key; false when it is not one of this view's. */
  handleCommand(id: ViewCommand): boolean {
    return compareCommands[id]?.(this) ?? false;
  }

  picked(side: SideName, stepRow: number): boolean {
    return this.hand.picked(side, stepRow);
  }

  private emit<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true, composed: true }));
  }

  private measured(): void {
    const width = this.clientWidth;
    if (width === this.width) return;
    this.width = width;
    this.map = undefined;
    this.column?.forget();
    this.requestUpdate();
  }

  get narrow(): boolean {
    return this.width > 0 && this.width <= narrowBelow;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    if (!session?.sides) return emptyState(session?.info, session?.error ?? session?.loader.error, () => void session?.pickSides());
    const { pair } = session;
    const actions = this.actions(session, session.sides);
    return html`<div class="cmp"><div class="ch">${pairCrumb(pair, actions)}${pair ? html`${pairQuestion(pair, actions)}${pairMetrics(pair, actions)}${this.meaningPart(pair)}` : nothing}</div>
      ${this.body(session, pair)}</div>
      ${session.loading ? html`<div class="prog ind" role="progressbar" aria-label="Comparing"><u></u></div>` : nothing}
      ${this.pairsOpen ? pairPopover(session, this.panelActions(session)) : nothing}`;
  }

  private meaningPart(pair: Comparison): TemplateResult | typeof nothing {
    if (!this.meaning || this.panel !== "pair") return nothing;
    return meaningLine(pair, this.meaning, {
      missingOpen: this.missingOpen,
      toggleMissing: () => {
        this.missingOpen = !this.missingOpen;
        this.requestUpdate();
      },
      goToStep: (side, step) => this.goToStep(side, step),
      goToStepRow: (stepRow) => this.goToStepRow(stepRow),
    });
  }

  private body(session: PairSession, pair: Comparison | undefined): TemplateResult {
    if (this.panel === "set") return setPanel(session, this.panelActions(session));
    if (this.panel === "answers" && pair) return answersPanel(session, this.panelActions(session));
    const { aligned } = this.rows;
    if (!pair || !aligned || !this.column) return html`<div></div>${this.notice(session)}`;
    return html`${this.strips(session, pair, aligned)}<div class="colbox">${this.finder.render()}${this.hand.bar()}${this.column.render(this.context(session, pair, aligned), aligned)}</div>`;
  }

  private notice(session: PairSession): TemplateResult {
    if (session.loading) return html`<div class="empty"><p>Aligning the two traces…</p></div>`;
    const { page } = session.loader;
    const none = page && page.matching === 0 && page.total > 0;
    return none
      ? html`<div class="empty"><h2>No pair matches</h2><p>${count(page.total)} pairs are joined by ${page.key}; the query keeps none of them${page.complete ? "" : " so far"}.</p></div>`
      : emptyState(session.info, session.error ?? session.loader.error, () => void session.pickSides(), page);
  }

  private strips(session: PairSession, pair: Comparison, aligned: Aligned): TemplateResult {
    const padding = this.narrow ? narrowPadding : sidePadding;
    const width = Math.max(120, (this.width || 1200) - 2 * padding - (this.narrow ? 0 : namesWidth));
    this.map ??= layoutMap(aligned, width, this.narrow);
    const row = this.rows.selectedRow;
    return html`<div class="cs" @click=${this.onStripClick}>${ribbonMap(aligned, this.map, {
      width,
      narrow: this.narrow,
      teacherName: sideName(pair.teacher, session.sides?.teacher ?? { file: 0 }),
      studentName: sideName(pair.student, session.sides?.student ?? { file: 0 }),
      selected: row?.kind === "step" ? row.stepRow : undefined,
      hovered: this.rows.hovered,
      unitRow: row?.kind === "units" ? row.unitRow : undefined,
      hoveredUnit: this.rows.hoveredUnit,
    })}</div>`;
  }

  private readonly onStripClick = (event: Event): void => {
    if (!(event.target instanceof Element) || !this.rows.aligned) return;
    const side: SideName = event.target.closest(".row.s") ? "student" : "teacher";
    const step = dataNumber(event.target, "step");
    const unit = dataNumber(event.target, "unit");
    const target = step ?? (unit === undefined ? undefined : this.rows.aligned[side].units[unit]?.firstStep);
    if (target !== undefined) this.goToStep(side, target);
  };

  private context(session: PairSession, pair: Comparison, aligned: Aligned): RowsContext {
    const { rows } = this;
    return {
      pair,
      aligned,
      groups: rows.groups,
      raw: this.state.raw,
      selected: rows.selected,
      side: rows.side,
      openFlag: rows.openFlag,
      matching: this.hand.waiting,
      found: (stepRow) => this.finder.marksOf(stepRow),
      isPinned: (teacher, student) => isPinned(session.corrections, teacher, student),
      toggle: (key) => {
        rows.toggle(key);
        this.requestUpdate();
      },
      toggleFlag: (key) => this.openEvidence(rows.openFlag === key ? undefined : key),
      correct: (stepRow) => this.hand.correct(stepRow),
    };
  }

  protected override updated(): void {
    this.column?.rendered();
  }

  private panelActions(session: PairSession): PanelActions {
    return {
      host: this.host,
      open: (pair) => {
        if (this.panel !== "pair") this.panel = "pair";
        void session.open(pair);
      },
      chosen: (pairs) =>
        this.emit<Partial<ViewState>>("rti-state", { chosenPairs: pairs.map(({ teacher, student }) => ({ teacher, student })) }),
      diffs: (pairs) => {
        const refs = pairs.map(({ teacher, student }) => ({ teacher, student }));
        void this.host.nativeDiffs(refs).catch((error: unknown) => this.failed(error));
      },
      exportAll: () => this.export("jsonl"),
      closePairs: () => this.togglePairs(false),
    };
  }

  private export(what: PairExport): void {
    const { session } = this;
    if (session) void exportPair(what, session, this.rows.aligned).catch((error: unknown) => this.failed(error));
  }

  private actions(session: PairSession, sides: NonNullable<PairSession["sides"]>): PairActions {
    const total = session.pairs().length;
    const at = session.position;
    return {
      raw: this.state.raw,
      foldMatched: this.rows.folds.foldMatched,
      modelsOf: (side) => session.modelsOf(side),
      sides,
      position: total === 0 ? "" : at < 0 ? `${count(total)} pairs` : `pair ${count(at + 1)} of ${count(total)}`,
      pairsOpen: this.pairsOpen,
      panel: this.panel,
      answers: session.pair ? answersOf(session.pair.teacher, session.refs).length : 0,
      corrections: correctionCount(session.corrections),
      questionOpen: this.questionOpen,
      setRaw: (raw) => this.setRaw(raw),
      toggleFold: () => this.toggleFold(),
      swap: () => session.swap(),
      chooseModel: (side, model) => session.chooseModel(side, model),
      chooseFile: () => void session.pickSides(),
      nativeDiff: () => this.nativeDiff(),
      togglePairs: () => this.togglePairs(),
      step: (by) => session.stepPair(by),
      goToDivergence: () => this.goToDivergence(),
      showPanel: (panel) => {
        this.panel = panel;
        this.requestUpdate();
      },
      undo: () => session.undo(),
      export: (what) => this.export(what),
      toggleQuestion: () => {
        this.questionOpen = !this.questionOpen;
        this.requestUpdate();
      },
    };
  }
}

customElements.define("rti-compare", CompareView);
