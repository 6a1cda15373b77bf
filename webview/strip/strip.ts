/** The strip of one trace: answers, units, steps, the first answer and the window that is on screen. One slider for the keyboard and screen readers. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Analysis } from "../../src/core/analysis";
import { count, plainAnswer } from "../format";
import { place, px } from "../place";
import { type Lane, layoutLane } from "../signals/lane";
import type { SignalScale } from "../signals/scale";
import { flagsOf } from "../trace/rows";
import { flagWords, functionLooks } from "../words";
import { layoutStrip, type StripLayout, stepTokenStarts } from "./layout";
import { positionWords, segmentMarks, unitMarks, unitWords } from "./marks";
import { endingMark, firstAnswerMark, laneMark, leftOf, windowMark } from "./overlays";
import { paintBars } from "./paint";
import { following, type TokenRange, zoomed } from "./zoom";

const canvasFrom = 2000;

/**
 * `<rti-strip>`. Fires `rti-step` and `rti-unit` (index), `rti-fold` (unit) and `rti-scroll` (token at which the reading column should be).
 */
export class Strip extends LitElement {
  static override properties = {
    analysis: { attribute: false },
    text: { attribute: false },
    step: { attribute: false },
    unit: { attribute: false },
    range: { attribute: false },
    hits: { attribute: false },
    only: { attribute: false },
    cutOff: { attribute: false },
    signal: { attribute: false },
    pin: { attribute: false },
    width: { state: true },
    zoom: { state: true },
    hover: { state: true },
  };
  declare analysis: Analysis;
  declare text: string;
  declare step: number;
  declare unit: number;
  /** Tokens on screen in the reading column. */
  declare range: TokenRange | undefined;
  /** Tokens at which matches of the find stand. */
  declare hits: readonly number[];
  /** Function that a legend item under the pointer raises. */
  declare only: string | undefined;
  declare cutOff: boolean;
  /** The record's own numbers, for the lane under the bars. */
  declare signal: SignalScale | undefined;
  /** Token that the lane marks: the one under the pointer in the text. */
  declare pin: number | undefined;
  declare width: number;
  declare zoom: TokenRange | undefined;
  declare hover: { readonly left: number; readonly words: string } | undefined;
  private observer: ResizeObserver | undefined;
  private layout: StripLayout | undefined;
  private laneDrawn: Lane | undefined;
  private starts: Float64Array = new Float64Array(1);
  private dragging: { readonly grip: number } | undefined;

  constructor() {
    super();
    this.width = 728;
    this.hits = [];
    this.cutOff = false;
  }

