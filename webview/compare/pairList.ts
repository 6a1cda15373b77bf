/** The list of pairs: verdicts, id, question, tokens, ratio, agreement; sorted by any column; drawn only where it is seen. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { PairPage, PairRow } from "../../src/protocol/engine";
import { count, percent, ratio } from "../format";
import { icons } from "../icons";
import { place, px } from "../place";
import { verdictLooks } from "../words";
import { isPair, type PairRefs, type PairSort, pairRatio } from "./pairing";

const rowHeight = 24;
const margin = 8;

const columns: readonly { readonly sort: PairSort; readonly label: string; readonly title: string; readonly className: string }[] = [
  { sort: "teacher", label: "T", title: "Teacher's verdict", className: "mk" },
  { sort: "student", label: "S", title: "Student's verdict", className: "mk" },
  { sort: "id", label: "id", title: "Record", className: "id" },
  { sort: "question", label: "question", title: "Question", className: "qu" },
  { sort: "teacherTokens", label: "teacher", title: "Tokens of the teacher", className: "num" },
  { sort: "studentTokens", label: "student", title: "Tokens of the student", className: "num" },
  { sort: "ratio", label: "ratio", title: "Student's tokens over teacher's", className: "num" },
  { sort: "unitsDelta", label: "Δ units", title: "Student's thinking units minus teacher's", className: "num" },
  {
    sort: "divergence",
    label: "parts at",
    title: "Teacher's share before the first divergence; sorting by it aligns the pairs",
    className: "num",
  },
  { sort: "agree", label: "agree", title: "Do the two final answers agree?", className: "num" },
];

/** `<rti-pairs>`: fires `rti-pair` with the chosen {@link PairRow} and `rti-pair-sort` with a column. */
export class PairList extends LitElement {
  static override properties = {
    page: { attribute: false },
    rows: { attribute: false },
    still: { attribute: false },
    pair: { attribute: false },
    sort: { attribute: false },
    descending: { type: Boolean },
  };
  declare page: PairPage | undefined;
  /** The page's pairs in the order chosen. */
  declare rows: readonly PairRow[];
  /** Does not take the focus when it opens. */
  declare still: boolean;
  declare pair: PairRefs | undefined;
  declare sort: PairSort;
  declare descending: boolean;
  private active = -1;
  private offset = 0;

