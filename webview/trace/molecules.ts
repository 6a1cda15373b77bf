/** Molecules that a step names, each with its drawing on demand. */
import { html, nothing, type TemplateResult } from "lit";
import type { Drawing } from "../../src/protocol/drawing";
import "../molecule/moleculeFigure";
import { findSmiles } from "../text/smiles";

/** Draws the list below a step's text; nothing where the text names no molecule. */
export function molecules(text: string, draw: (smiles: string) => Promise<Drawing>): TemplateResult | typeof nothing {
  const found = [...new Set(findSmiles(text).map(({ start, end }) => text.slice(start, end)))];
  if (found.length === 0) return nothing;
  return html`<div class="molecules">${found.map((smiles) => html`<rti-molecule .smiles=${smiles} .draw=${draw}></rti-molecule>`)}</div>`;
}