  /** Zooms about the middle of the window by a factor; undefined shows the whole trace. */
  zoomBy(factor: number | undefined, about?: number): void {
    const total = this.total;
    if (factor === undefined || total === 0) {
      this.zoom = undefined;
      return;
    }
    const shown = this.zoom ?? { from: 0, to: total };
    const middle = about ?? (this.range ? (this.range.from + this.range.to) / 2 : (shown.from + shown.to) / 2);
    this.zoom = zoomed(shown, total, factor, middle);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer = new ResizeObserver(() => {
      if (this.clientWidth > 0) this.width = this.clientWidth;
    });
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("analysis")) {
      this.starts = stepTokenStarts(this.analysis);
      const before = changed.get("analysis");
      if (before && before.tokens !== this.analysis.tokens) this.zoom = undefined;
    }
    if (changed.has("range")) this.follow();
    const moved = changed.has("analysis") || changed.has("width") || changed.has("zoom") || !this.layout;
    if (moved) this.layout = layoutStrip(this.analysis, this.width, this.zoom ? { fromToken: this.zoom.from, toToken: this.zoom.to } : {});
    if ((moved || changed.has("signal")) && this.layout)
      this.laneDrawn = this.signal && layoutLane(this.signal, this.analysis, this.starts, this.layout);
  }

  protected override render(): TemplateResult {
    const layout = this.layout;
    if (!layout) return html``;
    const marks = { step: this.step, unit: this.unit, only: this.only };
    const onCanvas = this.analysis.steps.length > canvasFrom;
    return html`<div class=${this.laneDrawn ? "strip lane" : "strip"} tabindex="0" role="slider" aria-label="Position in the trace" aria-valuemin="1" aria-valuemax=${Math.max(1, this.analysis.steps.length)}
      aria-valuenow=${this.step + 1} aria-valuetext=${positionWords(this.analysis, this.step)} @pointerdown=${this.onDown} @pointermove=${this.onMove} @pointerup=${this.onUp}
      @pointerleave=${this.onLeave} @dblclick=${this.onDouble} @wheel=${this.onWheel} @keydown=${this.onKey}>
      <div class="clip">
        ${guard([layout], () => layout.ticks.map((tick) => html`<span class=${tick.equalsFinal ? "tri" : "tri alt"} ${place({ left: px(tick.left) })}></span>`))}
        ${windowMark(layout, this.range)}
        ${guard([layout, this.unit], () => unitMarks(layout, marks, 22, (unit) => this.loopNote(unit)))}
        ${onCanvas ? html`<canvas class="bars" ${place({ width: px(layout.width) })}></canvas>` : guard([layout, this.step, this.only], () => segmentMarks(layout, marks))}
        ${layout.response ? html`<span class="sg resp" ${place({ left: px(layout.response.left), width: px(layout.response.width) })}><i>${layout.response.width > 60 ? "response" : ""}</i></span>` : nothing}
        ${this.hits.map((token) => html`<span class="hitmark" ${place({ left: px(this.leftOf(token)) })}></span>`)}
      </div>
      ${this.laneDrawn ? laneMark(layout, this.laneDrawn, this.pin) : nothing}
      ${firstAnswerMark(layout, this.analysis.finalAnswer)}${this.cutOff ? endingMark(layout) : nothing}
      <div class="ax">${layout.axis.map(({ left, text, end }) => html`<span class=${end ? "e" : ""} ${place({ left: px(left) })}>${text}</span>`)}</div>
      ${this.hover ? html`<div class="hint" role="presentation" ${place({ left: px(Math.max(0, Math.min(this.hover.left - 40, this.width - 320))) })}>${this.hover.words}</div>` : nothing}
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const repaint = changed.has("analysis") || changed.has("width") || changed.has("zoom") || changed.has("only");
    if (!repaint) return;
    const canvas = this.querySelector<HTMLCanvasElement>("canvas.bars");
    if (!canvas || !this.layout) return;
    paintBars(this, canvas, this.layout, this.only);
  }

  private get total(): number {
    return (this.starts[this.analysis.steps.length] ?? 0) + this.analysis.responseTokens;
  }

  private leftOf(token: number): number {
    return this.layout ? leftOf(this.layout, token) : 0;
  }

  private loopNote(unit: number): string {
    const flag = flagsOf(this.analysis, "unit", unit).find(({ flag: found }) => found.rule === "loop")?.flag;
    return flag?.evidence.count === undefined ? "" : `loop ×${count(flag.evidence.count)}`;
  }

  /** Keeps the window in sight while zoomed in. */
  private follow(): void {
    const { zoom, range } = this;
    if (!zoom || !range || this.dragging) return;
    this.zoom = following(zoom, this.total, range);
  }

  private tokenAt(event: MouseEvent): number {
    const left = event.clientX - this.getBoundingClientRect().left;
    return this.layout && this.layout.pixelsPerToken > 0 ? this.layout.fromToken + left / this.layout.pixelsPerToken : 0;
  }

  private stepAt(token: number): number {
    let low = 0;
    let high = this.analysis.steps.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle + 1] ?? 0) <= token) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private rowOf(event: MouseEvent): "units" | "bars" {
    const top = event.clientY - this.getBoundingClientRect().top;
    const own = this.querySelector(".strip");
    const inset = own instanceof HTMLElement ? own.offsetTop - this.offsetTop : 0;
    return top - inset < 39 ? "units" : "bars";
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    const token = this.tokenAt(event);
    const inWindow = this.range !== undefined && token >= this.range.from && token <= this.range.to && this.rowOf(event) === "bars";
    this.dragging = { grip: inWindow && this.range ? token - this.range.from : Number.NaN };
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
  }

  private onMove(event: PointerEvent): void {
    const token = this.tokenAt(event);
    if (this.dragging && event.buttons & 1 && Math.abs(event.movementX) > 0) {
      const width = this.range ? this.range.to - this.range.from : 0;
      const grip = Number.isNaN(this.dragging.grip) ? width / 2 : this.dragging.grip;
      this.dragging = { grip };
      this.fire("rti-scroll", Math.max(0, token - grip));
      this.hover = undefined;
      this.moved = true;
      return;
    }
    const words = this.wordsAt(event, token);
    this.hover = words === "" ? undefined : { left: this.leftOf(token), words };
  }

  private moved = false;

  private onUp(event: PointerEvent): void {
    const dragged = this.moved;
    this.moved = false;
    this.dragging = undefined;
    if (dragged || event.button !== 0 || this.analysis.steps.length === 0) return;
    const token = this.tokenAt(event);
    if (token > (this.starts[this.analysis.steps.length] ?? 0)) {
      this.fire("rti-response", 0);
      return;
    }
    const step = this.stepAt(token);
    const unit = this.analysis.steps[step]?.unit ?? 0;
    if (this.rowOf(event) === "units") this.fire("rti-unit", unit);
    else this.fire("rti-step", step);
  }

  private onLeave(): void {
    this.hover = undefined;
  }

  private onDouble(event: MouseEvent): void {
    if (this.rowOf(event) !== "units") return;
    this.fire("rti-fold", this.analysis.steps[this.stepAt(this.tokenAt(event))]?.unit ?? 0);
  }

  private onWheel(event: WheelEvent): void {
    if (event.deltaY === 0) return;
    event.preventDefault();
    this.zoomBy(event.deltaY < 0 ? 1.25 : 0.8, this.tokenAt(event));
  }

  private onKey(event: KeyboardEvent): void {
    const last = this.analysis.steps.length - 1;
    const table: Readonly<Record<string, number>> = {
      ArrowRight: this.step + 1,
      ArrowLeft: this.step - 1,
      ArrowUp: this.step + 1,
      ArrowDown: this.step - 1,
      PageUp: this.step + 10,
      PageDown: this.step - 10,
      Home: 0,
      End: last,
    };
    const target = table[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.fire("rti-step", Math.min(Math.max(0, target), last));
  }

  /** Number, function, tokens, flags and first words of what is under the pointer. */
  private wordsAt(event: MouseEvent, token: number): string {
    if (this.analysis.steps.length === 0) return "";
    if (token > (this.starts[this.analysis.steps.length] ?? 0)) return `response · ${count(this.analysis.responseTokens)} tokens`;
    const index = this.stepAt(token);
    const step = this.analysis.steps[index];
    if (!step) return "";
    if (this.rowOf(event) === "units") {
      const unit = this.analysis.units[step.unit];
      return unit
        ? `${unitWords(this.analysis, step.unit)} · ${count(unit.tokens)} tokens${unit.answer ? ` · ${plainAnswer(unit.answer)}` : ""}`
        : "";
    }
    const flags = this.analysis.flags.filter((flag) => flag.level === "step" && flag.index === index).map(flagWords);
    const words = this.text
      .slice(step.start, step.start + 120)
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 60);
    return [`${index + 1} ${functionLooks[step.function].label}`, `${count(step.tokens)} tokens`, ...flags, `“${words}…”`].join(" · ");
  }

  private fire(name: string, detail: number): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define("rti-strip", Strip);
