/** The side-by-side column: draws the rows near the screen and hears clicks, keys and the pointer. */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { place, px } from "../place";
import type { AlignedRows } from "./alignedRows";
import { type Aligned, type CompareRow, positionOf } from "./compareRows";
import { type SideName, tokensOf } from "./compareWords";
import type { RowsContext } from "./rowParts";
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
  /** The view's element, in which the column is drawn. */
  readonly element: HTMLElement;
  changed(): void;
  /** A step was clicked; true when that was all the click meant. */
  picked(side: SideName, stepRow: number): boolean;
  inspect(): void;
}

/** One per view. */
export class RowColumn {
  private readonly list: VirtualRows;

  constructor(private readonly owner: ColumnOwner) {
    this.list = new VirtualRows(
      () => owner.element.querySelector<HTMLElement>(".rows"),
      () => owner.changed(),
    );
  }

  dispose(): void {
    this.list.dispose();
  }

  /** Forgets heights, as after a change of width or of the text's form. */
  forget(): void {
    this.list.forget();
  }

  scrollToTop(): void {
    this.list.scrollToTop();
  }

  /** Call after every render. */
  rendered(): void {
    this.list.rendered(this.owner.element.querySelectorAll<HTMLElement>(".cvr"));
  }

  /** Selects the row at a position and brings it on screen. */
  select(position: number, align: "auto" | "start" = "auto"): void {
    const row = this.owner.rows.rows[position];
    if (!row) return;
    this.owner.rows.selected = row.key;
    this.owner.changed();
    this.list.reveal(position, align);
  }

  render(context: RowsContext, aligned: Aligned): TemplateResult {
    const { rows, selected } = this.owner.rows;
    const items = this.list.update({
      count: rows.length,
      key: (index) => rows[index]?.key ?? "",
      estimate: (index) => this.estimate(rows[index], aligned),
    });
    const stuck = this.stuck(rows);
    return html`<div class="rowbox">${stuck ? html`<div class="cstick" aria-hidden="true" @click=${this.onClick}>${rowView(context, stuck.row, stuck.position)}</div>` : nothing}
      <div class="rows" role="grid" tabindex="0" aria-label="Aligned steps, teacher and student" aria-rowcount=${rows.length} aria-colcount="3"
        aria-activedescendant=${selected === undefined ? nothing : `rti-c-${selected}`}
        @click=${this.onClick} @dblclick=${this.onDoubleClick} @pointerover=${this.onHover} @pointerleave=${this.onLeave} @scroll=${() => this.owner.changed()} @keydown=${this.onKey}>
      <div class="cvrs" role="presentation" ${place({ height: px(this.list.totalHeight), "padding-top": px(items[0]?.start ?? 0) })}>${repeat(
        items,
        (item) => item.key,
        (item) => {
          const row = rows[item.index];
          return html`<div class="cvr ${row ? `v-${row.kind}` : ""}" role="presentation" data-index=${item.index}>${row ? rowView(context, row, item.index + 1) : nothing}</div>`;
        },
      )}</div></div></div>`;
  }

  /** The unit header that stays at the top while its steps scroll below. */
  private stuck(rows: readonly CompareRow[]): { readonly row: CompareRow; readonly position: number } | undefined {
    if (this.list.scrollTop <= 0) return undefined;
    let at = this.list.topRow();
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

/** A number that an element around the target carries in a data attribute. */
export function dataNumber(element: Element, name: string): number | undefined {
  const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const found = element.closest<HTMLElement>(`[data-${attribute}]`)?.dataset[name];
  return found === undefined ? undefined : Number(found);
}
