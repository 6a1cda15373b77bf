/** The parts of the molecule library that the view uses; the build takes them from its source. */
declare module "smiles-drawer/src/SvgDrawer" {
  import type SmilesDrawer from "smiles-drawer";

  const drawer: typeof SmilesDrawer.SvgDrawer;
  export default drawer;
}

declare module "smiles-drawer/src/ParserWrapper" {
  import type SmilesDrawer from "smiles-drawer";

  const parser: typeof SmilesDrawer.Parser;
  export default parser;
}
