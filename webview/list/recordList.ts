/** The record list: a grid over any number of rows. */
import { html, nothing, type TemplateResult } from "lit";
import type { Row } from "../../src/protocol/engine";
import { bytes, count, plural, timeLeft } from "../format";
import { icons } from "../icons";
import { place, px } from "../place";
import { ModelElement } from "../state/element";
import { columnMenu, resized } from "./columnMenu";
import { type Column, columnsFor, columnWidth, flagHead, tracksOf } from "./columns";
import { rowsAsText } from "./copyRows";
import { barHeight, barToList, clampList, type Extent, isScaled, listToBar, revealRow, visibleRows } from "./scaledScroll";

const rowHeight = 24;
const marginRows = 6;
const skeletonWidths = [130, 76, 120, 98, 142];

/** `<rti-list>` */
export class RecordList extends ModelElement {
  static override properties = {
    ...ModelElement.properties,
    size: { state: true },
    offset: { state: true },
    menuOpen: { state: true },
    from: { state: true },
  };
  declare size: { readonly width: number; readonly height: number };
  /** Scroll offset in list pixels. */
  declare offset: number;
  declare menuOpen: boolean;
  /** Position at which a selection of several rows began. */
  declare from: number | undefined;
  private observer: ResizeObserver | undefined;
  private ownScroll = -1;
  private shownPosition = -1;
  private shownView = -1;

  constructor() {
    super();
    this.size = { width: 596, height: 600 };
    this.offset = 0;
    this.menuOpen = false;
  }

  /** Moves the focus into the grid. */
  focusGrid(): void {
    this.querySelector<HTMLElement>('.rows-bar [tabindex="0"]')?.focus({ preventScroll: true });
  }

  private get scroller(): HTMLElement | null {
    return this.querySelector(".rows-scroll");
  }

  private get extent(): Extent {
    return { rows: this.model.list.view?.rows ?? 0, rowHeight, viewport: this.size.height };
  }

  protected override render(): TemplateResult {
    const shown = columnsFor(this.size.width, this.model.state.columns, this.model.list.empty);
    const { first, end } = visibleRows(this.offset, this.extent, marginRows);
    this.model.list.rows.want(first, end);
    const { position: selected } = this.model.list;
    const positions = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
    // The selected row is kept even off screen: it may hold the focus.
    if (selected >= 0 && selected < this.extent.rows && (selected < first || selected >= end)) positions.push(selected);
    return html`<div class="grid" role="grid" aria-label="Records" aria-rowcount=${this.extent.rows + 1} aria-colcount=${shown.length} @keydown=${this.onKey}>
      <div class="lr h" role="row" aria-rowindex="1" @contextmenu=${this.onMenu} ${place({ "grid-template-columns": tracksOf(shown) })}>${shown.map((column) => this.head(column))}</div>
      <div class="rows-scroll" role="rowgroup" @scroll=${this.onScroll} @wheel=${this.onWheel} @click=${this.onClick}>
        <div class="rows-bar" role="presentation" ${place({ height: px(barHeight(this.extent)) })}>
          ${positions.map((position) => this.row(position, shown))}
        </div>
      </div>
    </div>
    <button class="colbtn" title="Columns and order" aria-label="Columns and order" aria-haspopup="menu" aria-expanded=${this.menuOpen} @click=${this.toggleMenu}>${icons.chevronDown}</button>
    ${this.menuOpen ? columnMenu(this.model) : nothing}${this.foot()}`;
  }

  protected override firstUpdated(): void {
    const scroller = this.scroller;
    if (!scroller) return;
    this.observer = new ResizeObserver(() => {
      this.size = { width: this.clientWidth, height: scroller.clientHeight };
      this.style.setProperty("--rti-scrollbar", `${scroller.offsetWidth - scroller.clientWidth}px`);
    });
    this.observer.observe(scroller);
  }

  protected override updated(): void {
    const { view, position } = this.model.list;
    if (view && view.id !== this.shownView) {
      this.shownView = view.id;
      this.shownPosition = -1;
      if (position < 0) this.scrollList(0);
    }
    if (position < 0 || position === this.shownPosition) return;
    this.shownPosition = position;
    if (document.activeElement?.closest(".rows-bar")) this.focusGrid();
    this.scrollList(revealRow(position, this.offset, this.extent));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
  }

