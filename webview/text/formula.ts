import { __renderToHTMLTree, type KatexNode } from "katex";

/** Longer formulas are shown as source: KaTeX builds several elements for each character. */
const longestFormula = 8000;
/** Deeper nesting makes KaTeX recurse past the stack. */
const deepestNesting = 120;
/** Formulas kept rendered: those of a screen and its neighbours come again and again, and every node kept is work for the garbage collector. */
const keptFormulas = 600;

const kept = new Map<string, HTMLElement>();

/**
 * A formula as an element: rendered by KaTeX, or its source, marked, when it cannot be. Never throws. The TeX source is the accessible name.
 * Styles are set through the DOM, so that a content security policy without inline styles holds.
 */
export function formulaElement(tex: string, display: boolean, source: string): HTMLElement {
  const key = `${display ? "d" : "i"}${source}`;
  const known = kept.get(key);
  if (known) {
    kept.delete(key);
    kept.set(key, known);
    return clone(known);
  }
  const element = render(tex, display, source);
  kept.set(key, element);
  const oldest = kept.keys().next().value;
  if (kept.size > keptFormulas && oldest !== undefined) kept.delete(oldest);
  return clone(element);
}

/** A formula shown as its source, for one that is not rendered yet or cannot be. */
export function formulaSource(source: string, display: boolean, problem?: string): HTMLElement {
  const element = document.createElement("span");
  element.className = `formula formula-source${display ? " formula-display" : ""}${problem === undefined ? "" : " formula-failed"}`;
  element.textContent = source;
  if (problem !== undefined) element.title = problem;
  return element;
}

function clone(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true);
  return copy instanceof HTMLElement ? copy : element;
}

function render(tex: string, display: boolean, source: string): HTMLElement {
  if (tex.length > longestFormula)
    return formulaSource(source, display, `A formula of ${tex.length.toLocaleString("en")} characters is shown as its source.`);
  if (nesting(tex) > deepestNesting)
    return formulaSource(source, display, `A formula nested deeper than ${deepestNesting} braces is shown as its source.`);
  const element = document.createElement("span");
  element.className = `formula${display ? " formula-display" : ""}`;
  element.setAttribute("role", "math");
  element.setAttribute("aria-label", tex.trim());
  try {
    element.append(
      drawn(
        __renderToHTMLTree(tex, {
          displayMode: display,
          output: "html",
          throwOnError: true,
          strict: "ignore",
          trust: false,
          maxSize: 30,
          maxExpand: 300,
        }),
      ),
    );
    return element;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^KaTeX parse error: /, "") : String(error);
    return formulaSource(source, display, `Shown as source: ${reason}`);
  }
}

/**
 * KaTeX's tree as nodes. Arrows and roots carry a style attribute, which the security policy blocks; they get their style through the DOM.
 */
function drawn(tree: KatexNode): Node {
  const styled: KatexNode[] = [tree];
  for (const node of styled) {
    if (node.children) styled.push(...node.children);
    const css = node.attributes?.style;
    if (!node.attributes || css === undefined) continue;
    node.attributes["data-style"] = css;
    delete node.attributes.style;
  }
  const root = tree.toNode();
  if (root instanceof Element) {
    for (const element of root.querySelectorAll<SVGElement>("[data-style]")) {
      element.style.cssText = element.dataset.style ?? "";
      delete element.dataset.style;
    }
  }
  return root;
}

function nesting(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < tex.length; at++) {
    const code = tex.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d) depth--;
  }
  return deepest;
}
