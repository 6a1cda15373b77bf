/** The side-by-side column: draws the rows near the screen and hears clicks, keys and the pointer. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { place, px } from "../place";
import type { AlignedRows } from "./alignedRows";
import { type Aligned, type CompareRow, positionOf } from "./compareRows";
import { type SideName, tokensOf } from "./compareWords";
import { LightElement } from "./lightElement";
import { dataNumber, type RowsContext } from "./rowParts";
import { rowView } from "./rowViews";
import { VirtualRows } from "./virtualRows";

/** Pixels of a character and of a line of the text, about; heights are measured once a row is drawn. */
const characterWidth = 6.2;
const charactersPerToken = 3.9;
const lineHeight = 20;

/** What the column asks of its view. */
export interface ColumnOwner {
  readonly rows: AlignedRows;
  readonly narrow: boolean;
  readonly width: number;
  changed(): void;
  /** A step was clicked; true when that was all the click meant. */
  picked(side: SideName, stepRow: number): boolean;
  inspect(): void;
}

/** `<rti-pair-rows>`: set `owner`, and a new `context` whenever something that rows are drawn from has changed. Scrolling draws this element alone. */
export class RowColumn extends LightElement {
  static override properties = { owner: { attribute: false }, context: { attribute: false } };
  declare owner: ColumnOwner;
  declare context: RowsContext;
  private list: VirtualRows | undefined;
  private stuckKey: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add("rowbox");
    this.list = new VirtualRows(
      () => this.querySelector<HTMLElement>(".rows"),
      () => this.requestUpdate(),
    );
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.list?.dispose();
    this.list = undefined;
  }

  /** Forgets heights, as after a change of width or of the text's form. */
  forget(): void {
    this.list?.forget();
  }

  scrollToTop(): void {
    this.list?.scrollToTop();
  }

  /** Rows of another pair wait for its context, which the view gives in its own turn. */
  protected override shouldUpdate(): boolean {
    return this.owner.rows.aligned === this.context.aligned;
  }

  protected override updated(): void {
    this.list?.rendered(this.querySelectorAll<HTMLElement>(".cvr"));
  }

  /** Selects the row at a position and brings it on screen. */
  select(position: number, align: "auto" | "start" = "auto"): void {
    const row = this.owner.rows.rows[position];
    if (!row) return;
    this.owner.rows.selected = row.key;
    this.owner.changed();
    this.list?.reveal(position, align);
    // In a low window the column itself may be off screen.
    this.scrollIntoView({ block: "nearest" });
  }

  protected override render(): TemplateResult {
    const { context, list } = this;
    const { rows, selected } = this.owner.rows;
    if (!list) return html``;
    const items = list.update({
      count: rows.length,
      key: (index) => rows[index]?.key ?? "",
      estimate: (index) => this.estimate(rows[index], context.aligned),
    });
    const stuck = this.stuck(list, rows);
    this.stuckKey = stuck?.row.key;
    return html`${stuck ? html`<div class="cstick" aria-hidden="true" @click=${this.onClick}>${rowView(context, stuck.row, stuck.position)}</div>` : nothing}
      <div class="rows" role="grid" tabindex="0" aria-label="Aligned steps, teacher and student" aria-rowcount=${rows.length} aria-colcount="3"
        aria-activedescendant=${selected === undefined ? nothing : `rti-c-${selected}`}
        @click=${this.onClick} @dblclick=${this.onDoubleClick} @pointerover=${this.onHover} @pointerleave=${this.onLeave} @scroll=${this.onScroll} @keydown=${this.onKey}>
      <div class="cvrs" role="presentation" ${place({ height: px(list.totalHeight), "padding-top": px(items[0]?.start ?? 0) })}>${repeat(
        items,
        (item) => item.key,
        (item) => {
          const row = rows[item.index];
          return html`<div class="cvr ${row ? `v-${row.kind}` : ""}" role="presentation" data-index=${item.index}>${row ? rowView(context, row, item.index + 1) : nothing}</div>`;
        },
      )}</div></div>`;
  }

  private readonly onScroll = (): void => {
    const { list } = this;
    if (list && this.stuck(list, this.owner.rows.rows)?.row.key !== this.stuckKey) this.requestUpdate();
  };

  /** The unit header that stays at the top while its steps scroll below. */
  private stuck(list: VirtualRows, rows: readonly CompareRow[]): { readonly row: CompareRow; readonly position: number } | undefined {
    if (list.scrollTop <= 0) return undefined;
    let at = list.topRow();
    if (rows[at]?.kind === "units" || rows[at]?.kind === "lone-units") return undefined;
    while (at >= 0 && rows[at]?.kind !== "units") at--;
    const row = rows[at];
    return row ? { row, position: at + 1 } : undefined;
  }

  private estimate(row: CompareRow | undefined, aligned: Aligned): number {
    if (!row) return 26;
    if (row.kind !== "step") return row.kind === "units" ? 28 : 26;
    const column = Math.max(20, (this.owner.narrow ? this.owner.width - 160 : this.owner.width / 2 - 190) / characterWidth);
    const lines = (side: SideName): number => Math.ceil((tokensOf(aligned, [row.stepRow], side) * charactersPerToken) / column);
    return Math.max(1, lines("teacher"), lines("student")) * lineHeight + 14;
  }

  private readonly onClick = (event: Event): void => {
    if (!(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>("[data-key]");
    const key = row?.dataset.key;
    if (!row || key === undefined) return;
    const { rows } = this.owner;
    const goto = row.dataset.goto;
    if (goto !== undefined) {
      this.goTo(Number(goto));
      return;
    }
    const cell = event.target.closest<HTMLElement>("[data-side]");
    if (cell) rows.side = cell.dataset.side === "S" ? "student" : "teacher";
    rows.selected = key;
    const stepRow = dataNumber(event.target, "row");
    const taken = cell !== null && stepRow !== undefined && this.owner.picked(rows.side, stepRow);
    if (!taken && (row.classList.contains("cfold") || row.classList.contains("cuh"))) rows.toggle(key);
    this.owner.changed();
  };

  /** Opens what hides a step row and brings it on screen, once the rows are drawn. */
  goTo(stepRow: number, align: "auto" | "start" = "start"): void {
    const { rows } = this.owner;
    const position = rows.openStep(stepRow);
    this.owner.changed();
    if (position >= 0 && rows.aligned) {
      const { diff } = rows.aligned;
      requestAnimationFrame(() => this.select(positionOf(rows.rows, diff, stepRow), align));
    }
  }

  private readonly onDoubleClick = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest(".g")) this.owner.inspect();
  };

  private readonly onHover = (event: Event): void => {
    if (!(event.target instanceof Element)) return;
    this.hover(dataNumber(event.target, "row"), dataNumber(event.target, "unitRow"));
  };

  private readonly onLeave = (): void => this.hover(undefined, undefined);

  private hover(step: number | undefined, unit: number | undefined): void {
    const { rows } = this.owner;
    if (step === rows.hovered && unit === rows.hoveredUnit) return;
    rows.hovered = step;
    rows.hoveredUnit = unit;
    this.owner.changed();
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (this.move(event)) event.preventDefault();
  };

  private move(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const { rows } = this.owner;
    const last = rows.rows.length - 1;
    const at = rows.position;
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last };
    const move = moves[event.key];
    const row = rows.selectedRow;
    if (move !== undefined) this.select(Math.min(last, Math.max(0, move)));
    else if ((event.key === "Enter" || event.key === " ") && row && row.kind !== "step") rows.toggle(row.key);
    else return false;
    this.owner.changed();
    return true;
  }
}

customElements.define("rti-pair-rows", RowColumn);
