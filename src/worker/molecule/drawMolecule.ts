/** Draws a molecule from its SMILES. Pure. */
import Parser from "smiles-drawer/src/ParserWrapper";
import SvgDrawer from "smiles-drawer/src/SvgDrawer";
import type { Drawing, Shape } from "../../protocol/drawing";
import { ShapeElement } from "./shapeDocument";

const colours = ["FOREGROUND", "C", "O", "N", "F", "CL", "BR", "I", "P", "S", "B", "SI", "H"];
/** Everything in the colour of the text around, so that every theme fits. */
const theme = { BACKGROUND: "transparent", ...Object.fromEntries(colours.map((name) => [name, "currentColor"])) };
const options = { width: 320, height: 220, padding: 8, themes: { view: theme } };

/** The structure of a SMILES string as a picture; the reason where it cannot be read. Never throws. */
export function drawMolecule(smiles: string): Drawing {
  try {
    const svg = new ShapeElement("svg");
    new SvgDrawer(options).draw(Parser.parse(smiles), svg, "view");
    return { drawn: plain(svg) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The element as data that may be sent; without style sheets, whose rules the view has. */
const plain = ({ name, attributes, children }: Shape): Shape => ({
  name,
  attributes,
  children: children.flatMap((child) => (typeof child === "string" ? child : child.name === "style" ? [] : plain(child))),
});
