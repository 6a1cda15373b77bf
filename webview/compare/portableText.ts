/** Steps' texts as HTML that needs no style sheet and no script: formulas as MathML, which browsers draw themselves. */
import type { OpenPage } from "../../src/core/export/pairHtml";
import { formulaAt } from "../../src/core/formulaSource";
import type { Formula } from "../../src/protocol/drawing";
import { renderStepText, type TextMark } from "../text/renderText";

/** Private characters around a formula's number, where its markup is put in afterwards. */
const [open, close] = ["\u{F8F0}", "\u{F8F1}"];
const places = new RegExp(`${open}(\\d+)${close}`, "g");

const textPlaces = /\u{F8F2}(\d+)\u{F8F3}/gu;

/** The texts of one page: first each as HTML with places for its formulas, then the page with the formulas' markup in those places. */
export class PortableTexts {
  /** All formulas so far, each with its source. */
  readonly formulas: (Formula & { readonly source: string })[] = [];

  /** The page with its texts rendered, each in its place. */
  into({ page, texts }: OpenPage): string {
    return page.replace(textPlaces, (place, index: string) => {
      const found = texts[Number(index)];
      return found ? this.html(found.text, found.marks, found.baseOffset) : place;
    });
  }

  /** A text with its marks, as the view shows it. */
  private html(text: string, marks: readonly TextMark[], baseOffset: number): string {
    const container = document.createElement("div");
    renderStepText(container, text, { raw: false, marks, baseOffset });
    for (const element of container.querySelectorAll<HTMLElement>(".formula")) {
      const formula = formulaOf(element);
      if (!formula) continue;
      element.textContent = `${open}${this.formulas.length}${close}`;
      this.formulas.push(formula);
    }
    for (const element of container.querySelectorAll("button, [hidden]")) element.remove();
    return container.innerHTML;
  }

  /** The page with its formulas; one without markup stays as its source. */
  fill(page: string, markup: readonly (string | undefined)[]): string {
    const sourceOf = (index: number): string => {
      const text = document.createElement("div");
      text.textContent = this.formulas[index]?.source ?? "";
      return text.innerHTML;
    };
    return page.replace(places, (_, index: string) => markup[Number(index)] ?? sourceOf(Number(index)));
  }
}

/** The formula of an element, drawn by KaTeX or still waiting as its source. */
function formulaOf(element: HTMLElement): (Formula & { readonly source: string }) | undefined {
  const tex = element.getAttribute("role") === "math" ? element.getAttribute("aria-label") : null;
  if (tex !== null) return { tex, display: element.classList.contains("formula-display"), source: tex };
  const source = element.textContent ?? "";
  const found = formulaAt(source, 0);
  return found && { tex: found.tex, display: found.display, source };
}
