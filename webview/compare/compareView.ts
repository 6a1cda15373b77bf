/** Teacher and student side by side: puts the parts together and hears what happens outside. */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Comparison, FileInfo, TraceRef } from "../../src/protocol/engine";
import type { HostRequests, ViewCommand, ViewSettings, ViewState } from "../../src/protocol/host";
import { AlignedRows } from "./alignedRows";
import { type CommandTarget, compareCommands } from "./commands";
import { type Aligned, stepRowOf } from "./compareRows";
import type { SideName } from "./compareWords";
import { emptyState, noPairs } from "./emptyStates";
import { PairFinder } from "./finder";
import { HandMatching } from "./handMatching";
import { type HeadOwner, headActions } from "./headActions";
import { meaningLine } from "./meaning";
import { OpenParts } from "./openParts";
import { exportPair } from "./pairExport";
import { pairCrumb, pairMetrics, pairQuestion, sideName } from "./pairHeader";
import "./pairMap";
import { SizedElement } from "./lightElement";
import type { MapStep } from "./pairMap";
import type { PairExport } from "./pairMenu";
import { PairSession } from "./pairSession";
import { answersPanel, type PanelActions, pairPopover, setPanel } from "./panels";
import { isPinned } from "./pins";
import { type ColumnOwner, RowColumn } from "./rowColumn";
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
export class CompareView extends SizedElement implements CommandTarget, ColumnOwner, HeadOwner {
  static override properties = { host: { attribute: false }, state: { attribute: false }, settings: { attribute: false } };
  declare host: HostRequests;
  declare state: ViewState;
  declare settings: ViewSettings | undefined;

  readonly rows = new AlignedRows();
  readonly element: HTMLElement = this;
  readonly parts = new OpenParts(() => this.requestUpdate());
  readonly finder = new PairFinder(this);
  readonly hand = new HandMatching(this);
  session: PairSession | undefined;
  width = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session?.dispose();
    this.session = undefined;
  }

  /** The rows, once a pair is drawn. */
  get column(): RowColumn | undefined {
    const found = this.querySelector("rti-pair-rows");
    return found instanceof RowColumn ? found : undefined;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    await this.column?.updateComplete;
    return done;
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

  get raw(): boolean {
    return this.state.raw;
  }

  get narrow(): boolean {
    return this.width > 0 && this.width <= narrowBelow;
  }

  private show(pair: Comparison, again: boolean): void {
    this.rows.show(pair, again);
    this.hand.waiting = undefined;
    this.finder.pairChanged();
    this.column?.forget();
    if (again) void this.updateComplete.then(() => this.column?.select(this.rows.position));
    else {
      this.parts.forget();
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
    this.parts.show("pair");
    void this.updateComplete.then(() => this.column?.goTo(stepRow, align));
  }

  goToDivergence(): void {
    const at = this.rows.aligned?.diff.divergence?.stepRow;
    if (at !== undefined) this.goToStepRow(at);
  }

  /** Opens or closes the list of pairs; true when that changed something. */
  togglePairs(open = !this.parts.pairs): boolean {
    const changed = this.parts.setPairs(open);
    if (changed && !open) this.querySelector<HTMLElement>("[data-action=pairs]")?.focus();
    return changed;
  }

  /** Closes the topmost thing that is open; false when nothing is. */
  closeTop(): boolean {
    if (this.togglePairs(false) || this.finder.close() || this.hand.cancel()) return true;
    if (this.rows.openFlag === undefined) return this.parts.closeTop();
    this.openEvidence(undefined);
    return true;
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
    this.parts.toggle("answers");
  }

  setRaw(raw: boolean): void {
    this.emit<Partial<ViewState>>("rti-state", { raw });
  }

  toggleRaw(): void {
    this.setRaw(!this.state.raw);
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

  /** Takes the pair, or all pairs, out of the view. */
  export(what: PairExport): void {
    const { session } = this;
    if (session) void exportPair(what, session, this.rows.aligned).catch((error: unknown) => this.failed(error));
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

  protected override resized(): void {
    const width = this.clientWidth;
    if (width === this.width) return;
    this.width = width;
    this.column?.forget();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { session } = this;
    if (!session?.sides) return emptyState(session?.info, session?.error ?? session?.loader.error, () => void session?.pickSides());
    const { pair } = session;
    const actions = headActions(this, session, session.sides);
    return html`<div class="cmp"><div class="ch">${pairCrumb(pair, actions)}${pair ? html`${pairQuestion(pair, actions)}${pairMetrics(pair, actions)}${this.meaningPart(pair)}` : nothing}</div>
      ${this.body(session, pair)}</div>
      ${session.loading ? html`<div class="prog ind" role="progressbar" aria-label="Comparing"><u></u></div>` : nothing}
      ${this.parts.pairs ? pairPopover(session, this.panelActions(session)) : nothing}`;
  }

  private meaningPart(pair: Comparison): TemplateResult | typeof nothing {
    if (this.parts.panel !== "pair") return nothing;
    return meaningLine(pair, {
      missingOpen: this.parts.missing,
      toggleMissing: () => this.parts.toggleMissing(),
      goToStep: (side, step) => this.goToStep(side, step),
      goToStepRow: (stepRow) => this.goToStepRow(stepRow),
    });
  }

  private body(session: PairSession, pair: Comparison | undefined): TemplateResult {
    const { panel } = this.parts;
    if (panel === "set") return setPanel(session, this.panelActions(session));
    if (panel === "answers" && pair) return answersPanel(session, this.panelActions(session));
    const { aligned } = this.rows;
    if (!pair || !aligned) return html`<div></div>${noPairs(session)}`;
    return html`${this.map(session, pair, aligned)}<div class="colbox">${this.finder.render()}${this.hand.bar()}<rti-pair-rows .owner=${this} .context=${this.context(session, pair, aligned)}></rti-pair-rows></div>`;
  }

  private map(session: PairSession, pair: Comparison, aligned: Aligned): TemplateResult {
    const padding = this.narrow ? narrowPadding : sidePadding;
    const room = Math.max(120, (this.width || 1200) - 2 * padding - (this.narrow ? 0 : namesWidth));
    const name = (side: SideName): string => sideName(pair[side], session.sides?.[side] ?? { file: 0 }, session.fileOf(side));
    return html`<rti-pair-map .aligned=${aligned} .room=${room} .narrow=${this.narrow} .teacher=${name("teacher")} .student=${name("student")} .marks=${this.rows.marks()}
      @rti-map-step=${(event: CustomEvent<MapStep>) => this.goToStep(event.detail.side, event.detail.step)}></rti-pair-map>`;
  }

  private context(session: PairSession, pair: Comparison, aligned: Aligned): RowsContext {
    const { rows } = this;
    return {
      pair,
      aligned,
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

  private panelActions(session: PairSession): PanelActions {
    return {
      host: this.host,
      open: (pair) => {
        this.parts.show("pair");
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
}

customElements.define("rti-compare", CompareView);
