/** A match of {@link matchesOfLinesWith}. `index`: its offset in the text. */
export interface LineMatch {
  readonly index: number;
  readonly match: RegExpExecArray;
}

/**
 * Matches of a global, multi-line pattern that never crosses a newline, in the lines that hold one of the marks. Looking for marks first is many times quicker than
 * trying the pattern at every line.
 */
export function* matchesOfLinesWith(marks: readonly string[], text: string, pattern: RegExp): Generator<LineMatch> {
  const next = marks.map(() => -1);
  const nextMark = (from: number): number => {
    marks.forEach((mark, i) => {
      if (next[i]! < from) next[i] = endless(text.indexOf(mark, from));
    });
    return Math.min(...next);
  };
  for (let at = nextMark(0); at < text.length; ) {
    const start = text.lastIndexOf("\n", at) + 1;
    const end = Math.min(text.length, endless(text.indexOf("\n", at)));
    for (const match of text.slice(start, end).matchAll(pattern)) yield { index: start + match.index, match };
    at = nextMark(end);
  }
}

const endless = (index: number): number => (index < 0 ? Number.POSITIVE_INFINITY : index);