  private head(column: Column): TemplateResult {
    const { sort } = this.model.state;
    const sorted = sort.key === column.key;
    const arrow = sort.descending ? icons.arrowDown : icons.arrowUp;
    const content = column.key === "flags" ? flagHead() : column.label;
    return html`<span role="columnheader" class="${column.className}${sorted ? " s" : ""}" title=${column.title}
      aria-sort=${sorted ? (sort.descending ? "descending" : "ascending") : "none"}
      ><button class="hb" @click=${() => this.model.list.setSort(column.key)}>${sorted ? arrow : nothing}${column.label === "" ? html`<span class="sr">${column.title}</span>` : nothing}${content}</button>${column.key === "verdict" || column.key === "flags" ? nothing : html`<i class="grip" @pointerdown=${(event: PointerEvent) => this.onGrip(event, column)}></i>`}</span>`;
  }

  private row(position: number, shown: readonly Column[]): TemplateResult {
    const row = this.model.list.rows.row(position);
    const selected = position === this.model.list.position;
    const top = position * rowHeight - this.offset + listToBar(this.offset, this.extent);
    const placed = { top: px(top), "grid-template-columns": row?.kind === "malformed" ? undefined : tracksOf(shown) };
    const chosen = this.isChosen(position);
    const read = row !== undefined && this.model.list.isRead(row);
    const classes = `lr${selected ? " on" : chosen ? " also" : ""}${read ? " seen" : ""}${row?.kind === "malformed" ? " err" : ""}`;
    return html`<div class=${classes} role="row" id="rti-row-${position}" data-position=${position} aria-rowindex=${position + 2} aria-selected=${selected || chosen} tabindex=${selected || (this.model.list.position < 0 && position === 0) ? 0 : -1}
      ${place(placed)}>${row ? this.cells(row, shown) : this.skeleton(position, shown)}</div>`;
  }

  private cells(row: Row, shown: readonly Column[]): TemplateResult | (TemplateResult | typeof nothing)[] {
    if (row.kind !== "malformed") return shown.map((column) => column.cell(row));
    return html`<span class="mk" role="gridcell">${icons.error}</span><span class="id" role="gridcell"><bdi>${row.id}</bdi></span>
      <span role="gridcell" class="qq"><span class="msg">not valid JSON</span>${row.error ? html` · ${row.error}` : nothing}</span>`;
  }

  private skeleton(position: number, shown: readonly Column[]): TemplateResult[] {
    const question = skeletonWidths[position % skeletonWidths.length] ?? 100;
    const width: Readonly<Record<string, number>> = { id: 52, question, model: 60, tokens: 44, units: 20, after: 54 };
    return shown.map(
      (column) =>
        html`<span role="gridcell">${width[column.key] === undefined ? nothing : html`<div class="sk" ${place({ width: px(width[column.key] ?? 0) })}></div>`}</span>`,
    );
  }

  private foot(): TemplateResult | typeof nothing {
    const { info } = this.model.file;
    if (!info) return nothing;
    if (info.indexed && (info.analysed >= info.records || !info.hasTraces)) return this.progress();
    const left = this.model.file.timeLeft();
    const malformed = info.malformed > 0 ? `, ${plural(info.malformed, "malformed line")}` : "";
    const title = info.indexed
      ? `Analysed ${count(info.analysed)} of ${count(info.records)}`
      : `Indexing ${bytes(info.bytesIndexed)} of ${bytes(info.bytes)}`;
    return html`<div class="lfoot" role="status"><span class=${this.model.file.paused ? "" : "spin"}>${icons.loading}</span><b>${title}</b>
      ${info.indexed ? nothing : html`<span>${plural(info.records, "record")}${malformed}</span>`}<span class="sp"></span>
      ${left === undefined ? nothing : html`<span>${timeLeft(left)}</span>`}
      <button class="lnk" @click=${() => this.model.file.setPaused(!this.model.file.paused)}>${this.model.file.paused ? "Go on" : "Stop"}</button></div>`;
  }

