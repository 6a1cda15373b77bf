/** The list of pairs: verdicts, id, question, tokens, ratio, agreement; sorted by any column; drawn only where it is seen; several may be chosen. */
import { html, nothing, type TemplateResult } from "lit";
import type { JoinKey, PairPage, PairRow } from "../../src/protocol/engine";
import { count } from "../format";
import { icons } from "../icons";
import { place, px } from "../place";
import { LightElement } from "./lightElement";
import { isPair, type PairRefs, type PairSort } from "./pairing";
import { joinChoice, loneList } from "./pairJoin";
import { listWords, pairCells, pairColumns } from "./pairListRow";
import { chosenRows, extendTo, noSelection, type PairSelection, pairKey, toggleAll, toggleRow } from "./pairSelection";

const rowHeight = 24;
const margin = 8;
const screen = 12;

/**
 * `<rti-pairs>`: fires `rti-pair` with the pair to open, `rti-pair-sort` with a column, `rti-pairs-chosen` with the chosen pairs, `rti-pair-diffs` to open those
 * in the diff editor, `rti-pairs-seen` with the pairs on screen, and `rti-pair-join` with the key to join by.
 */
export class PairList extends LightElement {
  static override properties = {
    page: { attribute: false },
    rows: { attribute: false },
    still: { attribute: false },
    pair: { attribute: false },
    sort: { attribute: false },
    descending: { type: Boolean },
    joinBy: { attribute: false },
    loneOpen: { state: true },
  };
  declare page: PairPage | undefined;
  /** The page's pairs in the order chosen. */
  declare rows: readonly PairRow[];
  /** Does not take the focus when it opens. */
  declare still: boolean;
  declare pair: PairRefs | undefined;
  declare sort: PairSort;
  declare descending: boolean;
  /** The key that was chosen to join by; undefined where the best one is taken. */
  declare joinBy: JoinKey | undefined;
  declare loneOpen: boolean;
  private active = -1;
  private offset = 0;
  private selection: PairSelection = noSelection;
  private seen = "";

  constructor() {
    super();
    this.sort = "file";
    this.descending = false;
    this.rows = [];
    this.still = false;
    this.loneOpen = false;
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
    const [first, end] = this.drawn();
    return html`<div class="plg" role="grid" tabindex="0" aria-label="Pairs" aria-multiselectable="true" aria-rowcount=${rows.length + 1} aria-colcount=${pairColumns.length + 1} aria-activedescendant=${this.active >= 0 ? `rti-p-${this.active}` : nothing} @keydown=${this.onKey}>
      <div role="rowgroup"><div class="plr h" role="row"><span role="columnheader" class="ck"><input type="checkbox" tabindex="-1" aria-label="Choose all pairs" .checked=${rows.length > 0 && this.selection.keys.size === rows.length} @change=${() => this.select(toggleAll(this.selection, rows))}></span>${pairColumns.map((column) => this.head(column))}</div></div>
      <div class="plist" role="rowgroup" @scroll=${this.onScroll}><div role="presentation" ${place({ height: px(rows.length * rowHeight), "padding-top": px(first * rowHeight) })}>
      ${rows.slice(first, end).map((row, index) => this.row(row, first + index))}</div></div></div>
    ${this.loneOpen && this.page ? loneList(this.page) : nothing}<div class="lfoot">${this.foot()}</div>`;
  }

  /** Rows near the screen, half-open. */
  private drawn(): readonly [number, number] {
    const height = this.querySelector(".plist")?.clientHeight ?? 400;
    const first = Math.max(0, Math.floor(this.offset / rowHeight) - margin);
    return [first, Math.min(this.rows.length, Math.ceil((this.offset + height) / rowHeight) + margin)];
  }

  protected override updated(): void {
    const [first, end] = this.drawn();
    const shown = this.rows.slice(first, end);
    const seen = shown.map(pairKey).join();
    if (seen === this.seen) return;
    this.seen = seen;
    this.tell("rti-pairs-seen", shown);
  }

  private tell<T>(name: string, detail: T): void {
    this.dispatchEvent(new CustomEvent<T>(name, { detail, bubbles: true }));
  }

