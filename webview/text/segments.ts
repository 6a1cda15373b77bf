/** A piece of the DOM and the source it stands for. Offsets are UTF-16 code units in the rendered text. */
export interface Segment {
  readonly node: Text | HTMLElement;
  readonly start: number;
  readonly end: number;
}

/** What was rendered into an element: enough to map a selection or a mark to the source. */
export interface RenderedText {
  readonly text: string;
  /** Offset of `text` in the trace. */
  readonly baseOffset: number;
  /** In document order; source offsets ascend. */
  readonly segments: Segment[];
}

const rendered = new WeakMap<Element, RenderedText>();

/** Remembers what an element shows; the class lets a selection find it. */
export function register(element: HTMLElement, content: RenderedText): void {
  element.classList.add("trace-text");
  rendered.set(element, content);
}

/** What an element shows, if it is one of ours. */
export const renderedIn = (element: Element): RenderedText | undefined => rendered.get(element);

/** Maps offsets of a token's content to offsets of the source, line by line: block marks and indentation are left out of the content. */
export class LineMap {
  private constructor(
    private readonly contentStarts: readonly number[],
    private readonly sourceStarts: readonly number[],
  ) {}

  /** Finds each line of `content` in the source lines from `firstLine` on; `from` is an offset in the source before which nothing is looked for. */
  static find(content: string, source: SourceLines, firstLine: number, from = 0): LineMap {
    const contentStarts: number[] = [];
    const sourceStarts: number[] = [];
    let start = 0;
    content.split("\n").forEach((line, index) => {
      contentStarts.push(start);
      sourceStarts.push(source.locate(line, firstLine + index, from));
      start += line.length + 1;
    });
    return new LineMap(contentStarts, sourceStarts);
  }

  /** A map for the content of a table's cell, whose bars stand in the source after a backslash; `offset` is where it starts there. */
  static cell(content: string, offset: number): LineMap {
    const contentStarts = [0];
    const sourceStarts = [offset];
    for (let bar = content.indexOf("|"); bar >= 0; bar = content.indexOf("|", bar + 1)) {
      if (bar === 0) {
        sourceStarts[0] = offset + 1;
        continue;
      }
      contentStarts.push(bar);
      sourceStarts.push(bar + (sourceStarts.at(-1) ?? 0) - (contentStarts.at(-2) ?? 0) + 1);
    }
    return new LineMap(contentStarts, sourceStarts);
  }

  /** A map for content that is the source from `offset` on. */
  static offset(offset: number): LineMap {
    return new LineMap([0], [offset]);
  }

  /** Source offset of a content offset. */
  at(offset: number): number {
    let low = 0;
    let high = this.contentStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.contentStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (this.sourceStarts[low] ?? 0) + offset - (this.contentStarts[low] ?? 0);
  }

  /** Cuts `[start, end)` of the content where the map jumps. */
  *runs(start: number, end: number): Generator<{ readonly start: number; readonly end: number; readonly source: number }> {
    let from = start;
    for (const line of this.contentStarts) {
      if (line <= from || line >= end || this.at(line) - this.at(from) === line - from) continue;
      yield { start: from, end: line, source: this.at(from) };
      from = line;
    }
    if (from < end) yield { start: from, end, source: this.at(from) };
  }
}

/** Lines of a source and where they start. */
export class SourceLines {
  private readonly starts: number[] = [0];

  constructor(readonly source: string) {
    for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  /** Start of a line; the source's length past the last line. */
  start(line: number): number {
    return this.starts[line] ?? this.source.length;
  }

  /** Text of a line without its line end. */
  line(line: number): string {
    return this.source.slice(this.start(line), this.starts[line + 1] === undefined ? this.source.length : this.start(line + 1) - 1);
  }

  /** Offset of `text` in a line, at or after `from`; where it would end with the line when it is not found (expanded tabs). */
  locate(text: string, line: number, from: number): number {
    const start = this.start(line);
    const whole = this.line(line);
    const found = whole.indexOf(text, Math.max(0, from - start));
    return start + (found >= 0 ? found : Math.max(0, whole.length - text.length));
  }
}
