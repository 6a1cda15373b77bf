/** Offsets of a text as lines and columns, counted as VS Code counts them: `\r\n`, `\r` and `\n` each end one line. */
export interface Place {
  /** 0-based. */
  readonly line: number;
  /** 0-based, UTF-16 code units. */
  readonly column: number;
}

/** Start offset of every line. Stays right where a document mixes line endings and the editor makes them equal. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** Line and column of an offset. An offset past the end gives the last line. */
export function placeOf(starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: Math.max(0, offset - (starts[low] ?? 0)) };
}
