/** The reading column: the whole trace as a virtual list of rows, with one unit header that sticks. */
import { Virtualizer } from "@tanstack/virtual-core";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Analysis } from "../../src/core/analysis";
import { place, px } from "../place";
import type { SignalScale } from "../signals/scale";
import { ModelElement } from "../state/element";
import type { TokenRange } from "../strip/zoom";
import { columnOptions } from "./columnOptions";
import { ColumnRows } from "./columnRows";
import type { RowContext } from "./context";
import { drawRow, type Folding } from "./drawRow";
import type { Match } from "./find";
import { followGoal, type GoalColumn } from "./followGoal";
import { RowMeasurer } from "./measureRows";
import { headerHeight } from "./rowEstimate";
import { pushedBy, stuckRow, tokensInView } from "./rowPlaces";
import { type FieldName, firstStepAt, isFieldFolded, isUnitFolded, type ReadRow, rowOfStep, withUnitToggled } from "./rows";
import { stepAfterScroll } from "./settled";
import { hoverCard } from "./tokenHover";
import { TokenPointer } from "./tokenPointer";

const settleMs = 160;

/** `<rti-read>`; fires `rti-range` with the tokens on screen. */
export class ReadingColumn extends ModelElement implements GoalColumn {
  static override properties = {
    ...ModelElement.properties,
    found: { attribute: false },
    current: { attribute: false },
    signal: { attribute: false },
    openOutputs: { state: true },
  };
  declare found: readonly Match[];
  declare current: number;
  /** The record's own numbers over the text. */
  declare signal: SignalScale | undefined;
  declare openOutputs: ReadonlySet<number>;
  private readonly column = new ColumnRows(() => this.model);
  private readonly pointer = new TokenPointer(() => this.pointerMoved());
  private readonly folding: Folding = {
    toggleUnit: (unit) => this.toggleUnit(unit),
    openRun: (firstStep) => this.openRun(firstStep),
    toggleField: (field) => this.toggleField(field),
  };
  virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private unmount: (() => void) | undefined;
  private seenGoal = 0;
  private stuck = { row: -1, top: 0 };
  /** Pixels the column is scrolled by, as its own scroll event said: the virtualizer hears of it only after the rows were drawn. */
  private scrolled = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  byReader = false;
  private readonly measurer = new RowMeasurer();

  constructor() {
    super();
    this.found = [];
    this.current = -1;
    this.openOutputs = new Set();
  }

  get rows(): readonly ReadRow[] {
    return this.column.rows;
  }

  /** Moves the focus into the column. */
  focusColumn(): void {
    this.scroller?.focus();
  }

  /** Scrolls so that a token stands at the top. */
  scrollToToken(token: number): void {
    const analysis = this.model.analysis;
    if (!analysis || !this.virtualizer) return;
    const { step, part } = this.column.stepAtToken(analysis, token);
    const row = rowOfStep(this.rows, analysis, step);
    if (row < 0) return;
    const item = this.virtualizer.measurementsCache[row] ?? this.virtualizer.getVirtualItems().find(({ index }) => index === row);
    this.virtualizer.scrollToOffset((item?.start ?? 0) + (item?.size ?? 0) * part - headerHeight);
    this.byReader = true;
  }

  /** Opens whatever hides a step: its unit, or the run it stands in. */
  reveal(step: number): void {
    const { analysis, folds } = this.model;
    if (!analysis) return;
    const unit = analysis.steps[step]?.unit ?? 0;
    if (isUnitFolded(analysis, folds, unit)) this.toggleUnit(unit);
    this.rebuild();
    const row = this.rows[rowOfStep(this.rows, analysis, step)];
    if (row?.kind === "fold") this.openRun(row.firstStep);
  }

  /** Folds a unit, or opens it. */
  toggleUnit(unit: number): void {
    const { analysis, folds } = this.model;
    if (analysis) this.model.setFolds(withUnitToggled(analysis, folds, unit));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unmount?.();
    this.virtualizer = undefined;
  }

