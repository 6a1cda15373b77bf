/** The completion list under the query field. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Completion } from "../../src/protocol/engine";
import { type IconName, icons } from "../icons";
import { place, px } from "../place";

/** What the list shows. */
export interface CompletionState {
  readonly items: readonly Completion[];
  readonly selected: number;
  /** Part of the label that was typed, in bold. */
  readonly typed: string;
  readonly left: number;
  readonly top: number;
}

const histogramWidth = 230;
const histogramHeight = 34;

/** Draws list and details. `pick` inserts the item at an index. */
export function completionList(state: CompletionState, pick: (index: number) => void): TemplateResult {
  const chosen = state.items[state.selected];
  return html`<div class="sug" ${place({ left: px(state.left), top: px(state.top) })}>
    <div id="rti-completions" role="listbox" aria-label="Completions">
      ${state.items.map(
        (item, index) => html`<div class=${index === state.selected ? "it on" : "it"} id="rti-completion-${index}" role="option"
          aria-selected=${index === state.selected} @mousedown=${(event: MouseEvent) => {
            event.preventDefault();
            pick(index);
          }}>${icons[iconOf(item)]}<span>${bold(item.label, state.typed)}</span><span class="m">${item.detail}</span><span class="c">${item.holds}</span></div>`,
      )}
      <div class="ft" aria-hidden="true"><span>Tab insert</span><span>Enter search</span><span>Esc close</span></div>
    </div>
    ${chosen ? details(chosen) : nothing}
  </div>`;
}

function iconOf(item: Completion): IconName {
  if (item.label.startsWith('"')) return "symbolString";
  if (item.histogram || /number/.test(item.holds)) return "symbolRuler";
  return item.label.endsWith(":") ? "symbolEnum" : "symbolEnumMember";
}

function bold(label: string, typed: string): TemplateResult | string {
  const at = typed === "" ? -1 : label.toLowerCase().indexOf(typed.toLowerCase());
  if (at < 0) return label;
  return html`${label.slice(0, at)}<b>${label.slice(at, at + typed.length)}</b>${label.slice(at + typed.length)}`;
}

function details(item: Completion): TemplateResult {
  return html`<div class="de"><p><span class="mono">${item.label}</span> ${item.detail}</p>
    ${item.example ? html`<p class="m"><span class="mono">${item.example}</span></p>` : nothing}
    ${item.histogram ? histogram(item.histogram) : nothing}</div>`;
}

function histogram(data: NonNullable<Completion["histogram"]>): TemplateResult {
  const tallest = Math.max(1, ...data.bins);
  const bin = histogramWidth / Math.max(1, data.bins.length);
  const range = data.max - data.min;
  const median = range > 0 ? ((data.median - data.min) / range) * histogramWidth : 0;
  return html`<svg class="hist" width=${histogramWidth} height="52" role="img" aria-label="From ${data.min} to ${data.max}, median ${data.median}">
    ${data.bins.map((count, index) => {
      const height = (count / tallest) * histogramHeight;
      return svg`<rect x=${index * bin} y=${36 - height} width=${Math.max(1, bin - 1)} height=${height}></rect>`;
    })}
    <line class="base" x1="0" x2=${histogramWidth} y1="36.5" y2="36.5"></line>
    <line class="median" x1=${median} x2=${median} y1="0" y2="36"></line>
    <text x="0" y="49">${short(data.min)}</text>
    <text class="f" x=${Math.min(Math.max(median, 62), histogramWidth - 62)} y="49" text-anchor="middle">median ${short(data.median)}</text>
    <text x=${histogramWidth} y="49" text-anchor="end">${short(data.max)}</text>
  </svg>`;
}

const short = (value: number): string => (Number.isInteger(value) ? value.toLocaleString("en-US") : value.toFixed(2));
