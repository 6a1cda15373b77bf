/** Sets of names as the bits of a number, in the order of a list. */

/** One bit for each name that holds. */
export function bits<T>(names: readonly T[], holds: (name: T) => boolean): number {
  return names.reduce((sum, name, i) => (holds(name) ? sum | (1 << i) : sum), 0);
}

/** One bit for each name that some item has. */
export function presence<T, I>(names: readonly T[], items: readonly I[], of: (item: I) => T): number {
  let sum = 0;
  for (const item of items) sum |= 1 << names.indexOf(of(item));
  return sum;
}

/** The names whose bits are set. */
export const fromBits = <T>(names: readonly T[], value: number): T[] => names.filter((_, i) => (value & (1 << i)) !== 0);
