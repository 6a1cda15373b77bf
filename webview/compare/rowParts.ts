/** What every row of the side-by-side column is made of. */
import { html, nothing, type TemplateResult } from "lit";
import type { Span } from "../../src/core/trace";
import type { Comparison } from "../../src/protocol/engine";
import { icons } from "../icons";
import { flagsOf } from "../trace/rows";
import { ruleLooks } from "../words";
import type { Aligned } from "./compareRows";
import type { SideName } from "./compareWords";

/** Everything a row is drawn from. */
export interface RowsContext {
  readonly pair: Comparison;
  readonly aligned: Aligned;
  readonly raw: boolean;
  readonly selected: string | undefined;
  readonly side: SideName;
  /** Flag whose evidence is open, as `${side}${index}`. */
  readonly openFlag: string | undefined;
  /** The step that waits for its partner. */
  readonly matching: { readonly side: SideName; readonly step: number } | undefined;
  /** Matches of the find field in a step row. */
  found(stepRow: number): readonly FoundMark[];
  isPinned(teacher: number | undefined, student: number | undefined): boolean;
  toggle(key: string): void;
  toggleFlag(key: string): void;
  /** Breaks the match of a step row, or begins or ends the setting of one. */
  correct(stepRow: number): void;
}

/** A match of the find field; offsets in the side's text. */
export interface FoundMark extends Span {
  readonly side: SideName;
  readonly current: boolean;
}

export const sides: readonly SideName[] = ["teacher", "student"];

/** Pixels of the widest mini strip. */
export const widestMini = 280;

/** The element's id of a row, for `aria-activedescendant`. */
export const rowId = (key: string): string => `rti-c-${key}`;

export const selectedClass = (context: RowsContext, key: string): string => (context.selected === key ? " sel" : "");

export const selectedWord = (context: RowsContext, key: string): "true" | "false" => (context.selected === key ? "true" : "false");

/** The button that folds or opens a row. */
export function chevron(context: RowsContext, key: string, folded: boolean, name: string): TemplateResult {
  return html`<button class="fo" tabindex="-1" aria-expanded=${!folded} aria-label=${name} @click=${(event: Event) => {
    event.stopPropagation();
    context.toggle(key);
  }}>${folded ? icons.chevronRight : icons.chevronDown}</button>`;
}

/** The flags of a step or a unit as buttons that open their evidence. */
export function chips(context: RowsContext, side: SideName, level: "step" | "unit", index: number): TemplateResult[] {
  return flagsOf(context.aligned[side], level, index).map(({ flag, at }) => {
    const key = `${side}${at}`;
    const { icon, title } = ruleLooks[flag.rule];
    return html`<button class="chip" tabindex="-1" aria-expanded=${context.openFlag === key} title="${title}: ${flag.evidence.detail}" @click=${(
      event: Event,
    ) => {
      event.stopPropagation();
      context.toggleFlag(key);
    }}>${icons[icon]}${flag.evidence.words}</button>`;
  });
}

/** The hatched cell where a side has nothing. */
export const voidCell = (words: string): TemplateResult =>
  html`<div class="void" role="gridcell">${words === "" ? nothing : html`<span>${words}</span>`}</div>`;

/** A number that an element around the target carries in a data attribute. */
export function dataNumber(element: Element, name: string): number | undefined {
  const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const found = element.closest<HTMLElement>(`[data-${attribute}]`)?.dataset[name];
  return found === undefined ? undefined : Number(found);
}
