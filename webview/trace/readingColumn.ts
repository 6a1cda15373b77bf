/** The reading column: the whole trace as a virtual list of rows, with one unit header that sticks. */
import { defaultRangeExtractor, elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Analysis } from "../../src/core/analysis";
import { place, px } from "../place";
import { tokenOfOffset } from "../signals/lane";
import type { SignalScale } from "../signals/scale";
import { ModelElement } from "../state/element";
import { stepTokenStarts } from "../strip/layout";
import type { TokenRange } from "../strip/zoom";
import type { RowContext } from "./context";
import type { Match } from "./find";
import { followGoal, type GoalColumn } from "./followGoal";
import { RowMeasurer } from "./measureRows";
import { fieldHeading, fieldRow, foldRow, noticeRow } from "./otherRows";
import { peek } from "./peek";
import { estimateRow, headerHeight } from "./rowEstimate";
import { pushedBy, stuckRow, tokensInView } from "./rowPlaces";
import { buildRows, type FieldName, firstStepAt, isFieldFolded, isUnitFolded, type ReadRow, rowOfStep, withUnitToggled } from "./rows";
import { stepAfterScroll } from "./settled";
import { stepRow } from "./stepRow";
import { type HoveredToken, hoverCard, hoveredToken } from "./tokenHover";
import { unitHeader } from "./unitHeader";

const settleMs = 160;

/** `<rti-read>`; fires `rti-range` with the tokens on screen. */
export class ReadingColumn extends ModelElement implements GoalColumn {
  static override properties = {
    ...ModelElement.properties,
    found: { attribute: false },
    current: { attribute: false },
    signal: { attribute: false },
    hovered: { state: true },
    openOutputs: { state: true },
  };
  declare found: readonly Match[];
  declare current: number;
  /** The record's own numbers over the text. */
  declare signal: SignalScale | undefined;
  /** The token under the pointer, and where its card goes. */
  declare hovered: HoveredToken | undefined;
  declare openOutputs: ReadonlySet<number>;
  rows: readonly ReadRow[] = [];
  private built: readonly unknown[] = [];
  private starts: Float64Array = new Float64Array(1);
  virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private unmount: (() => void) | undefined;
  private seenGoal = 0;
  private stuck = { row: -1, top: 0 };
  /** Pixels the column is scrolled by, as its own scroll event said: the virtualizer hears of it only after the rows were drawn. */
  private scrolled = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  byReader = false;
  private traceKey = "";
  private readonly measurer = new RowMeasurer();
  /** Estimated heights by row, 0 while unknown: asked for again and again while rows are measured. */
  private estimates = new Float32Array(0);
  private keys: readonly string[] = [];

  constructor() {
    super();
    this.found = [];
    this.current = -1;
    this.openOutputs = new Set();
  }

  /** Moves the focus into the column. */
  focusColumn(): void {
    this.scroller?.focus();
  }

