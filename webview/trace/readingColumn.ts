/** The reading column: the whole trace as a virtual list of rows, with one unit header that sticks. */
import { defaultRangeExtractor, elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Analysis } from "../../src/core/analysis";
import { place, px } from "../place";
import { tokenCard } from "../signals/card";
import { tokenOfOffset } from "../signals/lane";
import { entryAt, type SignalScale } from "../signals/scale";
import { entryOfElement } from "../signals/textMarks";
import { ModelElement } from "../state/element";
import type { Goal } from "../state/model";
import { stepTokenStarts } from "../strip/layout";
import type { TokenRange } from "../strip/strip";
import { openOutput } from "../text/foldOutput";
import type { RowContext } from "./context";
import type { Match } from "./find";
import { fieldHeading, fieldRow, foldRow, noticeRow } from "./otherRows";
import { peek } from "./peek";
import {
  buildRows,
  type FieldName,
  type Folds,
  fieldText,
  firstStepAt,
  isFieldFolded,
  isUnitFolded,
  type ReadRow,
  rowOfStep,
} from "./rows";
import { stepRow } from "./stepRow";
import { unitHeader } from "./unitHeader";

const headerHeight = 28;
const settleMs = 160;
const goalFrames = 8;
/** Width of a token's card and the height it may need, in pixels. */
const cardWidth = 292;
const cardRoom = 170;

