/** A step's text as HTML that needs no style sheet and no script: formulas as MathML, which browsers draw themselves. */
import katex from "katex";
import { formulaAt } from "../../src/core/formulaSource";
import { renderStepText, type TextMark } from "../text/renderText";

/** Private characters around a formula's number, where it is put in afterwards. */
const [open, close] = ["\u{F8F0}", "\u{F8F1}"];
const places = new RegExp(`${open}(\\d+)${close}`, "g");

/** Renders a text with its marks, as the view does. Formulas that cannot be typeset stay as their source. */
export function portableHtml(text: string, marks: readonly TextMark[], baseOffset: number): string {
  const container = document.createElement("div");
  renderStepText(container, text, { raw: false, marks, baseOffset });
  const formulas: string[] = [];
  for (const element of container.querySelectorAll<HTMLElement>(".formula")) {
    const markup = mathMl(element);
    if (markup === undefined) continue;
    element.textContent = `${open}${formulas.length}${close}`;
    formulas.push(markup);
  }
  for (const element of container.querySelectorAll("button, [hidden]")) element.remove();
  return container.innerHTML.replace(places, (_, index: string) => formulas[Number(index)] ?? "");
}

/** The formula of an element, drawn by KaTeX or still waiting as its source. */
function mathMl(element: HTMLElement): string | undefined {
  const drawn = element.getAttribute("role") === "math" ? element.getAttribute("aria-label") : null;
  const formula =
    drawn === null ? formulaAt(element.textContent ?? "", 0) : { tex: drawn, display: element.classList.contains("formula-display") };
  if (!formula) return undefined;
  try {
    return katex.renderToString(formula.tex, {
      displayMode: formula.display,
      output: "mathml",
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxExpand: 300,
    });
  } catch {
    return undefined;
  }
}
