/** The menu of the list's head: which columns, in which order, and the order that puts likely bad traces first. */
import { html, nothing, type TemplateResult } from "lit";
import type { ColumnChoice } from "../../src/protocol/host";
import { icons } from "../icons";
import type { Model } from "../state/model";
import { arranged, type Column } from "./columns";

/** Draws the menu. */
export function columnMenu(model: Model): TemplateResult {
  const all = arranged(model.state.columns, model.list.empty);
  const { sort } = model.state;
  const patch = (columns: readonly ColumnChoice[] | undefined): void => model.patch({ columns });
  const flip = (column: Column): void =>
    patch(all.map(({ choice }) => (choice.key === column.key ? { ...choice, shown: !choice.shown } : choice)));
  return html`<div class="menu cols" role="menu" aria-label="Columns and order">
    ${all.map(
      (
        { column, choice },
        index,
      ) => html`<div class="cm" role="none"><button role="menuitemcheckbox" aria-checked=${choice.shown} @click=${() => flip(column)}><span class="mk">${choice.shown ? icons.check : nothing}</span><span>${column.label === "" ? column.title : column.label}</span></button>
        <button role="menuitem" aria-label="Move ${column.title} left" title="Move left" ?disabled=${index === 0} @click=${() => patch(moved(all, index, -1))}>${icons.arrowUp}</button>
        <button role="menuitem" aria-label="Move ${column.title} right" title="Move right" ?disabled=${index === all.length - 1} @click=${() => patch(moved(all, index, 1))}>${icons.arrowDown}</button></div>`,
    )}
    <hr />
    <button role="menuitemradio" aria-checked=${sort.key === "suspect"} title="Integrity flags first, then wrong answers, then by the share of redundant units" @click=${() => model.list.setSort("suspect")}><span class="mk">${sort.key === "suspect" ? icons.check : nothing}</span><span>Likely bad first</span></button>
    <button role="menuitemradio" aria-checked=${sort.key === "file"} @click=${() => model.list.setSort("file")}><span class="mk">${sort.key === "file" ? icons.check : nothing}</span><span>Order of the file</span></button>
    ${model.state.columns ? html`<button role="menuitem" @click=${() => patch(undefined)}><span class="mk"></span><span>Reset columns</span></button>` : nothing}
  </div>`;
}

function moved(all: ReturnType<typeof arranged>, index: number, by: number): ColumnChoice[] {
  const choices = all.map(({ choice }) => choice);
  const [taken] = choices.splice(index, 1);
  if (taken) choices.splice(index + by, 0, taken);
  return choices;
}

/** The choice with one column at a width in pixels. */
export const resized = (model: Model, key: string, width: number): ColumnChoice[] =>
  arranged(model.state.columns, model.list.empty).map(({ choice: one }) => (one.key === key ? { ...one, width } : one));
