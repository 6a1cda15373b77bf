/** All pairs of the two sides at once: paired differences, correctness, the scatter, the list. */
import { html, nothing, type TemplateResult } from "lit";
import type { JoinKey, PairedMeasure, PairPage, PairRequest, PairRow, PairSummary } from "../../src/protocol/engine";
import type { HostRequests } from "../../src/protocol/host";
import { count, percent, plural } from "../format";
import { icons } from "../icons";
import "./pairList";
import { SizedElement } from "./lightElement";
import { isPair, type PairRefs, type PairSort } from "./pairing";
import { words } from "./pairSession";
import { drawScatter, layoutScatter, pointAt, type ScatterLayout } from "./scatter";

const plotHeight = 300;

/** `<rti-pair-set>`: fires `rti-pair` with the chosen {@link PairRow}, `rti-pair-sort` with a column, `rti-pair-export`. */
export class PairSet extends SizedElement {
  static override properties = {
    host: { attribute: false },
    request: { attribute: false },
    page: { attribute: false },
    rows: { attribute: false },
    pair: { attribute: false },
    sort: { attribute: false },
    descending: { type: Boolean },
    joinBy: { attribute: false },
    summary: { state: true },
  };
  declare host: HostRequests;
  declare request: PairRequest | undefined;
  declare page: PairPage | undefined;
  declare rows: readonly PairRow[];
  declare pair: PairRefs | undefined;
  declare sort: PairSort;
  declare descending: boolean;
  declare joinBy: JoinKey | undefined;
  declare summary: PairSummary | undefined;
  private asked: PairPage | undefined;
  private asking = false;
  private error: string | undefined;
  private layout: ScatterLayout | undefined;
  private drawn: { readonly page: PairPage | undefined; readonly width: number; readonly pair: PairRefs | undefined } | undefined;

  protected override willUpdate(): void {
    if (this.page !== this.asked && !this.asking) void this.ask();
  }

  private async ask(): Promise<void> {
    const { request, page } = this;
    if (!request || !page) return;
    this.asking = true;
    this.asked = page;
    try {
      this.summary = await this.host.pairSummary(request);
      this.error = undefined;
    } catch (error) {
      this.error = words(error);
    }
    this.asking = false;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { summary } = this;
    return html`<div class="pset"><div class="psl">
      ${this.error ? html`<p role="alert">${this.error}</p>` : nothing}
      ${summary ? this.figures(summary) : html`<p class="m">Counting the pairs…</p>`}
      <div class="plot"><canvas role="img" aria-label=${this.plotWords()} @click=${this.onClick} @pointermove=${this.onMove}></canvas></div>
      <p class="skey"><span>● both right</span><span><i class="bad" aria-hidden="true">▼</i> right → wrong</span><span><i class="ok" aria-hidden="true">▲</i> wrong → right</span><span>○ both wrong or unknown</span></p></div>
      <div class="psr"><div class="psh"><b>Pairs</b><span class="sp"></span><button class="btn" @click=${() => this.dispatchEvent(new CustomEvent("rti-pair-export", { bubbles: true }))}>${icons.goToFile}<span>Export as JSONL…</span></button></div>
      <rti-pairs .page=${this.page} .rows=${this.rows} .pair=${this.pair} .sort=${this.sort} .descending=${this.descending} .joinBy=${this.joinBy} .still=${true}></rti-pairs></div></div>`;
  }

  private figures(summary: PairSummary): TemplateResult {
    const soFar = summary.analysed < summary.matching ? ` · ${count(summary.analysed)} of ${count(summary.matching)} analysed so far` : "";
    return html`<table class="pst"><caption>${plural(summary.matching, "pair")}${soFar}</caption>
      <thead><tr><td></td><th>teacher</th><th>student</th><th>student − teacher</th><th>95 % interval</th></tr></thead><tbody>
      ${measureRow("Tokens, mean", summary.tokens, (value) => count(value))}
      ${measureRow("Thinking units, mean", summary.units, (value) => value.toFixed(2))}
      ${measureRow(
        "Share of verification",
        summary.verify,
        (value) => `${(value * 100).toFixed(1)} %`,
        (value) => (value * 100).toFixed(1),
        " points",
      )}</tbody></table>
      ${transitions(summary)}`;
  }