  constructor() {
    super();
    this.sort = "file";
    this.descending = false;
    this.rows = [];
    this.still = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(): void {
    const scroller = this.querySelector<HTMLElement>(".plist");
    this.active = this.rows.findIndex((row) => isPair(row, this.pair));
    if (!scroller) return;
    scroller.scrollTop = Math.max(0, this.active * rowHeight - scroller.clientHeight / 2);
    this.offset = scroller.scrollTop;
    if (!this.still) this.querySelector<HTMLElement>(".plg")?.focus();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { rows } = this;
    const height = this.querySelector(".plist")?.clientHeight ?? 400;
    const first = Math.max(0, Math.floor(this.offset / rowHeight) - margin);
    const end = Math.min(rows.length, Math.ceil((this.offset + height) / rowHeight) + margin);
    return html`<div class="plg" role="grid" tabindex="0" aria-label="Pairs" aria-rowcount=${rows.length + 1} aria-colcount=${columns.length} aria-activedescendant=${this.active >= 0 ? `rti-p-${this.active}` : nothing} @keydown=${this.onKey}>
      <div role="rowgroup"><div class="plr h" role="row">${columns.map((column) => this.head(column))}</div></div>
      <div class="plist" role="rowgroup" @scroll=${this.onScroll}><div role="presentation" ${place({ height: px(rows.length * rowHeight), "padding-top": px(first * rowHeight) })}>
      ${rows.slice(first, end).map((row, index) => this.row(row, first + index))}</div></div></div>
    <div class="lfoot">${this.foot()}</div>`;
  }

  private head({ sort, label, title, className }: (typeof columns)[number]): TemplateResult {
    const on = this.sort === sort;
    return html`<span role="columnheader" class=${className} aria-sort=${on ? (this.descending ? "descending" : "ascending") : "none"}><button class=${on ? "s" : ""} title=${title} @click=${() =>
      this.dispatchEvent(
        new CustomEvent<PairSort>("rti-pair-sort", { detail: sort, bubbles: true }),
      )}>${label}${on ? (this.descending ? icons.arrowDown : icons.arrowUp) : nothing}</button></span>`;
  }

  private row(row: PairRow, index: number): TemplateResult {
    const share = pairRatio(row);
    const open = isPair(row, this.pair);
    return html`<div class="plr${index === this.active ? " act" : ""}${open ? " on" : ""}" role="row" id="rti-p-${index}" aria-rowindex=${index + 2} aria-selected=${open} @click=${() => this.choose(index)}>
      <span role="gridcell" class="mk">${verdict(row.teacherVerdict)}</span><span role="gridcell" class="mk">${verdict(row.studentVerdict)}</span>
      <span role="gridcell" class="id" title=${row.id}>${row.id}</span><span role="gridcell" class="qu">${row.question}</span>
      <span role="gridcell" class="num">${row.teacherTokens === undefined ? "" : count(row.teacherTokens)}</span><span role="gridcell" class="num">${row.studentTokens === undefined ? "" : count(row.studentTokens)}</span>
      <span role="gridcell" class="num">${share === undefined ? "" : ratio(share)}</span><span role="gridcell" class="num">${unitsDelta(row)}</span><span role="gridcell" class="num">${row.divergence === undefined ? "" : `${percent(row.divergence)} %`}</span><span role="gridcell" class="num">${row.agree === undefined ? "" : row.agree ? "yes" : "no"}</span></div>`;
  }

  private foot(): TemplateResult | typeof nothing {
    const { page } = this;
    if (!page) return html`loading pairs…`;
    const alone = [
      page.unpairedTeacher > 0 ? `${count(page.unpairedTeacher)} only in teacher` : "",
      page.unpairedStudent > 0 ? `${count(page.unpairedStudent)} only in student` : "",
    ].filter(Boolean);
    const known = page.pairs.filter((row) => row.agree !== undefined);
    const agreeing = known.filter((row) => row.agree).length;
    const share = known.length > 0 ? ` · ${percent(agreeing / known.length)} % agree` : "";
    const aligning = page.aligned > 0 && page.aligned < page.total ? ` · aligned ${count(page.aligned)} of ${count(page.total)}` : "";
    const listed = page.pairs.length < page.matching ? ` · the first ${count(page.pairs.length)} are listed` : "";
    const joined = alone.length > 0 ? ` · not joined: ${alone.join(", ")}` : "";
    return html`<b>${count(page.matching)}</b> of ${count(page.total)} pairs${page.complete ? "" : " so far"} · joined by ${page.key}${joined}${share}${aligning}${listed}`;
  }

  private choose(index: number): void {
    const row = this.rows[index];
    this.active = index;
    if (row) this.dispatchEvent(new CustomEvent<PairRow>("rti-pair", { detail: row, bubbles: true }));
    this.requestUpdate();
  }

  private onScroll(event: Event): void {
    if (event.target instanceof HTMLElement) this.offset = event.target.scrollTop;
    this.requestUpdate();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const last = this.rows.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      Home: 0,
      End: last,
      PageDown: this.active + 12,
      PageUp: this.active - 12,
    };
    const move = moves[event.key];
    if (event.key === "Enter" || event.key === " ") this.choose(this.active);
    else if (move !== undefined) this.activate(Math.min(last, Math.max(0, move)));
    else return;
    event.preventDefault();
  }

  private activate(index: number): void {
    this.active = index;
    const scroller = this.querySelector<HTMLElement>(".plist");
    if (scroller) {
      const top = index * rowHeight;
      scroller.scrollTop = Math.min(top, Math.max(scroller.scrollTop, top + rowHeight - scroller.clientHeight));
    }
    this.requestUpdate();
  }
}

function unitsDelta({ teacherUnits, studentUnits }: PairRow): string {
  if (teacherUnits === undefined || studentUnits === undefined) return "";
  const delta = studentUnits - teacherUnits;
  return delta > 0 ? `+${delta}` : String(delta).replace("-", "−");
}

function verdict(value: PairRow["teacherVerdict"]): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  const look = verdictLooks[value];
  return html`<span class=${look.className} role="img" aria-label=${look.word}>${icons[look.icon]}</span>`;
}

customElements.define("rti-pairs", PairList);
