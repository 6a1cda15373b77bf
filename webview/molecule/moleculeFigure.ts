/** A molecule of a text: its SMILES, and its drawing when asked for. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { icons } from "../icons";

type Draw = (smiles: string) => SVGSVGElement | string;

/** `<rti-molecule>`: a button with the SMILES, below it the drawing once the button was pressed. */
export class MoleculeFigure extends LitElement {
  static override properties = { smiles: { attribute: false }, drawing: { state: true } };
  declare smiles: string;
  declare drawing: SVGSVGElement | string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { drawing, smiles } = this;
    const open = drawing !== undefined;
    return html`<button class="plain" aria-expanded=${open} title=${open ? "Hide the drawing" : "Draw the molecule"} @click=${() => void this.toggle()}>${open ? icons.chevronDown : icons.chevronRight}<span class="m">molecule</span> <span class="mono">${smiles}</span></button>
      ${typeof drawing === "string" ? html`<p class="m">It cannot be drawn: ${drawing}</p>` : open ? html`<figure role="img" aria-label="Structure of ${smiles}">${drawing}</figure>` : nothing}`;
  }

  private async toggle(): Promise<void> {
    if (this.drawing !== undefined) this.drawing = undefined;
    else
      this.drawing = await loadDraw().then(
        (draw) => draw(this.smiles),
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
  }
}

let loading: Promise<Draw> | undefined;

function loadDraw(): Promise<Draw> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Draw> {
  const module: unknown = await import(new URL("./molecule.js", import.meta.url).href);
  if (!isDrawModule(module)) throw new Error("the drawing part is missing");
  return module.drawMolecule;
}

const isDrawModule = (module: unknown): module is { readonly drawMolecule: Draw } =>
  typeof module === "object" && module !== null && "drawMolecule" in module && typeof module.drawMolecule === "function";

customElements.define("rti-molecule", MoleculeFigure);