  private plotWords(): string {
    return `Scatter of ${plural(this.layout?.points.length ?? 0, "pair")}: teacher's tokens across, student's tokens up. The list beside it holds the same pairs.`;
  }

  protected override updated(): void {
    const canvas = this.querySelector("canvas");
    const width = canvas?.parentElement?.clientWidth ?? 0;
    if (!canvas || width === 0) return;
    const { drawn } = this;
    if (drawn?.page === this.page && drawn?.width === width && drawn?.pair === this.pair) return;
    this.drawn = { page: this.page, width, pair: this.pair };
    this.layout = layoutScatter(this.page?.pairs ?? [], width, plotHeight);
    const open = this.page?.pairs.find((row) => isPair(row, this.pair));
    drawScatter(canvas, this.layout, open, (tokens) => (tokens >= 1000 ? `${tokens / 1000}k` : String(tokens)));
  }

  private readonly onClick = (event: MouseEvent): void => {
    const point = this.layout && pointAt(this.layout, event.offsetX, event.offsetY);
    if (point) this.dispatchEvent(new CustomEvent<PairRow>("rti-pair", { detail: point.row, bubbles: true }));
  };

  private readonly onMove = (event: PointerEvent): void => {
    const canvas = event.currentTarget;
    if (!(canvas instanceof HTMLCanvasElement) || !this.layout) return;
    const point = pointAt(this.layout, event.offsetX, event.offsetY);
    canvas.classList.toggle("on", point !== undefined);
    canvas.title = point ? `${point.row.id}: ${count(point.row.teacherTokens ?? 0)} → ${count(point.row.studentTokens ?? 0)} tokens` : "";
  };
}

function measureRow(
  label: string,
  measure: PairedMeasure | undefined,
  format: (value: number) => string,
  formatDelta = format,
  unit = "",
): TemplateResult {
  if (!measure) return html`<tr><th scope="row">${label}</th><td colspan="4" class="m">not known yet</td></tr>`;
  const { delta } = measure;
  const signed = (value: number): string => (value > 0 ? `+${formatDelta(value)}` : formatDelta(value).replace("-", "−"));
  return html`<tr><th scope="row">${label}</th><td>${format(measure.teacher)}</td><td>${format(measure.student)}</td><td><b>${signed(delta.mean)}${unit}</b></td><td class="m">${signed(delta.low)} to ${signed(delta.high)}</td></tr>`;
}

function transitions({ transitions: counts, mcnemar, answered, agreeing }: PairSummary): TemplateResult {
  const known = counts["right→right"] + counts["right→wrong"] + counts["wrong→right"] + counts["wrong→wrong"];
  const agreement =
    answered > 0
      ? html`<p>Answers agree in ${count(agreeing)} of ${count(answered)} pairs, ${percent(agreeing / answered)} %.</p>`
      : nothing;
  if (known === 0)
    return html`${agreement}<p class="m">No pair has a reference answer on both sides, so correctness cannot be compared.</p>`;
  const unknown = counts.unknown > 0 ? html`<span class="m"> · ${count(counts.unknown)} without verdict</span>` : nothing;
  return html`<table class="pst tr"><thead><tr><td></td><th>student right</th><th>student wrong</th></tr></thead><tbody>
      <tr><th scope="row">teacher right</th><td>${count(counts["right→right"])}</td><td class="bad">${count(counts["right→wrong"])}</td></tr>
      <tr><th scope="row">teacher wrong</th><td class="ok">${count(counts["wrong→right"])}</td><td>${count(counts["wrong→wrong"])}</td></tr></tbody></table>
    <p>${mcnemar === undefined ? nothing : html`McNemar's exact test: p ${pValue(mcnemar)}`}${unknown}</p>${agreement}`;
}

const pValue = (p: number): string => (p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`);

customElements.define("rti-pair-set", PairSet);
