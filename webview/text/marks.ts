import type { Segment } from "./segments";

/** A mark on part of the text; offsets in the trace. `className` is put on the marked words. */
export interface TextMark {
  readonly start: number;
  readonly end: number;
  readonly className: string;
  readonly title?: string;
}

/**
 * Puts marks on rendered text. Words are wrapped in spans; a formula or boxed character is marked as a whole. Marks may overlap: the words
 * carry all classes. Linear in segments and marks. Replaces the segments of wrapped text nodes in place.
 */
export function applyMarks(segments: Segment[], marks: readonly TextMark[], baseOffset: number, source: string): void {
  const sorted = marks
    .map((mark) => ({ ...mark, start: mark.start - baseOffset, end: mark.end - baseOffset }))
    .filter((mark) => mark.end > mark.start)
    .sort((a, b) => a.start - b.start);
  if (sorted.length === 0) return;
  const result: Segment[] = [];
  const open: TextMark[] = [];
  let next = 0;
  for (const segment of segments) {
    for (let mark = sorted[next]; mark && mark.start < segment.end; mark = sorted[++next]) open.push(mark);
    for (let index = open.length - 1; index >= 0; index--) if ((open[index]?.end ?? 0) <= segment.start) open.splice(index, 1);
    if (segment.node instanceof Text) result.push(...markText(segment.node, segment, open));
    else {
      markWhole(segment.node, segment, open, source);
      result.push(segment);
    }
  }
  segments.splice(0, segments.length);
  for (const segment of result) segments.push(segment);
}

function markWhole(node: HTMLElement, segment: Segment, marks: readonly TextMark[], source: string): void {
  for (const mark of marks) {
    if (mark.end <= segment.start || mark.start >= segment.end) continue;
    node.classList.add(...mark.className.split(" "), "marked");
    const part = mark.start > segment.start || mark.end < segment.end;
    const words = source.slice(Math.max(mark.start, segment.start), Math.min(mark.end, segment.end));
    if (mark.title !== undefined) node.title = mark.title;
    else if (part) node.title = [node.title, `in the source: ${words}`].filter(Boolean).join("\n");
  }
}

function markText(node: Text, segment: Segment, marks: readonly TextMark[]): Segment[] {
  const here = marks.filter((mark) => mark.end > segment.start && mark.start < segment.end);
  if (here.length === 0) return [segment];
  const cuts = new Set([segment.start, segment.end]);
  for (const mark of here) {
    cuts.add(Math.max(mark.start, segment.start));
    cuts.add(Math.min(mark.end, segment.end));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const result: Segment[] = [];
  let rest = node;
  for (let index = 0; index + 1 < edges.length; index++) {
    const start = edges[index] ?? 0;
    const end = edges[index + 1] ?? 0;
    const piece = rest;
    if (end < segment.end) rest = piece.splitText(end - start);
    wrap(
      piece,
      here.filter((mark) => mark.start < end && mark.end > start),
    );
    result.push({ node: piece, start, end });
  }
  return result;
}

function wrap(piece: Text, marks: readonly TextMark[]): void {
  if (marks.length === 0) return;
  const span = document.createElement("span");
  span.className = marks.map((mark) => mark.className).join(" ");
  const title = marks.map((mark) => mark.title).find((words) => words !== undefined);
  if (title !== undefined) span.title = title;
  piece.replaceWith(span);
  span.append(piece);
}
