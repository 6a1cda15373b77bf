/** Fills an element with rendered text, again only when the text or its marks changed. */
import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

/** How to fill; called only when `key` differs from the last one. */
type Fill = (element: HTMLElement) => void;

class FillText extends Directive {
  private key: string | undefined;

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("fill() is an element directive");
  }

  override render(_key: string, _fill: Fill): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [key, fill]: [string, Fill]): typeof noChange {
    if (key !== this.key && part.element instanceof HTMLElement) fill(part.element);
    this.key = key;
    return noChange;
  }
}

/** `<div ${fill(key, (element) => renderStepText(element, …))}></div>` */
export const fill = directive(FillText);
