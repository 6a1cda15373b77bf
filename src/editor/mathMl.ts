/** Formulas as MathML, which browsers draw without a style sheet. Entry of a bundle of its own, loaded when a pair is first exported as a page. */
import katex from "katex";
import type { Formula } from "../protocol/drawing";

/** The markup of each formula; undefined for one that KaTeX cannot read. */
export function mathMl(formulas: readonly Formula[]): (string | undefined)[] {
  return formulas.map(({ tex, display }) => {
    try {
      return katex.renderToString(tex, {
        displayMode: display,
        output: "mathml",
        throwOnError: true,
        strict: "ignore",
        trust: false,
        maxExpand: 300,
      });
    } catch {
      return undefined;
    }
  });
}
