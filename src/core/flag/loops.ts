import { Scratch } from "../scratch";
import { gramHashes, shingleWords } from "./similar";
import type { Thresholds } from "./thresholds";
import type { Words } from "./words";

/** The same words over and over: `count` periods of `period` words from `firstWord` to `endWord`. */
export interface Loop {
  readonly firstWord: number;
  readonly endWord: number;
  /** Words in one period. */
  readonly period: number;
  /** Whole periods. */
  readonly count: number;
}

/** Words that must agree before a period is tried: long enough that chance hits are rare, short enough to catch short loops quickly. */
const seedWords = shingleWords + 1;

const memory = new Scratch();

/** Where each run of {@link seedWords} words was last seen; filled word by word. */
class SeedTable {
  private readonly last: Int32Array;
  private readonly mask: number;

  constructor(
    private readonly ids: Int32Array,
    private readonly grams: Int32Array,
    count: number,
  ) {
    let size = 1024;
    while (size < count * 2) size *= 2;
    this.last = memory.filled(size, -1);
    this.mask = size - 1;
  }

  /** Takes in the word at `at` and gives the end of the last equal seed before it, or −1. */
  add(at: number): number {
    const { ids, last } = this;
    const first = at - seedWords + 1;
    if (first < 0) return -1;
    // A gram is the hash of all words of a seed but its last.
    const hash = Math.imul(this.grams[first]! ^ ids[at]!, 0x2c1b3c6d);
    const slot = (hash ^ (hash >>> 15)) & this.mask;
    const before = last[slot]!;
    last[slot] = at;
    if (before < 0) return -1;
    for (let k = 0; k < seedWords; k++) if (ids[at - k] !== ids[before - k]) return -1;
    return before;
  }
}

/** The loop between two words, if it is long enough. */
const loopBetween = (firstWord: number, endWord: number, period: number, thresholds: Thresholds): Loop | undefined => {
  const count = Math.floor((endWord - firstWord) / period);
  return count >= thresholds.loopCount && endWord - firstWord >= thresholds.loopWords ? { firstWord, endWord, period, count } : undefined;
};

/**
 * Finds degenerate repetition: stretches in which every word equals the word one period before, at least `loopCount` periods and `loopWords`
 * words long. Linear: each word is compared once with the word one period back. Loops come in order and do not overlap. `grams`: those of the words.
 */
export const findLoops = (words: Words, thresholds: Thresholds, grams = gramHashes(words)): Loop[] => {
  const loops: Loop[] = [];
  const { ids, count } = words;
  const seeds = new SeedTable(ids, grams, count);
  let period = 0;
  let start = 0;
  let closed = 0;
  for (let at = 0; at <= count; at++) {
    const before = at < count ? seeds.add(at) : -1;
    if (period > 0) {
      if (at < count && ids[at] === ids[at - period]) continue;
      const loop = loopBetween(Math.max(closed, start - period), at, period, thresholds);
      if (loop) {
        loops.push(loop);
        closed = at;
      }
      period = 0;
    }
    if (before < 0) continue;
    period = at - before;
    start = at - seedWords + 1;
    while (start > closed + period && ids[start - 1] === ids[start - 1 - period]) start--;
  }
  return loops;
};
