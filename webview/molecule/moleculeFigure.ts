/** A molecule of a text: its SMILES, and its drawing when asked for. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Drawing } from "../../src/protocol/drawing";
import { icons } from "../icons";
import { svgElement } from "./drawing";

/** `<rti-molecule>`: a button with the SMILES, below it the drawing once the button was pressed. `draw` is asked once. */
export class MoleculeFigure extends LitElement {
  static override properties = { smiles: { attribute: false }, drawing: { state: true }, open: { state: true } };
  declare smiles: string;
  declare draw: (smiles: string) => Promise<Drawing>;
  declare drawing: Drawing | undefined;
  declare open: boolean;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { open, smiles } = this;
    return html`<button class="plain" aria-expanded=${open} title=${open ? "Hide the drawing" : "Draw the molecule"} @click=${() => void this.toggle()}>${open ? icons.chevronDown : icons.chevronRight}<span class="m">molecule</span> <span class="mono">${smiles}</span></button>
      ${open ? this.picture() : nothing}`;
  }

  private picture(): TemplateResult | typeof nothing {
    const { drawing, smiles } = this;
    if (!drawing) return nothing;
    if ("reason" in drawing) return html`<p class="m">It cannot be drawn: ${drawing.reason}</p>`;
    return html`<figure role="img" aria-label="Structure of ${smiles}">${svgElement(drawing.drawn)}</figure>`;
  }

  private async toggle(): Promise<void> {
    this.open = !this.open;
    if (!this.open || this.drawing) return;
    this.drawing = await this.draw(this.smiles).catch((error: unknown) => ({
      reason: error instanceof Error ? error.message : String(error),
    }));
  }
}

customElements.define("rti-molecule", MoleculeFigure);
