/** Fills an element with rendered text, again only when the text or its marks changed. */
import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";
import { frameBudget } from "../text/frameBudget";

/** How to fill; called only when `key` differs from the last one. */
type Fill = (element: HTMLElement) => void;

class FillText extends Directive {
  private key: string | undefined;

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("fill() is an element directive");
  }

  override render(_key: string, _fill: Fill, _meanwhile?: Fill): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [key, fill, meanwhile]: [string, Fill, Fill?]): typeof noChange {
    const { element } = part;
    if (key !== this.key && element instanceof HTMLElement) {
      const again = this.key !== undefined;
      if (!meanwhile) fill(element);
      else frameBudget.run(element, fill, again ? undefined : meanwhile);
    }
    this.key = key;
    return noChange;
  }
}

/**
 * `<div ${fill(key, (element) => renderStepText(element, …))}></div>`. With `meanwhile`, a fill that does not fit into this frame waits for a later one, and
 * the element shows what `meanwhile` puts there.
 */
export const fill = directive(FillText);