  /** Scrolls so that a token stands at the top. */
  scrollToToken(token: number): void {
    const analysis = this.model.analysis;
    if (!analysis || !this.virtualizer) return;
    let step = analysis.steps.findIndex((_, index) => (this.starts[index + 1] ?? 0) > token);
    if (step < 0) step = analysis.steps.length - 1;
    const row = rowOfStep(this.rows, analysis, step);
    if (row < 0) return;
    const item = this.virtualizer.measurementsCache[row] ?? this.virtualizer.getVirtualItems().find(({ index }) => index === row);
    const tokens = analysis.steps[step]?.tokens ?? 0;
    const part = tokens > 0 ? (token - (this.starts[step] ?? 0)) / tokens : 0;
    this.virtualizer.scrollToOffset((item?.start ?? 0) + (item?.size ?? 0) * Math.min(1, Math.max(0, part)) - headerHeight);
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
    return html`<div class="read" role="list" tabindex="0" aria-label="Reasoning of ${trace.trace.id}" @scroll=${this.onScroll} @wheel=${this.onReader} @pointerdown=${this.onReader} @keydown=${this.onReader} @pointerover=${this.onOver} @pointerleave=${this.leaveToken}>
      <div class="rows-all" role="presentation" ${place({ height: px(this.virtualizer?.getTotalSize() ?? 0) })}>
        ${repeat(
          items,
          ({ key }) => key,
          ({ index, start }) => {
            const row = this.rows[index];
            if (!row) return nothing;
            const sticks = index === stuck;
            return html`<div class=${sticks ? "vr stuck" : "vr"} role="listitem" data-index=${index} ${place({ top: px(sticks ? pushed : start) })}>${this.row(context, row, sticks)}</div>`;
          },
        )}
        ${hoverCard(context, this.signal, this.hovered)}
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

  private row(context: RowContext, row: ReadRow, stuck: boolean): TemplateResult {
    switch (row.kind) {
      case "unit":
        return unitHeader(context, row.unit, row.folded, stuck, () => this.toggleUnit(row.unit));
      case "step":
        return stepRow(context, row);
      case "fold":
        return foldRow(context, row, () => this.openRun(row.firstStep));
      case "peek":
        return peek(context, row.flag);
      case "notice":
        return noticeRow(context, row.notice);
      case "heading":
        return fieldHeading(context, row, () => this.toggleField(row.field));
      case "field":
        return fieldRow(context, row);
    }
  }

  private onOver(event: PointerEvent): void {
    const all = this.querySelector(".rows-all");
    const over = all && hoveredToken(event.target, this.signal, all);
    if (!over) this.leaveToken();
    else if (over.entry !== this.hovered?.entry) {
      this.hovered = over;
      this.tellPin();
    }
  }

  private leaveToken(): void {
    if (!this.hovered) return;
    this.hovered = undefined;
    this.tellPin();
  }

  /** Where the token under the pointer stands in the lane. */
  private tellPin(): void {
    const { analysis } = this.model;
    const start = this.hovered && this.signal?.signal.starts[this.hovered.entry];
    const token = analysis && start !== undefined ? tokenOfOffset(analysis, this.starts, firstStepAt(analysis, start), start) : undefined;
    this.dispatchEvent(new CustomEvent<number | undefined>("rti-pin", { detail: token }));
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
    const { analysis, trace, folds, peek: open } = this.model;
    const inputs: readonly unknown[] = [analysis, trace, folds, open];
    if (inputs.every((input, index) => input === this.built[index]) && this.built.length > 0) return;
    if (analysis !== this.built[0] && analysis) this.starts = stepTokenStarts(analysis);
    const other = trace !== this.built[1];
    this.built = inputs;
    this.rows = analysis && trace ? buildRows(trace.trace, analysis, folds, open) : [];
    if (trace) this.traceKey = `${trace.ref.file}/${trace.ref.record}/${trace.ref.rollout}/`;
    this.estimates = new Float32Array(this.rows.length);
    this.keys = this.rows.map((row) => this.traceKey + row.key);
    if (other) this.openOutputs = new Set();
    this.configure();
    if (other && this.scroller) {
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

  private configure(): void {
    this.virtualizer?.setOptions(this.options());
  }

  private options(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    return {
      count: this.rows.length,
      getScrollElement: () => this.scroller,
      estimateSize: (index) => {
        const known = this.estimates[index] ?? 0;
        if (known > 0) return known;
        const estimate = estimateRow(this.rows[index], this.model.trace?.trace);
        this.estimates[index] = estimate;
        return estimate;
      },
      getItemKey: (index) => this.keys[index] ?? index,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      overscan: 3,
      scrollPaddingStart: headerHeight + 1,
      paddingEnd: 40,
      rangeExtractor: (range) => {
        const inView = defaultRangeExtractor(range);
        const stuck = stuckRow(this.rows, range.startIndex);
        return stuck >= 0 && stuck < (inView[0] ?? 0) ? [stuck, ...inView] : inView;
      },
      onChange: () => this.requestUpdate(),
    };
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
    const range = tokensInView(analysis, this.starts, this.rows, this.virtualizer.getVirtualItems(), view);
    if (range) this.dispatchEvent(new CustomEvent<TokenRange>("rti-range", { detail: range }));
  }
}

customElements.define("rti-read", ReadingColumn);
