/** The parts of the molecule library that are used; the build takes them from its source. */
declare module "smiles-drawer/src/SvgDrawer" {
  import type { ShapeElement } from "./shapeDocument";
  export default class SvgDrawer {
    constructor(options: object);
    draw(molecule: unknown, target: ShapeElement, theme: string): unknown;
  }
}

declare module "smiles-drawer/src/ParserWrapper" {
  const parser: { parse(smiles: string): unknown };
  export default parser;
}
