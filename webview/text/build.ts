import { foldOutput } from "./foldOutput";
import { formulaElement, formulaSource } from "./formula";
import { highlighted } from "./highlight";
import { type MarkdownToken, startOf } from "./markdown";
import { isLocalMedia, mediaReference } from "./media";
import { LineMap, type Segment, SourceLines } from "./segments";
import { appendText, appendVisible } from "./visible";

/** What models write behind the fence of what their code printed. */
const outputNames = /^(?:output|outputs|stdout|stderr|result|results|execution|console|text-output|tool_output)$/i;

/** Formulas of one piece that are rendered at once; the rest wait until they come near the screen. */
const eagerFormulas = 30;

/** Elements of block and inline tokens; tokens not listed make none. Headings inside a step stay modest: a bold line. */
const elements: Readonly<Record<string, string>> = {
  paragraph_open: "p",
  heading_open: "div",
  bullet_list_open: "ul",
  ordered_list_open: "ol",
  list_item_open: "li",
  blockquote_open: "blockquote",
  table_open: "table",
  thead_open: "thead",
  tbody_open: "tbody",
  tr_open: "tr",
  th_open: "th",
  td_open: "td",
  strong_open: "strong",
  em_open: "em",
  s_open: "s",
};

/** Builds the DOM of parsed Markdown, and the list of which node stands for which part of the source. No HTML string is ever parsed. */
export class Builder {
  readonly segments: Segment[] = [];
  private readonly lines: SourceLines;
  private readonly stack: HTMLElement[];
  private line = 0;
  /** No text is looked for before this offset: cells of a row follow each other. */
  private cursor = 0;
  private content = "";
  private formulas = 0;

  constructor(
    root: HTMLElement,
    private readonly source: string,
    /** Called for a formula that should wait; replaces the element given by the rendered one later. */
    private readonly later: (element: HTMLElement, render: () => HTMLElement) => void,
  ) {
    this.lines = new SourceLines(source);
    this.stack = [root];
  }

  /** Appends all tokens. */
  build(tokens: readonly MarkdownToken[]): void {
    for (const token of tokens) this.block(token);
  }

  private get top(): HTMLElement {
    const top = this.stack.at(-1);
    if (!top) throw new RangeError("Unbalanced Markdown tokens");
    return top;
  }

  private block(token: MarkdownToken): void {
    if (token.map) this.line = token.map[0];
    if (token.type === "inline") this.inline(token);
    else if (token.type === "fence") this.fence(token);
    else if (token.type === "formula") this.blockFormula(token);
    else if (token.type === "hr") this.append(document.createElement("hr"));
    else if (token.type === "tr_close") this.closeRow(token);
    else this.openOrClose(token);
  }

  private openOrClose(token: MarkdownToken): void {
    const name = elements[token.type.replace("_close", "_open")];
    if (name === undefined || (token.hidden && name === "p")) return;
    if (token.nesting < 0) {
      this.stack.pop();
      return;
    }
    const element = document.createElement(name);
    if (token.type === "heading_open") element.className = "tx-heading";
    if (token.type === "list_item_open") element.dataset.marker = marker(token);
    if (token.type === "table_open") this.tableWrapper().append(element);
    else this.append(element);
    const align = /text-align:(\w+)/.exec(String(token.attrGet("style") ?? ""))?.[1];
    if (align) element.classList.add(`tx-${align}`);
    this.stack.push(element);
  }

  private append(element: HTMLElement): void {
    this.top.append(element);
  }

  private tableWrapper(): HTMLElement {
    const wrapper = document.createElement("div");
    wrapper.className = "tx-table";
    this.append(wrapper);
    return wrapper;
  }

  /** Markdown drops cells beyond the header's; here they are kept in one more cell. */
  private closeRow(token: MarkdownToken): void {
    const end = this.lines.start(this.line) + this.lines.line(this.line).length;
    const rest = this.source.slice(this.cursor, end);
    const text = rest.replace(/^[|\s]+|[|\s]+$/g, "");
    if (text !== "" && this.cursor > this.lines.start(this.line)) {
      const cell = document.createElement("td");
      this.append(cell);
      this.text(text, LineMap.offset(this.cursor + rest.indexOf(text)), 0, cell);
    }
    this.openOrClose(token);
  }

  private inline(token: MarkdownToken): void {
    const inCell = !token.map;
    const from = inCell ? Math.max(this.cursor, this.lines.start(this.line)) : 0;
    const escaped = inCell && token.content.includes("|") ? token.content.replaceAll("|", "\\|") : undefined;
    const map =
      escaped === undefined
        ? LineMap.find(token.content, this.lines, this.line, from)
        : LineMap.cell(token.content, this.lines.locate(escaped, this.line, from));
    this.cursor = map.at(token.content.length);
    this.content = token.content;
    this.children(token.children ?? [], map, this.top);
  }

  private children(tokens: readonly MarkdownToken[], map: LineMap, root: HTMLElement): void {
    const stack = [root];
    let inBrackets = false;
    for (const [index, token] of tokens.entries()) {
      const top = stack.at(-1) ?? root;
      if (token.type === "link_open") {
        stack.push(append(top, link(token)));
        // An address in angle brackets: the parser stands on the bracket.
        inBrackets = token.markup === "autolink";
      } else if (inBrackets && token.type === "text") {
        this.text(token.content, map, startOf(token) + 1, top);
        inBrackets = false;
      } else if (token.type === "link_close") closeLink(stack.pop(), stack.at(-1) ?? root);
      else if (token.nesting > 0) stack.push(append(top, document.createElement(elements[token.type] ?? "span")));
      else if (token.nesting < 0) stack.pop();
      else this.leaf(token, endOf(tokens, index, this.content), map, top);
    }
  }

