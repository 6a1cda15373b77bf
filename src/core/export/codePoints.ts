/**
 * Turns UTF-16 offsets of a text into Unicode code-point offsets, the unit of Python and of most published annotations.
 *
 * @returns a function from an offset `0…text.length` to the number of code points before it. An offset inside a surrogate pair counts the pair as begun.
 */
export function codePointOffsets(text: string): (offset: number) => number {
  const pairs = surrogatePairs(text);
  if (pairs.length === 0) return (offset) => offset;
  return (offset) => offset - pairsBefore(pairs, offset);
}

/** Offsets of the second halves of the text's surrogate pairs, ascending. */
function surrogatePairs(text: string): number[] {
  const found: number[] = [];
  for (const match of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) found.push(match.index + 1);
  return found;
}

/** How many of the ascending offsets are below `offset`. */
function pairsBefore(pairs: readonly number[], offset: number): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pairs[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
