/** Base of the view's elements: light DOM, so that one stylesheet and one selection span the whole view. */
import { LitElement, type PropertyValues } from "lit";
import type { Model } from "./model";

/** An element that draws the model and redraws whenever it changes. */
export class ModelElement extends LitElement {
  static override properties = { model: { attribute: false } };
  declare model: Model;
  private stop: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    this.stop = undefined;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.listen();
  }

  private listen(): void {
    if (this.stop || !this.model) return;
    this.stop = this.model.subscribe(() => this.requestUpdate());
  }
}