  get scroller(): HTMLElement | null {
    return this.querySelector(".read");
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("current") && this.current >= 0) this.goToMatch();
    this.rebuild();
  }

  protected override render(): TemplateResult {
    const { analysis, trace } = this.model;
    if (!analysis || !trace) return html``;
    const context = this.context(analysis, trace);
    const items = this.virtualizer?.getVirtualItems() ?? [];
    this.stuck = this.stuckAt(this.scrolled);
    const { row: stuck, top: pushed } = this.stuck;
    return html`<div class="read" role="list" tabindex="0" aria-label="Reasoning of ${trace.trace.id}" @scroll=${this.onScroll} @wheel=${this.onReader} @pointerdown=${this.onReader} @keydown=${this.onReader} @pointerover=${this.onOver} @pointerleave=${() => this.pointer.leave()}>
      <div class="rows-all" role="presentation" ${place({ height: px(this.virtualizer?.getTotalSize() ?? 0) })}>
        ${repeat(
          items,
          ({ key }) => key,
          ({ index, start }) => {
            const row = this.rows[index];
            if (!row) return nothing;
            const sticks = index === stuck;
            return html`<div class=${sticks ? "vr stuck" : "vr"} role="listitem" data-index=${index} ${place({ top: px(sticks ? pushed : start) })}>${drawRow(context, row, sticks, this.folding)}</div>`;
          },
        )}
        ${hoverCard(context, this.signal, this.pointer.hovered)}
      </div></div>`;
  }

  protected override updated(): void {
    this.mount();
    const { virtualizer } = this;
    if (!virtualizer) return;
    virtualizer._willUpdate();
    this.measurer.measure(this, virtualizer);
    if (this.model.goal.serial !== this.seenGoal) {
      this.seenGoal = this.model.goal.serial;
      followGoal(this, this.model.goal);
    }
    this.tellRange();
  }

  private context(analysis: Analysis, document: NonNullable<typeof this.model.trace>): RowContext {
    return {
      model: this.model,
      document,
      analysis,
      raw: this.model.state.raw,
      matches: this.found,
      current: this.current,
      signal: this.signal,
      openOutputs: this.openOutputs,
      toggleOutput: (step) => {
        this.openOutputs = new Set([...this.openOutputs, step]);
      },
    };
  }

  private onOver(event: PointerEvent): void {
    this.pointer.over(event.target, this.signal, this.querySelector(".rows-all"));
  }

  /** Draws the token's card, and its pin in the lane. */
  private pointerMoved(): void {
    this.requestUpdate();
    const detail = this.pointer.place(this.model.analysis, this.signal, this.column.starts);
    this.dispatchEvent(new CustomEvent<number | undefined>("rti-pin", { detail }));
  }

  private openRun(firstStep: number): void {
    this.model.setFolds({ openedRuns: new Set([...this.model.folds.openedRuns, firstStep]) });
  }

  private toggleField(field: FieldName): void {
    const toggled = new Set(this.model.folds.toggledFields);
    if (!toggled.delete(field)) toggled.add(field);
    this.model.setFolds({ toggledFields: toggled });
  }

  private rebuild(): void {
    const built = this.column.build();
    if (built === "same") return;
    if (built === "trace") this.openOutputs = new Set();
    this.virtualizer?.setOptions(this.options());
    if (built === "trace" && this.scroller) {
      this.scroller.scrollTop = 0;
      this.scrolled = 0;
      this.virtualizer?.scrollToOffset(0);
    }
  }

  private mount(): void {
    if (this.virtualizer || !this.scroller) return;
    this.virtualizer = new Virtualizer(this.options());
    this.unmount = this.virtualizer._didMount();
    this.virtualizer._willUpdate();
    this.requestUpdate();
  }

  private options(): ReturnType<typeof columnOptions> {
    return columnOptions(
      this.column,
      () => this.scroller,
      () => this.requestUpdate(),
    );
  }

  /** The header that sticks when the column is scrolled to `offset` pixels, and its top. */
  private stuckAt(offset: number): { readonly row: number; readonly top: number } {
    const row = stuckRow(this.rows, this.virtualizer?.getVirtualItemForOffset(offset + 1)?.index ?? 0);
    return { row, top: pushedBy(this.rows, this.virtualizer?.getVirtualItems() ?? [], row, offset) };
  }

  private goToMatch(): void {
    const match = this.found[this.current];
    const { analysis, folds } = this.model;
    if (!match || !analysis) return;
    if (match.field) {
      if (isFieldFolded(folds, match.field)) this.toggleField(match.field);
      this.model.wish({ field: match.field, offset: match.start, align: "nearest" });
      return;
    }
    const step = firstStepAt(analysis, match.start);
    this.reveal(step);
    this.model.patch({ step, unit: analysis.steps[step]?.unit ?? 0 });
    this.model.wish({ offset: match.start, align: "nearest" });
  }

  private onReader(): void {
    this.byReader = true;
  }

  private onScroll(): void {
    this.scrolled = this.scroller?.scrollTop ?? 0;
    const { row, top } = this.stuckAt(this.scrolled);
    if (row !== this.stuck.row || top !== this.stuck.top) this.requestUpdate();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), settleMs);
  }

  /** After the reader scrolled: remembers the place, and the step follows when it has left the screen. */
  private settle(): void {
    const scroller = this.scroller;
    const { analysis } = this.model;
    if (!scroller || !analysis || !this.virtualizer) return;
    const anchor = this.anchorAt(scroller.scrollTop);
    if (!this.byReader) {
      this.model.patch({ anchor });
      return;
    }
    const view = { top: scroller.scrollTop + headerHeight, bottom: scroller.scrollTop + scroller.clientHeight };
    const step = stepAfterScroll(this.rows, this.virtualizer.getVirtualItems(), view, this.model.state.step);
    this.model.patch(step === undefined ? { anchor } : { anchor, step, unit: analysis.steps[step]?.unit ?? 0 });
  }

  private anchorAt(scrollTop: number): { readonly row: string; readonly by: number } | undefined {
    const item = this.virtualizer?.getVirtualItemForOffset(scrollTop);
    const row = item && this.rows[item.index];
    return row && { row: row.key, by: Math.round(scrollTop - item.start) };
  }

  private tellRange(): void {
    const { analysis } = this.model;
    const { scrollOffset, scrollRect } = this.virtualizer ?? {};
    if (!analysis || !this.virtualizer || scrollOffset === null || scrollOffset === undefined || !scrollRect) return;
    const view = { top: scrollOffset + headerHeight, bottom: scrollOffset + scrollRect.height };
    const range = tokensInView(analysis, this.column.starts, this.rows, this.virtualizer.getVirtualItems(), view);
    if (range) this.dispatchEvent(new CustomEvent<TokenRange>("rti-range", { detail: range }));
  }
}

customElements.define("rti-read", ReadingColumn);
