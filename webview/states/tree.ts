/** A JSON value as a tree that opens on demand. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Json } from "../../src/core/trace";
import { plural } from "../format";
import { icons } from "../icons";

const openDepth = 1;
/** A value with at most this many entries in all is open from the start. */
const openEntries = 40;
const shownEntries = 200;
const shownText = 600;

const isJson = (value: unknown): value is Json =>
  value === null || ["boolean", "number", "string"].includes(typeof value) || (typeof value === "object" && value !== null);

/** The value of a JSON text; undefined when it is none. */
export function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A node of the tree. */
export const treeNode = (name: string, value: Json, depth: number): TemplateResult =>
  html`<rti-node .name=${name} .value=${value} .depth=${depth} role="presentation"></rti-node>`;

/** `<rti-node>` */
export class TreeNode extends LitElement {
  static override properties = {
    name: { attribute: false },
    value: { attribute: false },
    depth: { attribute: false },
    open: { state: true },
    shown: { state: true },
  };
  declare name: string;
  declare value: Json;
  declare depth: number;
  declare open: boolean | undefined;
  declare shown: number;

  constructor() {
    super();
    this.shown = shownEntries;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { value } = this;
    if (value === null || typeof value !== "object") return html`<div class="jn" role="treeitem">${this.key()}${scalar(value)}</div>`;
    const entries = Object.entries(value);
    const open = this.open ?? (this.depth < openDepth || entriesIn(value, openEntries) <= openEntries);
    const size = Array.isArray(value) ? plural(entries.length, "item") : plural(entries.length, "field");
    if (this.depth === 0 && this.name === "") return html`${this.children1(entries)}`;
    return html`<div class="jn" role="treeitem" aria-expanded=${open}><button class="tw" aria-label="${open ? "Fold" : "Open"} ${this.name}" @click=${() => {
      this.open = !open;
    }}>${open ? icons.chevronDown : icons.chevronRight}</button>${this.key()}<span class="m">${size}</span></div>
      ${open ? html`<div class="jc" role="group">${this.children1(entries)}</div>` : nothing}`;
  }

  private key(): TemplateResult | typeof nothing {
    return this.name === "" ? nothing : html`<span class="jk">${this.name}</span>`;
  }

  private children1(entries: readonly (readonly [string, Json])[]): TemplateResult {
    const rest = entries.length - this.shown;
    return html`${entries.slice(0, this.shown).map(([name, value]) => treeNode(name, value, this.depth + 1))}
      ${
        rest > 0
          ? html`<button class="lnk" @click=${() => {
              this.shown += shownEntries;
            }}>${plural(rest, "more entry", "more entries")}</button>`
          : nothing
      }`;
  }
}

/** Entries of a value and all values in it, counted up to a little over `limit`. */
function entriesIn(value: Json, limit: number): number {
  if (value === null || typeof value !== "object") return 0;
  let found = 0;
  for (const entry of Object.values(value)) {
    found += 1 + entriesIn(entry, limit - found);
    if (found > limit) break;
  }
  return found;
}

function scalar(value: null | boolean | number | string): TemplateResult {
  if (typeof value !== "string") return html`<span class="jv n">${String(value)}</span>`;
  if (value.length <= shownText) return html`<span class="jv s">${value}</span>`;
  return html`<details class="jv s"><summary>${value.slice(0, 160)}… <span class="m">${plural(value.length, "character")}</span></summary>${value}</details>`;
}

customElements.define("rti-node", TreeNode);
