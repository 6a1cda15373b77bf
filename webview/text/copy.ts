import { type RenderedText, renderedIn, type Segment } from "./segments";

const installed = new WeakSet<Document>();

/** Makes copying give the source of the selected text instead of what formulas and tables happen to draw. Installed once a document. */
export function installCopy(document: Document): void {
  if (installed.has(document)) return;
  installed.add(document);
  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    const source = selection && sourceOfSelection(selection, document);
    if (!source || !event.clipboardData) return;
    event.clipboardData.setData("text/plain", source);
    event.preventDefault();
  });
}

/**
 * Source of what is selected in rendered texts; undefined when the selection holds none. In a side-by-side view only the side in which the
 * selection began counts.
 */
export function sourceOfSelection(selection: Selection, root: ParentNode): string | undefined {
  if (selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  const side = sideOf(selection.anchorNode);
  let copied: string | undefined;
  let end = -1;
  for (const element of root.querySelectorAll(".trace-text")) {
    const content = renderedIn(element);
    if (!content || !range.intersectsNode(element) || sideOf(element) !== side) continue;
    const part = selectedPart(content, range);
    if (!part) continue;
    const start = content.baseOffset + part.start;
    const words = content.text.slice(part.start, part.end);
    copied = copied === undefined ? words : `${copied}${start === end || copied.endsWith("\n") ? "" : "\n\n"}${words}`;
    end = content.baseOffset + part.end;
  }
  return copied;
}

function sideOf(node: Node | null): string | undefined {
  const element = node instanceof Element ? node : node?.parentElement;
  const side = element?.closest("[data-side]");
  return side instanceof HTMLElement ? side.dataset.side : undefined;
}

function selectedPart(content: RenderedText, range: Range): { readonly start: number; readonly end: number } | undefined {
  const touched = content.segments.filter((segment) => range.intersectsNode(segment.node));
  const first = touched[0];
  const last = touched.at(-1);
  if (!first || !last) return undefined;
  // All of it: with the white space around, which is not drawn.
  const whole = touched.length === content.segments.length;
  const start = edge(first, range.startContainer, range.startOffset, first.start);
  const end = edge(last, range.endContainer, range.endOffset, last.end);
  return {
    start: whole && start === first.start ? 0 : start,
    end: whole && end === last.end ? content.text.length : end,
  };
}

function edge(segment: Segment, container: Node, offset: number, otherwise: number): number {
  return container === segment.node && segment.node instanceof Text ? segment.start + offset : otherwise;
}
