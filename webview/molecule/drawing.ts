/** A drawing that came as data, as SVG elements of the page. */
import type { Shape } from "../../src/protocol/drawing";

const svg = "http://www.w3.org/2000/svg";
/** All that a drawing of lines and letters is made of. */
const names = new Set("svg g defs mask rect circle line path polygon text tspan linearGradient radialGradient stop".split(" "));
/** References stay inside the drawing. */
const reference = /url\((?!'?#)/i;

/** The elements; what is no part of such a drawing is left out. */
export function svgElement(shape: Shape): SVGElement {
  const element = document.createElementNS(svg, names.has(shape.name) ? shape.name : "g");
  for (const [name, value] of Object.entries(shape.attributes)) {
    if (/^on|href/i.test(name) || reference.test(value)) continue;
    // The page's policy blocks style attributes.
    if (name === "style") element.style.cssText = value;
    else element.setAttribute(name, value);
  }
  element.append(...shape.children.map((child) => (typeof child === "string" ? child : svgElement(child))));
  return element;
}
