import { Builder } from "./build";
import { installCopy } from "./copy";
import { losesWords } from "./lossless";
import { parseBlocks, parseInline } from "./markdown";
import { applyMarks, type TextMark } from "./marks";
import { whenNear } from "./near";
import { cutPieces } from "./pieces";
import { LineMap, register, type Segment } from "./segments";
import { appendVisible } from "./visible";

export type { TextMark } from "./marks";

/** How a text is shown. */
export interface TextOptions {
  /** Exact characters, with a sign at line ends, instead of Markdown and formulas. */
  readonly raw: boolean;
  /** Marks; offsets in the trace. */
  readonly marks?: readonly TextMark[];
  /** Offset in the trace of the text's first code unit. */
  readonly baseOffset: number;
}

/**
 * Shows a step's text in `container`, replacing what was there. Never throws and never loses a character: what cannot be rendered is shown as
 * its source. Long texts are cut into pieces of which those near the screen are rendered. Copying a selection gives the source.
 */
export function renderStepText(container: HTMLElement, text: string, options: TextOptions): void {
  container.replaceChildren();
  container.classList.remove("tx-waiting");
  installCopy(container.ownerDocument);
  const pieces = cutPieces(text);
  if (pieces.length < 2) {
    renderPiece(container, text, options);
    return;
  }
  pieces.forEach((piece, index) => {
    const element = document.createElement("div");
    element.className = "tx-piece";
    container.append(element);
    const words = text.slice(piece.start, piece.end);
    const place = { ...options, baseOffset: options.baseOffset + piece.start };
    if (index === 0) renderPiece(element, words, place);
    else {
      element.classList.add("tx-raw", "tx-waiting");
      element.textContent = words;
      register(element, { text: words, baseOffset: place.baseOffset, segments: textSegments(element) });
      whenNear(element, () => renderPiece(element, words, place));
    }
  });
}

/** Shows a text as it stands, for the moment until there is time to render it. */
export function renderWaiting(container: HTMLElement, text: string, baseOffset: number): void {
  container.replaceChildren();
  container.classList.add("tx", "tx-waiting");
  const segments: Segment[] = [];
  appendVisible(container, sameLength(text), 0, segments);
  register(container, { text, baseOffset, segments });
}

/** Shows one line of Markdown and formulas, such as a question in a header. Never throws. */
export function renderInline(container: HTMLElement, text: string): void {
  container.replaceChildren();
  container.classList.add("tx");
  const source = sameLength(text.slice(0, 20_000));
  attempt(container, text, () => {
    const builder = new Builder(container, source, waitFormula);
    builder.build(parseInline(source));
    if (text.length > source.length) container.append("…");
    return builder.segments;
  });
}

/** Shows code or a tool's output in the editor's font, coloured where the language is known. */
export function renderCode(container: HTMLElement, text: string, language: string, options: TextOptions): void {
  container.replaceChildren();
  installCopy(container.ownerDocument);
  const code = document.createElement("code");
  const block = document.createElement("pre");
  block.className = "tx-code";
  block.append(code);
  container.append(block);
  const builder = new Builder(container, text, waitFormula);
  builder.codeInto(code, text, LineMap.offset(0), language);
  applyMarks(builder.segments, options.marks ?? [], options.baseOffset, text);
  register(container, { text, baseOffset: options.baseOffset, segments: builder.segments });
}

function renderPiece(container: HTMLElement, text: string, options: TextOptions): void {
  container.replaceChildren();
  container.classList.remove("tx-waiting");
  container.classList.toggle("tx-raw", options.raw);
  container.classList.toggle("tx", !options.raw);
  const segments = options.raw ? rawSegments(container, text) : renderedSegments(container, text);
  const marks = options.marks?.filter((mark) => mark.end > options.baseOffset && mark.start < options.baseOffset + text.length) ?? [];
  applyMarks(segments, marks, options.baseOffset, text);
  register(container, { text, baseOffset: options.baseOffset, segments });
}

function renderedSegments(container: HTMLElement, text: string): Segment[] {
  const source = sameLength(text);
  return attempt(container, text, () => {
    const builder = new Builder(container, source, waitFormula);
    builder.build(parseBlocks(source));
    // Markdown gives up on deep nesting and drops the rest.
    if (losesWords(source, builder.segments)) throw new RangeError("Markdown left words out");
    return builder.segments;
  });
}

/** Every line with its end; the sign for the line end is drawn by the style sheet and never copied. */
function rawSegments(container: HTMLElement, text: string): Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    appendVisible(container, text.slice(start, end), start, segments);
    const mark = document.createElement("span");
    mark.className = "eol";
    mark.textContent = "\n";
    container.append(mark);
    segments.push({ node: mark, start: end, end: end + 1 });
    start = end + 1;
  }
  appendVisible(container, text.slice(start), start, segments);
  return segments;
}

/** Runs a renderer; if it fails, the text is shown as it is. */
function attempt(container: HTMLElement, text: string, render: () => Segment[]): Segment[] {
  try {
    return render();
  } catch {
    container.replaceChildren();
    container.classList.add("tx-raw");
    return rawSegments(container, text);
  }
}

/** Line ends become `\n` without moving an offset. */
const sameLength = (text: string): string => text.replace(/\r\n/g, " \n").replace(/\r/g, "\n");

function textSegments(element: HTMLElement): Segment[] {
  const node = element.firstChild;
  return node instanceof Text ? [{ node, start: 0, end: node.length }] : [];
}

function waitFormula(placeholder: HTMLElement, render: () => HTMLElement): void {
  whenNear(placeholder, () => {
    const marks = placeholder.className.split(" ").filter((name) => !name.startsWith("formula"));
    const element = render();
    element.classList.add(...marks);
    placeholder.replaceWith(element);
  });
}
