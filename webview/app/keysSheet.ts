/** The `?` sheet: the keybindings as they really are, in four columns of about the same length. */
import { html, type TemplateResult } from "lit";
import type { KeyHelp } from "../../src/protocol/host";
import { icons } from "../icons";

interface Group {
  readonly name: string;
  readonly keys: readonly KeyHelp[];
}

const columnCount = 4;

/** Draws the sheet over the view. */
export function keysSheet(keys: readonly KeyHelp[], close: () => void, openKeybindings: () => void): TemplateResult {
  return html`<div class="ov" @click=${close}></div><div class="keys" role="dialog" aria-modal="true" aria-label="Keyboard shortcuts">
    <div class="hd"><b>Keyboard shortcuts</b><span class="m">single keys work when the query field is not focused</span><span class="sp"></span>
      <button class="plain" aria-label="Close" title="Close (Esc)" @click=${close}>${icons.close}</button></div>
    <div class="co">${inColumns(groupsOf(keys)).map((groups) => html`<section>${groups.map(group)}</section>`)}</div>
    <div class="ft"><span>All keys can be changed under “reasoningTrace.” in Keyboard Shortcuts.</span><span class="sp"></span><button class="lnk" @click=${openKeybindings}>Open Keyboard Shortcuts</button></div></div>`;
}

function group({ name, keys }: Group): TemplateResult {
  return html`<h2>${name}</h2>${keys.map((entry) => html`<div class="k"><span>${entry.title}</span><span>${entry.keys.map((key) => keyCaps(key))}</span></div>`)}`;
}

/** "Ctrl F" is two keys held together, one cap each; "g a" is pressed in turn and stays in one cap. */
function keyCaps(binding: string): TemplateResult[] {
  const keys = binding.replace(/⇧ /g, "⇧").split(" ");
  const shown = keys.every((key) => key.length === 1) ? [binding] : keys;
  return shown.map((key) => html`<span class="key">${key.replace("⇧", "⇧ ")}</span>`);
}

function groupsOf(keys: readonly KeyHelp[]): Group[] {
  const groups = new Map<string, KeyHelp[]>();
  for (const entry of keys) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].map(([name, entries]) => ({ name, keys: entries }));
}

/** Groups stay whole and in order; a column ends once it holds its share of the lines. */
function inColumns(groups: readonly Group[]): Group[][] {
  const lines = groups.reduce((sum, { keys }) => sum + keys.length + 1.3, 0);
  const share = lines / columnCount;
  const columns: Group[][] = [[]];
  let filled = 0;
  for (const entry of groups) {
    const size = entry.keys.length + 1.3;
    const last = columns.at(-1);
    if (last && last.length > 0 && filled + size / 2 > share * columns.length && columns.length < columnCount) columns.push([entry]);
    else last?.push(entry);
    filled += size;
  }
  return columns;
}
