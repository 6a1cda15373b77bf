import { Scratch } from "../scratch";
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
const seedWords = 6;

const rollBase = 0x01000193;

const memory = new Scratch();

/** Where each run of {@link seedWords} words was last seen; filled word by word. */
class SeedTable {
  private readonly ids: Int32Array;
  private readonly last: Int32Array;
  private readonly mask: number;
  private readonly power: number;
  private hash = 0;

  constructor({ ids, count }: Words) {
    let size = 1024;
    while (size < count * 2) size *= 2;
    this.ids = ids;
    this.last = memory.filled(size, -1);
    this.mask = size - 1;
    let power = 1;
    for (let i = 0; i < seedWords; i++) power = Math.imul(power, rollBase);
    this.power = power;
  }

  /** Takes in the word at `at` and gives the end of the last equal seed before it, or −1. */
  add(at: number): number {
    const { ids, last } = this;
    this.hash = (Math.imul(this.hash, rollBase) + ids[at]! + 1) | 0;
    if (at >= seedWords) this.hash = (this.hash - Math.imul(ids[at - seedWords]! + 1, this.power)) | 0;
    if (at < seedWords - 1) return -1;
    const slot = (Math.imul(this.hash ^ (this.hash >>> 15), 0x2c1b3c6d) >>> 0) & this.mask;
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
 * words long. Linear: each word is compared once with the word one period back. Loops come in order and do not overlap.
 */
export const findLoops = (words: Words, thresholds: Thresholds): Loop[] => {
  const loops: Loop[] = [];
  const seeds = new SeedTable(words);
  const { ids, count } = words;
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
