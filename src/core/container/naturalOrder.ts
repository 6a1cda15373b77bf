/** Compares names as people sort them: runs of digits by their value, all else by code unit. `part-2` stands before `part-10`. */
export function naturalOrder(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = comparePieces(left[i]!, right[i]!);
    if (difference !== 0) return difference;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

function comparePieces(a: string, b: string): number {
  const bothNumbers = /^\d/.test(a) && /^\d/.test(b);
  const difference = bothNumbers ? Number(a) - Number(b) : 0;
  if (difference !== 0) return difference;
  if (bothNumbers) return 0;
  return a < b ? -1 : a > b ? 1 : 0;
}
