/**
 * Entry of a second bundle: commands that read records or know the rules, loaded when one of them is first used. They would more than double what VS Code
 * loads when it starts the extension. Nothing here may share state with the first bundle, which has copies of its own of the modules that both use.
 */
export { explainRule } from "./explainRule";
export { mapFields } from "./mapFields";
