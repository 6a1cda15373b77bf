/** The few things of a page that the molecule library uses to write SVG, as plain data: it runs where there is no page. */
import type { Shape } from "../../protocol/drawing";

/** An element under construction. */
export class ShapeElement implements Shape {
  readonly attributes: Record<string, string> = {};
  readonly children: (ShapeElement | string)[] = [];
  /** Sizes that the library sets on the page's element; the drawing keeps its own. */
  readonly style: Record<string, string> = {};

  constructor(readonly name: string) {}

  get firstChild(): ShapeElement | string | null {
    return this.children[0] ?? null;
  }

  set textContent(text: string) {
    this.children.splice(0, this.children.length, text);
  }

  setAttribute(name: string, value: unknown): void {
    this.attributes[name] = String(value);
  }

  setAttributeNS(_space: string | null, name: string, value: unknown): void {
    this.setAttribute(name, value);
  }

  appendChild<T extends ShapeElement | string>(child: T): T {
    this.children.push(child);
    return child;
  }

  removeChild<T extends ShapeElement | string>(child: T): T {
    this.children.splice(this.children.indexOf(child), 1);
    return child;
  }
}

/** The library asks whether its target is one of these. */
export { ShapeElement as SVGSVGElement };

/** The page: makes elements and texts. A canvas measures nothing, whereupon the library estimates the width of letters. */
export const document = {
  createElementNS: (_space: string, name: string) => new ShapeElement(name),
  createTextNode: (text: string) => text,
  createElement: (_name: "canvas") => ({ getContext: () => null }),
};
