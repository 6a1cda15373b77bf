/** Runs of words as one number each, and which of them are equal. */
import { Scratch } from "../scratch";
import type { Words } from "./words";

/** A key of the words `[start, end)`, 53 bits of two hashes: equal words have equal keys, others hardly ever. `seed` tells kinds of keys apart. */
export const keyOfWords = (words: Words, start: number, end: number, seed = 0): number => {
  let high = 0x811c9dc5 ^ seed;
  let low = 0x9747b28c | 0;
  for (let i = start; i < end; i++) {
    const id = words.ids[i]!;
    high = Math.imul(high ^ id, 0x01000193);
    low = Math.imul(low ^ id, 0x5bd1e995) ^ (low >>> 13);
  }
  return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
};

const memory = new Scratch();

/** Writes to `first`, for each of the first `count` keys, the index of the first that equals it; its own for a key of 0. Linear. */
export const findFirstEqual = (keys: Float64Array, count: number, first: Int32Array): void => {
  let size = 64;
  while (size < count * 2) size *= 2;
  const slots = memory.filled(size, -1);
  for (let i = 0; i < count; i++) {
    const key = keys[i]!;
    const hash = Math.imul((key / 0x200000) | 0, 0x2c1b3c6d) ^ (key | 0);
    let slot = (hash ^ (hash >>> 15)) & (size - 1);
    while (slots[slot]! >= 0 && keys[slots[slot]!] !== key) slot = (slot + 1) & (size - 1);
    if (slots[slot]! < 0) slots[slot] = i;
    first[i] = key === 0 ? i : slots[slot]!;
  }
};
