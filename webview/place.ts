/** Inline geometry under a content security policy that forbids style attributes: sets properties on the element's style object. */
import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

/** CSS property names (dashed) to values; undefined removes the property. */
export type Placement = Readonly<Record<string, string | undefined>>;

class Place extends Directive {
  private set: Set<string> = new Set();

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("place() is an element directive");
  }

  override render(_placement: Placement): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [placement]: [Placement]): typeof noChange {
    const element = part.element;
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return noChange;
    for (const name of this.set) if (placement[name] === undefined) element.style.removeProperty(name);
    this.set = new Set();
    for (const [name, value] of Object.entries(placement)) {
      if (value === undefined) continue;
      this.set.add(name);
      element.style.setProperty(name, value);
    }
    return noChange;
  }
}

/** `<div ${place({ left: "4px" })}>`: lit's `styleMap` writes a style attribute on first render, which the policy blocks. */
export const place = directive(Place);

/** Pixels with at most two decimals. */
export const px = (value: number): string => `${Math.round(value * 100) / 100}px`;
