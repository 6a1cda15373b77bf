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

/** Where each run of {@link seedWords} words was last seen. */
const makeSeedTable = (words: Words) => {
  let size = 1024;
  while (size < words.count * 2) size *= 2;
  const last = memory.filled(size, -1);
  const { ids } = words;
  let power = 1;
  for (let i = 0; i < seedWords; i++) power = Math.imul(power, rollBase);
  let hash = 0;
  /** Takes in the word at `at` and gives the end of the last equal seed before it, or −1. */
  return (at: number): number => {
    hash = (Math.imul(hash, rollBase) + ids[at]! + 1) | 0;
    if (at >= seedWords) hash = (hash - Math.imul(ids[at - seedWords]! + 1, power)) | 0;
    if (at < seedWords - 1) return -1;
    const slot = (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0) & (size - 1);
    const before = last[slot]!;
    last[slot] = at;
    if (before < 0) return -1;
    for (let k = 0; k < seedWords; k++) if (ids[at - k] !== ids[before - k]) return -1;
    return before;
  };
};

/**
 * Finds degenerate repetition: stretches in which every word equals the word one period before, at least `loopCount` periods and `loopWords`
 * words long. Linear: each word is compared once with the word one period back. Loops come in order and do not overlap.
 */
export const findLoops = (words: Words, thresholds: Thresholds): Loop[] => {
  const loops: Loop[] = [];
  const lastSeed = makeSeedTable(words);
  const { ids } = words;
  let period = 0;
  let start = 0;
  let closed = 0;
  const close = (end: number): void => {
    const firstWord = Math.max(closed, start - period);
    const count = Math.floor((end - firstWord) / period);
    if (count >= thresholds.loopCount && end - firstWord >= thresholds.loopWords) {
      loops.push({ firstWord, endWord: end, period, count });
      closed = end;
    }
    period = 0;
  };
  for (let at = 0; at < words.count; at++) {
    const before = lastSeed(at);
    if (period > 0) {
      if (ids[at] === ids[at - period]) continue;
      close(at);
    }
    if (before < 0) continue;
    period = at - before;
    start = at - seedWords + 1;
    while (start > closed + period && ids[start - 1] === ids[start - 1 - period]) start--;
  }
  if (period > 0) close(words.count);
  return loops;
};
