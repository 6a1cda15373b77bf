import type { Span } from "../../src/core/trace";

/** Longest text rendered in one go, code units. Bounds the work between two frames. */
export const pieceLength = 16_000;

/** Cuts a long text into pieces that tile it: at blank lines where there are any, else at line ends, else between characters. */
export function cutPieces(text: string, longest = pieceLength): Span[] {
  const pieces: Span[] = [];
  let start = 0;
  while (text.length - start > longest) {
    const end = cut(text, start, start + longest);
    pieces.push({ start, end });
    start = end;
  }
  pieces.push({ start, end: text.length });
  return pieces;
}

function cut(text: string, start: number, limit: number): number {
  const middle = start + ((limit - start) >> 1);
  const window = text.slice(middle, limit);
  const blank = window.lastIndexOf("\n\n");
  if (blank >= 0) return middle + blank + 2;
  const line = window.lastIndexOf("\n");
  if (line >= 0) return middle + line + 1;
  const space = window.lastIndexOf(" ");
  if (space >= 0) return middle + space + 1;
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code < 0xdc00 ? limit - 1 : limit;
}
