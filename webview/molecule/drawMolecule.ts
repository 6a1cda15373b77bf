/** Draws a molecule. A bundle of its own, loaded when the first drawing is asked for: most traces hold none. */
import Parser from "smiles-drawer/src/ParserWrapper";
import SvgDrawer from "smiles-drawer/src/SvgDrawer";

const colours = ["FOREGROUND", "C", "O", "N", "F", "CL", "BR", "I", "P", "S", "B", "SI", "H"];
/** Everything in the colour of the text around, so that every theme fits. */
const theme = { BACKGROUND: "transparent", ...Object.fromEntries(colours.map((name) => [name, "currentColor"])) };
const options = { width: 320, height: 220, padding: 8, themes: { view: theme } };

/** The structure of a SMILES string as a picture; a message where it cannot be read. */
export function drawMolecule(smiles: string): SVGSVGElement | string {
  try {
    return withStylesThroughDom(() => {
      const target = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const drawn = new SvgDrawer(options).draw(Parser.parse(smiles), target, "view");
      // The page's policy blocks style elements; the style sheet has these rules.
      for (const style of drawn.querySelectorAll("style")) style.remove();
      return drawn;
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The page's policy blocks style attributes; while `draw` runs they are set through the DOM instead. */
function withStylesThroughDom<T>(draw: () => T): T {
  const own = SVGElement.prototype.setAttributeNS;
  SVGElement.prototype.setAttributeNS = function setStyled(this: SVGElement, space: string | null, name: string, value: string): void {
    if (name === "style") this.style.cssText = value;
    else own.call(this, space, name, value);
  };
  try {
    return draw();
  } finally {
    SVGElement.prototype.setAttributeNS = own;
  }
}