  private leaf(token: MarkdownToken, end: number, map: LineMap, parent: HTMLElement): void {
    const start = startOf(token);
    if (token.type === "formula") this.formula(token, map.at(start), map.at(start + token.markup.length - 1) + 1, !token.hidden, parent);
    else if (token.type === "image") this.image(token, map.at(start), map.at(end - 1) + 1, parent);
    else if (token.type === "code_inline") this.codeInline(token, map, parent);
    else this.text(token.content, map, start, parent);
  }

  private text(content: string, map: LineMap, start: number, parent: HTMLElement): void {
    for (const run of map.runs(start, start + content.length))
      appendVisible(parent, content.slice(run.start - start, run.end - start), run.source, this.segments);
  }

  /** Line breaks inside stay; one space of padding on each side goes, as in Markdown. */
  private codeInline(token: MarkdownToken, map: LineMap, parent: HTMLElement): void {
    const code = append(parent, document.createElement("code"));
    const inside = startOf(token) + token.markup.length;
    const start = inside + (isPadded(this.content, inside, token) ? 1 : 0);
    this.text(this.content.slice(start, start + token.content.length), map, start, code);
  }

  private image(token: MarkdownToken, start: number, end: number, parent: HTMLElement): void {
    const element = append(parent, mediaReference(token.content, String(token.attrGet("src") ?? "")));
    this.segments.push({ node: element, start, end });
  }

  private formula(token: MarkdownToken, start: number, end: number, display: boolean, parent: HTMLElement): void {
    const source = token.markup;
    this.formulas++;
    if (this.formulas <= eagerFormulas) {
      const node = append(parent, formulaElement(token.content, display, source));
      this.segments.push({ node, start, end });
      return;
    }
    const placeholder = append(parent, formulaSource(source, display));
    const index = this.segments.push({ node: placeholder, start, end }) - 1;
    this.later(placeholder, () => {
      const node = formulaElement(token.content, display, source);
      this.segments[index] = { node, start, end };
      return node;
    });
  }

  private blockFormula(token: MarkdownToken): void {
    const start = startOf(token);
    const end = start + token.markup.length;
    const block = append(this.top, document.createElement("p"));
    this.formula(token, start, end, true, block);
    if (token.info !== "") appendText(block, token.info, this.source.indexOf(token.info, end), this.segments);
  }

  private fence(token: MarkdownToken): void {
    const language = token.info.trim().split(/\s+/)[0] ?? "";
    const block = append(this.top, document.createElement("pre"));
    const isOutput = outputNames.test(language);
    block.className = isOutput ? "tx-code tx-output" : "tx-code";
    if (token.info.trim() !== "") this.fenceLabel(block, token.info.trim());
    const code = append(block, document.createElement("code"));
    const content = token.content.replace(/\n$/, "");
    this.codeInto(code, content, LineMap.find(content, this.lines, this.line + 1), language);
    if (isOutput) foldOutput(block, code, content);
  }

  /** What stands behind the fence: the language, above the code. */
  private fenceLabel(block: HTMLElement, info: string): void {
    const label = append(block, document.createElement("span"));
    label.className = "tx-language";
    appendVisible(label, info, this.lines.locate(info, this.line, 0), this.segments);
  }

  /** Fills an element with coloured code. */
  codeInto(parent: HTMLElement, content: string, map: LineMap, language: string): void {
    let offset = 0;
    const walk = (from: Node, into: HTMLElement): void => {
      for (const node of from.childNodes) {
        if (node instanceof HTMLElement) {
          const copy = append(into, document.createElement("span"));
          copy.className = node.className;
          walk(node, copy);
        } else {
          const text = node.textContent ?? "";
          this.text(text, map, offset, into);
          offset += text.length;
        }
      }
    };
    walk(highlighted(content, language), parent);
  }
}

function append<T extends Node>(parent: Node, child: T): T {
  parent.appendChild(child);
  return child;
}

/** Where an inline token ends in its content: where the next one starts. */
function endOf(tokens: readonly MarkdownToken[], index: number, content: string): number {
  const next = tokens[index + 1];
  return next ? startOf(next) : content.length;
}

/** True when the code between the backticks is longer than the token: Markdown took a space from each side. */
function isPadded(content: string, inside: number, token: MarkdownToken): boolean {
  return (
    content.startsWith(token.markup, inside + token.content.length + 2) && !content.startsWith(token.markup, inside + token.content.length)
  );
}

/** The item's own mark as the model wrote it, so that a minus at a line start is still seen. */
function marker(token: MarkdownToken): string {
  if (token.info !== "") return `${token.info}${token.markup}`;
  return token.markup === "*" ? "•" : token.markup === "-" ? "–" : token.markup;
}

/** Only web and mail addresses and those of media get here; the host decides what to do with a click. A file is no link: its reference stands beside the words. */
function link(token: MarkdownToken): HTMLElement {
  const address = String(token.attrGet("href") ?? "");
  if (isLocalMedia(address)) {
    const words = document.createElement("span");
    words.dataset.media = address;
    return words;
  }
  const element = document.createElement("a");
  if (!address.startsWith("data:")) element.href = address;
  element.rel = "noreferrer";
  element.title = element.href;
  return element;
}

/** The address stands beside the words, so that nothing is followed unseen. */
function closeLink(element: HTMLElement | undefined, parent: HTMLElement): void {
  if (element?.dataset.media !== undefined) append(parent, mediaReference("", element.dataset.media));
  const address = element?.getAttribute("href") ?? "";
  if (address === "" || element?.textContent === address) return;
  const shown = append(parent, document.createElement("span"));
  shown.className = "tx-address";
  shown.textContent = ` (${address})`;
}