  /** How many of the listed records were read since the file was opened. */
  private progress(): TemplateResult | typeof nothing {
    const { model } = this;
    const suspect = model.state.sort.key === "suspect" ? "likely bad first" : "";
    if (model.list.readCount < 2 && suspect === "") return nothing;
    return html`<div class="lfoot"><span role="status">${count(model.list.readCount)} of ${count(model.list.view?.total ?? 0)} read</span><span class="sp"></span><span>${suspect}</span></div>`;
  }

  private isChosen(position: number): boolean {
    const { from } = this;
    if (from === undefined) return false;
    const now = this.model.list.position;
    return position >= Math.min(from, now) && position <= Math.max(from, now);
  }

  private toggleMenu(): void {
    this.menuOpen = !this.menuOpen;
    if (this.menuOpen) void this.updateComplete.then(() => this.querySelector<HTMLElement>(".menu.cols button")?.focus());
  }

  private onMenu(event: Event): void {
    event.preventDefault();
    if (!this.menuOpen) this.toggleMenu();
  }

  /** Closes the menu or forgets a selection of several rows; false when there was neither. */
  closeOverlays(): boolean {
    const open = this.menuOpen || this.from !== undefined;
    if (this.menuOpen) this.querySelector<HTMLElement>(".colbtn")?.focus();
    this.menuOpen = false;
    this.from = undefined;
    return open;
  }

  /** Dragging a column's right edge gives it a width of its own. */
  private onGrip(event: PointerEvent, column: Column): void {
    const grip = event.currentTarget;
    const head = grip instanceof HTMLElement ? grip.parentElement : null;
    if (!(grip instanceof HTMLElement) || !head) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const start = head.getBoundingClientRect().width - event.clientX;
    const move = (moved: PointerEvent): void =>
      this.model.patch({ columns: resized(this.model, column.key, columnWidth(start + moved.clientX)) });
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", () => grip.removeEventListener("pointermove", move), { once: true });
  }

  /** Copies the chosen rows as a table with tabs. */
  private copyRows(): void {
    const { from, model } = this;
    const now = model.list.position;
    const [first, last] = [Math.min(from ?? now, now), Math.max(from ?? now, now)];
    const rows = Array.from({ length: last - first + 1 }, (_, index) => model.list.rows.row(first + index)).filter(
      (row) => row !== undefined,
    );
    if (rows.length > 0) void model.host.copy(rowsAsText(rows));
  }

  private onScroll(): void {
    const scroller = this.scroller;
    if (!scroller || Math.abs(scroller.scrollTop - this.ownScroll) < 1) return;
    this.ownScroll = -1;
    this.offset = isScaled(this.extent) ? barToList(scroller.scrollTop, this.extent) : scroller.scrollTop;
  }

  /** In a scaled list a wheel notch would jump over thousands of rows, so it moves by its own pixels. */
  private onWheel(event: WheelEvent): void {
    if (!isScaled(this.extent) || event.ctrlKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : 1;
    this.scrollList(this.offset + event.deltaY * unit);
  }

  private scrollList(offset: number): void {
    const scroller = this.scroller;
    if (!scroller) return;
    this.offset = clampList(offset, this.extent);
    scroller.scrollTop = listToBar(this.offset, this.extent);
    this.ownScroll = scroller.scrollTop;
  }

  private onClick(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-position]") : null;
    if (!row) return;
    this.from = event.shiftKey ? (this.from ?? this.model.list.position) : undefined;
    void this.model.openAt(Number(row.dataset.position));
  }

  private onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.size.height / rowHeight) - 1);
    const now = this.model.list.position;
    const last = this.extent.rows - 1;
    const table: Readonly<Record<string, number>> = {
      ArrowDown: now + 1,
      ArrowUp: now - 1,
      PageDown: now + page,
      PageUp: now - page,
      Home: 0,
      End: last,
    };
    const target = table[event.key];
    if (event.key === "c" && (event.ctrlKey || event.metaKey) && document.getSelection()?.isCollapsed !== false) this.copyRows();
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.from = event.shiftKey ? (this.from ?? now) : undefined;
    void this.model.openAt(Math.min(Math.max(0, target), last));
  }
}

customElements.define("rti-list", RecordList);
