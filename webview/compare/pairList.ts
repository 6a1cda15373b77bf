/** The list of pairs: verdicts, id, question, tokens, ratio, agreement; sorted by any column; drawn only where it is seen. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { PairPage, PairRow } from "../../src/protocol/engine";
import { count, percent, ratio } from "../format";
import { icons } from "../icons";
import { place, px } from "../place";
import { verdictLooks } from "../words";
import { isPair, type PairSort, pairRatio, sortPairs } from "./pairing";

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
  { sort: "agree", label: "agree", title: "Do the two final answers agree?", className: "num" },
];

/** `<rti-pairs>`: fires `rti-pair` with the chosen {@link PairRow} and `rti-pair-sort` with a column. */
export class PairList extends LitElement {
  static override properties = {
    page: { attribute: false },
    pair: { attribute: false },
    sort: { attribute: false },
    descending: { type: Boolean },
  };
  declare page: PairPage | undefined;
  declare pair: { readonly teacher: PairRow["teacher"]; readonly student: PairRow["student"] } | undefined;
  declare sort: PairSort;
  declare descending: boolean;
  private active = -1;
  private offset = 0;

  constructor() {
    super();
    this.sort = "file";
    this.descending = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(): void {
    const scroller = this.querySelector<HTMLElement>(".plist");
    this.active = this.sorted().findIndex((row) => isPair(row, this.pair));
    if (!scroller) return;
    scroller.scrollTop = Math.max(0, this.active * rowHeight - scroller.clientHeight / 2);
    this.offset = scroller.scrollTop;
    scroller.focus();
    this.requestUpdate();
  }

  private sorted(): readonly PairRow[] {
    return sortPairs(this.page?.pairs ?? [], this.sort, this.descending);
  }

  protected override render(): TemplateResult {
    const rows = this.sorted();
    const height = this.querySelector(".plist")?.clientHeight ?? 400;
    const first = Math.max(0, Math.floor(this.offset / rowHeight) - margin);
    const end = Math.min(rows.length, Math.ceil((this.offset + height) / rowHeight) + margin);
    return html`<div class="plr h" role="row">${columns.map((column) => this.head(column))}</div>
    <div class="plist" role="grid" tabindex="0" aria-label="Pairs" aria-rowcount=${rows.length} aria-activedescendant=${this.active >= 0 ? `rti-p-${this.active}` : nothing}
      @scroll=${this.onScroll} @keydown=${this.onKey}><div role="rowgroup" ${place({ height: px(rows.length * rowHeight), "padding-top": px(first * rowHeight) })}>
      ${rows.slice(first, end).map((row, index) => this.row(row, first + index))}</div></div>
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
    return html`<div class="plr${index === this.active ? " act" : ""}${open ? " on" : ""}" role="row" id="rti-p-${index}" aria-rowindex=${index + 1} aria-selected=${open} @click=${() => this.choose(index)}>
      <span role="gridcell" class="mk">${verdict(row.teacherVerdict)}</span><span role="gridcell" class="mk">${verdict(row.studentVerdict)}</span>
      <span role="gridcell" class="id" title=${row.id}>${row.id}</span><span role="gridcell" class="qu">${row.question}</span>
      <span role="gridcell" class="num">${row.teacherTokens === undefined ? "" : count(row.teacherTokens)}</span><span role="gridcell" class="num">${row.studentTokens === undefined ? "" : count(row.studentTokens)}</span>
      <span role="gridcell" class="num">${share === undefined ? "" : ratio(share)}</span><span role="gridcell" class="num">${row.agree === undefined ? "" : row.agree ? "yes" : "no"}</span></div>`;
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
    const joined = alone.length > 0 ? ` · not joined: ${alone.join(", ")}` : "";
    return html`<b>${count(page.matching)}</b> of ${count(page.total)} pairs${page.complete ? "" : " so far"} · joined by ${page.key}${joined}${share}`;
  }

  private choose(index: number): void {
    const row = this.sorted()[index];
    this.active = index;
    if (row) this.dispatchEvent(new CustomEvent<PairRow>("rti-pair", { detail: row, bubbles: true }));
    this.requestUpdate();
  }

  private onScroll(event: Event): void {
    if (event.target instanceof HTMLElement) this.offset = event.target.scrollTop;
    this.requestUpdate();
  }

  private onKey(event: KeyboardEvent): void {
    const last = (this.page?.pairs.length ?? 0) - 1;
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

function verdict(value: PairRow["teacherVerdict"]): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  const look = verdictLooks[value];
  return html`<span class=${look.className} role="img" aria-label=${look.word}>${icons[look.icon]}</span>`;
}

customElements.define("rti-pairs", PairList);
