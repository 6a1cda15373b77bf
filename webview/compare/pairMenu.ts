/** The head's menu: what can be taken out of the view. A native select laid over a button, so that it needs no menu of its own. */
import { html, type TemplateResult } from "lit";
import { icons } from "../icons";

/** What the menu offers. */
export const exports = [
  { id: "html", label: "Save Pair as HTML…" },
  { id: "patch", label: "Copy Pair as Patch" },
  { id: "jsonl", label: "Export All Pairs as JSONL…" },
] as const;
export type PairExport = (typeof exports)[number]["id"];

/** The menu; `choose` is called with the entry. */
export function exportMenu(choose: (id: PairExport) => void): TemplateResult {
  const change = (event: Event): void => {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement)) return;
    const chosen = exports.find(({ id }) => id === select.value);
    select.selectedIndex = 0;
    if (chosen) choose(chosen.id);
  };
  return html`<span class="pick btn expo"><span class="keep">Export</span>${icons.chevronDown}<select aria-label="Export" title="Export" @change=${change}>
    <option value="" selected hidden></option>${exports.map(({ id, label }) => html`<option value=${id}>${label}</option>`)}</select></span>`;
}