  private head({ sort, label, title, className }: (typeof pairColumns)[number]): TemplateResult {
    const on = this.sort === sort;
    return html`<span role="columnheader" class=${className} aria-sort=${on ? (this.descending ? "descending" : "ascending") : "none"}><button class=${on ? "s" : ""} title=${title} @click=${() =>
      this.tell("rti-pair-sort", sort)}>${label}${on ? (this.descending ? icons.arrowDown : icons.arrowUp) : nothing}</button></span>`;
  }

  private row(row: PairRow, index: number): TemplateResult {
    const open = isPair(row, this.pair);
    const chosen = this.selection.keys.has(pairKey(row));
    return html`<div class="plr${index === this.active ? " act" : ""}${open ? " on" : ""}" role="row" id="rti-p-${index}" aria-rowindex=${index + 2} aria-selected=${chosen} aria-current=${open ? "true" : nothing} @click=${(event: MouseEvent) => this.onRow(event, index)}>
      <span role="gridcell" class="ck"><input type="checkbox" tabindex="-1" aria-label="Choose ${row.id}" .checked=${chosen} @click=${(
        event: MouseEvent,
      ) => this.onBox(event, index)}></span>${pairCells(row)}</div>`;
  }

  private foot(): TemplateResult | string {
    const { page } = this;
    if (!page) return "loading pairs…";
    const chosen = chosenRows(this.selection, this.rows);
    if (chosen.length === 0) return html`<span>${listWords(page)}</span>${this.join(page)}`;
    const label = chosen.length === 1 ? "Open in Diff Editor" : `Open ${count(chosen.length)} in Diff Editor`;
    return html`<b>${count(chosen.length)}</b> chosen <button class="btn" title="Compare Traces Side by Side, in one editor" @click=${() => this.tell("rti-pair-diffs", chosen)}>${icons.gitCompare}<span class="keep">${label}</span></button>
      <button class="lnk" @click=${() => this.select(noSelection)}>Clear</button>`;
  }

  private join(page: PairPage): TemplateResult {
    return joinChoice(page, {
      joinBy: this.joinBy,
      loneOpen: this.loneOpen,
      join: (key) => this.tell("rti-pair-join", key),
      toggleLone: () => {
        this.loneOpen = !this.loneOpen;
      },
    });
  }

  private select(selection: PairSelection): void {
    this.selection = selection;
    this.tell("rti-pairs-chosen", chosenRows(selection, this.rows));
    this.requestUpdate();
  }

  private choose(index: number): void {
    const row = this.rows[index];
    this.active = index;
    if (row) this.tell("rti-pair", row);
    this.requestUpdate();
  }

  /** A click opens; with Ctrl it chooses, with shift it chooses up to there. */
  private onRow(event: MouseEvent, index: number): void {
    this.active = index;
    if (event.shiftKey) this.select(extendTo(this.selection, this.rows, index));
    else if (event.ctrlKey || event.metaKey) this.select(toggleRow(this.selection, this.rows, index));
    else this.choose(index);
  }

  private onBox(event: MouseEvent, index: number): void {
    event.stopPropagation();
    this.active = index;
    this.select(event.shiftKey ? extendTo(this.selection, this.rows, index) : toggleRow(this.selection, this.rows, index));
  }

  private onScroll(event: Event): void {
    if (event.target instanceof HTMLElement) this.offset = event.target.scrollTop;
    this.requestUpdate();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    if (!this.acts(event) && !this.moves(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private acts(event: KeyboardEvent): boolean {
    if (event.key === "Enter") this.choose(this.active);
    else if (event.key === " ") this.select(toggleRow(this.selection, this.rows, this.active));
    else if ((event.ctrlKey || event.metaKey) && event.key === "a") this.select(toggleAll(this.selection, this.rows));
    else return false;
    return true;
  }

  private moves(event: KeyboardEvent): boolean {
    const last = this.rows.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      Home: 0,
      End: last,
      PageDown: this.active + screen,
      PageUp: this.active - screen,
    };
    const move = moves[event.key];
    if (move === undefined) return false;
    const before = this.active;
    this.activate(Math.min(last, Math.max(0, move)));
    if (event.shiftKey)
      this.select(
        extendTo({ ...this.selection, anchor: this.selection.anchor < 0 ? before : this.selection.anchor }, this.rows, this.active),
      );
    return true;
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

customElements.define("rti-pairs", PairList);