/** `<rti-read>`; fires `rti-range` with the tokens on screen. */
export class ReadingColumn extends ModelElement {
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
  declare hovered: { readonly entry: number; readonly left: number; readonly top: number } | undefined;
  declare openOutputs: ReadonlySet<number>;
  private rows: readonly ReadRow[] = [];
  private built: readonly unknown[] = [];
  private starts: Float64Array = new Float64Array(1);
  private virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private unmount: (() => void) | undefined;
  private seenGoal = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private byReader = false;
  private traceKey = "";
  private measured: ReadonlySet<HTMLElement> = new Set();
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
    if (!analysis) return;
    const folded = new Set(folds.folded);
    const opened = new Set(folds.opened);
    if (isUnitFolded(analysis, folds, unit)) {
      folded.delete(unit);
      opened.add(unit);
    } else {
      opened.delete(unit);
      folded.add(unit);
    }
    this.model.setFolds({ folded, opened });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unmount?.();
    this.virtualizer = undefined;
  }

  private get scroller(): HTMLElement | null {
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
    const stuck = this.stuckRow();
    return html`<div class="read" role="list" tabindex="0" aria-label="Reasoning of ${trace.trace.id}" @scroll=${this.onScroll} @wheel=${this.onReader} @pointerdown=${this.onReader} @keydown=${this.onReader} @pointerover=${this.onOver} @pointerleave=${this.leaveToken}>
      <div class="rows-all" role="presentation" ${place({ height: px(this.virtualizer?.getTotalSize() ?? 0) })}>
        ${repeat(
          items,
          ({ key }) => key,
          ({ index, start }) => {
            const row = this.rows[index];
            if (!row) return nothing;
            const sticks = index === stuck;
            return html`<div class=${sticks ? "vr stuck" : "vr"} role="listitem" data-index=${index} ${place({ top: sticks ? "0px" : px(start) })}>${this.row(context, row, sticks)}</div>`;
          },
        )}
        ${this.card(context)}
      </div></div>`;
  }

  protected override updated(): void {
    this.mount();
    const { virtualizer } = this;
    if (!virtualizer) return;
    virtualizer._willUpdate();
    this.measureNew(virtualizer);
    if (this.model.goal.serial !== this.seenGoal) {
      this.seenGoal = this.model.goal.serial;
      this.follow(this.model.goal, goalFrames);
    }
    this.tellRange();
  }

  /** Rows are measured once when they appear; an observer tells of later changes. */
  private measureNew(virtualizer: Virtualizer<HTMLElement, HTMLElement>): void {
    const seen = new Set<HTMLElement>();
    for (const element of this.querySelectorAll<HTMLElement>(".vr")) {
      seen.add(element);
      if (!this.measured.has(element)) virtualizer.measureElement(element);
    }
    if ([...this.measured].some((element) => !seen.has(element))) virtualizer.measureElement(null);
    this.measured = seen;
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

  /** The card over a token with its alternatives. */
  private card({ document, analysis }: RowContext): TemplateResult | typeof nothing {
    const { signal, hovered } = this;
    if (!signal || !hovered) return nothing;
    const start = signal.signal.starts[hovered.entry] ?? 0;
    const step = firstStepAt(analysis, start);
    const end = signal.signal.starts[hovered.entry + 1] ?? document.trace.text.length;
    const first = entryAt(signal.signal, (analysis.steps[step]?.start ?? 0) - 1) + 1;
    const last = entryAt(signal.signal, (analysis.steps[step]?.end ?? 1) - 1);
    const where = `token ${hovered.entry - first + 1} of ${last - first + 1}`;
    return tokenCard(signal, hovered.entry, document.trace.text.slice(start, Math.min(end, start + 60)), hovered.left, hovered.top, where);
  }

  private onOver(event: PointerEvent): void {
    const mark = this.signal && event.target instanceof Element ? event.target.closest(".tk") : null;
    const entry = mark && this.signal ? entryOfElement(mark, this.signal) : undefined;
    if (!mark || entry === undefined) {
      this.leaveToken();
      return;
    }
    const all = this.querySelector(".rows-all");
    if (!all || entry === this.hovered?.entry) return;
    const box = mark.getBoundingClientRect();
    const own = all.getBoundingClientRect();
    const left = Math.max(4, Math.min(box.left - own.left - 12, own.width - cardWidth - 8));
    const below = box.bottom + cardRoom < window.innerHeight;
    this.hovered = { entry, left, top: below ? box.bottom - own.top + 4 : Math.max(0, box.top - own.top - cardRoom) };
    this.tellPin();
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
        const estimate = this.estimate(this.rows[index]);
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
        const stuck = this.stuckRow(range.startIndex);
        return stuck >= 0 && stuck < (inView[0] ?? 0) ? [stuck, ...inView] : inView;
      },
      onChange: () => this.requestUpdate(),
    };
  }

  /** Pixels a row will need, from its length alone. */
  private estimate(row: ReadRow | undefined): number {
    if (!row) return headerHeight;
    const fixed: Partial<Record<ReadRow["kind"], number>> = { unit: 28, fold: 30, heading: 28, notice: 50, peek: 140 };
    const known = fixed[row.kind];
    if (known !== undefined) return known;
    if (row.kind !== "step" && row.kind !== "field") return headerHeight;
    const text = row.kind === "step" ? this.model.trace?.trace.text : this.model.trace && fieldText(this.model.trace.trace, row.field);
    const breaks = lineBreaks(text ?? "", row.start, Math.min(row.end, row.start + 4000)) * 0.5;
    return 14 + 21 * Math.ceil((row.end - row.start) / 84 + breaks);
  }

  /** Index of the unit header that stands at the top: the last open one at or above the first row on screen; −1 for none. */
  private stuckRow(first = this.firstVisible()): number {
    for (let index = Math.min(first, this.rows.length - 1); index >= 0; index -= 1) {
      const row = this.rows[index];
      if (row?.kind === "unit") return row.folded ? -1 : index;
      if (row?.kind === "heading" || row?.kind === "notice") return -1;
    }
    return -1;
  }

  private firstVisible(): number {
    const offset = this.virtualizer?.scrollOffset ?? 0;
    return this.virtualizer?.getVirtualItemForOffset(offset + 1)?.index ?? 0;
  }

  /** Goes where the model wishes; repeated for some frames, since heights are known only once rows are drawn. */
  private follow(goal: Goal, frames: number): void {
    const { analysis } = this.model;
    if (!this.virtualizer || goal.serial !== this.model.goal.serial) return;
    if (goal.row) {
      this.comeBack(goal, goal.row, frames);
      return;
    }
    const row = this.goalRow(goal);
    if (!analysis || row < 0) return;
    this.byReader = false;
    const item = this.virtualizer.getVirtualItems().find(({ index }) => index === row);
    const scroller = this.scroller;
    const inView =
      item && scroller && item.start >= scroller.scrollTop + headerHeight && item.end <= scroller.scrollTop + scroller.clientHeight;
    if (goal.unit !== undefined) this.topOf(row);
    else if (goal.align === "start" || !inView)
      this.virtualizer.scrollToIndex(row, {
        align: goal.align === "start" || !item || item.size > (scroller?.clientHeight ?? 0) - 40 ? "start" : "auto",
      });
    if (goal.offset !== undefined || goal.field !== undefined) this.showMatch();
    if (frames > 0 && (goal.unit !== undefined || goal.offset !== undefined || goal.field !== undefined))
      requestAnimationFrame(() => this.follow(goal, frames - 1));
  }

  private showMatch(): void {
    const hit = this.querySelector(".find-hit.current");
    if (!hit) return;
    openOutput(hit);
    hit.scrollIntoView({ block: "nearest" });
  }

  /** Scrolls to where the reader was, for some frames: the rows above must be measured first. A reader who scrolls is not held. */
  private comeBack(goal: Goal, { row: key, by }: NonNullable<Goal["row"]>, frames: number): void {
    const row = this.rows.findIndex((found) => found.key === key);
    if (row < 0 || (this.byReader && frames < goalFrames)) return;
    this.byReader = false;
    this.virtualizer?.getTotalSize();
    const item = this.virtualizer?.measurementsCache[row];
    if (item) this.virtualizer?.scrollToOffset(item.start + by);
    if (frames > 0) requestAnimationFrame(() => this.follow(goal, frames - 1));
  }

  /** Brings a unit's header to the very top, where it sticks. */
  private topOf(row: number): void {
    const [offset] = this.virtualizer?.getOffsetForIndex(row, "start") ?? [];
    if (offset !== undefined) this.virtualizer?.scrollToOffset(offset + headerHeight + 1);
  }

  private goalRow(goal: Goal): number {
    const { analysis } = this.model;
    if (!analysis) return -1;
    const { step, unit, offset, field } = goal;
    if (field !== undefined)
      return this.rows.findIndex((row) =>
        offset === undefined
          ? row.kind === "heading" && row.field === field
          : row.kind === "field" && row.field === field && row.start <= offset && row.end > offset,
      );
    if (offset !== undefined) {
      const piece = this.rows.findIndex((row) => row.kind === "step" && row.start <= offset && row.end > offset);
      return piece >= 0 ? piece : rowOfStep(this.rows, analysis, firstStepAt(analysis, offset));
    }
    if (unit !== undefined) return this.rows.findIndex((row) => row.kind === "unit" && row.unit === unit);
    return step === undefined ? -1 : rowOfStep(this.rows, analysis, step);
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
    const bottom = scroller.scrollTop + scroller.clientHeight;
    const onScreen = this.virtualizer
      .getVirtualItems()
      .filter((item) => item.end > scroller.scrollTop + headerHeight && item.start < bottom);
    const steps = onScreen.map(({ index }) => this.rows[index]).filter((row) => row?.kind === "step");
    const selected = steps.some((row) => row?.kind === "step" && row.step === this.model.state.step);
    const first = steps[0];
    if (selected || first?.kind !== "step") this.model.patch({ anchor });
    else this.model.patch({ anchor, step: first.step, unit: analysis.steps[first.step]?.unit ?? 0 });
  }

  private anchorAt(scrollTop: number): { readonly row: string; readonly by: number } | undefined {
    const item = this.virtualizer?.getVirtualItemForOffset(scrollTop);
    const row = item && this.rows[item.index];
    return row && { row: row.key, by: Math.round(scrollTop - item.start) };
  }

  private tellRange(): void {
    const range = this.tokenRange();
    if (range) this.dispatchEvent(new CustomEvent<TokenRange>("rti-range", { detail: range }));
  }

  /** Tokens between the top and the bottom edge of the screen. */
  private tokenRange(): TokenRange | undefined {
    const { scrollOffset, scrollRect } = this.virtualizer ?? {};
    if (!this.virtualizer || scrollOffset === null || scrollOffset === undefined || !scrollRect) return undefined;
    const top = scrollOffset + headerHeight;
    const bottom = scrollOffset + scrollRect.height;
    let from: number | undefined;
    let to: number | undefined;
    for (const { index, start, end, size } of this.virtualizer.getVirtualItems()) {
      const tokens = this.rowTokens(this.rows[index]);
      if (!tokens || end <= top || start >= bottom || size <= 0) continue;
      const width = tokens.to - tokens.from;
      from ??= tokens.from + (width * Math.max(0, top - start)) / size;
      to = tokens.from + (width * Math.min(size, bottom - start)) / size;
    }
    return from === undefined || to === undefined ? undefined : { from, to };
  }

  private rowTokens(row: ReadRow | undefined): TokenRange | undefined {
    const { analysis } = this.model;
    if (!row || !analysis) return undefined;
    const at = (step: number): number => this.starts[step] ?? 0;
    if (row.kind === "fold") return { from: at(row.firstStep), to: at(row.endStep) };
    if (row.kind === "unit" && row.folded) {
      const unit = analysis.units[row.unit];
      return unit ? { from: at(unit.firstStep), to: at(unit.endStep) } : undefined;
    }
    if (row.kind !== "step") return undefined;
    const step = analysis.steps[row.step];
    const length = step ? step.end - step.start : 0;
    if (!step || length === 0) return undefined;
    const tokens = step.tokens / length;
    return { from: at(row.step) + (row.start - step.start) * tokens, to: at(row.step) + (row.end - step.start) * tokens };
  }
}

/** Runs of line breaks in a stretch: looked for, not matched, since every row of a long trace is estimated at once. */
function lineBreaks(text: string, start: number, end: number): number {
  let found = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 2)) found += 1;
  return found;
}

/** The folds with everything open. */
export const unfolded = (folds: Folds): Folds => ({ ...folds, foldRedundant: false, folded: new Set(), opened: new Set() });

customElements.define("rti-read", ReadingColumn);
