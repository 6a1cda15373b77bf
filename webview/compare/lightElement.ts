/** Bases of Compare's elements: light DOM, so that one stylesheet and one selection span the whole view. */
import { LitElement } from "lit";

/** An element without a shadow root. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** An element that is drawn anew when its size changes. */
export class SizedElement extends LightElement {
  private readonly resize = new ResizeObserver(() => this.resized());

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
  }

  protected resized(): void {
    this.requestUpdate();
  }
}
