/** The longest common subsequence of two passages' words: what of each does not align in order. */

/** Cells of the table at most; two gaps with more are taken as different throughout. */
export const mostCells = 1_000_000;

/**
 * Marks with 1 in `changedA` and `changedB` what does not align between `a[fromA, endA)` and `b[fromB, endB)`. Equal ends are matched first; where several
 * alignments are longest, words of `a` are passed over first. Time and memory grow with the product of what is left between the ends.
 */
export function markDifferences(
  a: readonly number[],
  b: readonly number[],
  [fromA, endA]: readonly [number, number],
  [fromB, endB]: readonly [number, number],
  changedA: Uint8Array,
  changedB: Uint8Array,
): void {
  let [i, j, k, l] = [fromA, fromB, endA, endB];
  while (i < k && j < l && a[i] === b[j]) {
    i += 1;
    j += 1;
  }
  while (k > i && l > j && a[k - 1] === b[l - 1]) {
    k -= 1;
    l -= 1;
  }
  const width = l - j + 1;
  const cells = (k - i + 1) * width;
  if (k === i || l === j || cells > mostCells) {
    changedA.fill(1, i, k);
    changedB.fill(1, j, l);
    return;
  }
  const lengths = new Uint16Array(cells);
  for (let row = k - 1; row >= i; row -= 1) {
    const base = (row - i) * width;
    for (let column = l - 1; column >= j; column -= 1) {
      const at = base + column - j;
      lengths[at] = a[row] === b[column] ? (lengths[at + width + 1] ?? 0) + 1 : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  const [top, left] = [i, j];
  while (i < k && j < l) {
    const at = (i - top) * width + j - left;
    if (a[i] === b[j]) {
      i += 1;
      j += 1;
    } else if ((lengths[at + width] ?? 0) >= (lengths[at + 1] ?? 0)) {
      changedA[i] = 1;
      i += 1;
    } else {
      changedB[j] = 1;
      j += 1;
    }
  }
  changedA.fill(1, i, k);
  changedB.fill(1, j, l);
}
