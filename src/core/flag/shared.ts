import { Scratch } from "../scratch";
import type { Span } from "../trace";
import { IntSet } from "../words/intSet";
import type { Words } from "./words";

/** Words in a row that must agree to be shown as shared. */
const sharedRun = 3;

/** How many runs of {@link sharedRun} words a range has. */
const runCount = ({ start, end }: Span): number => Math.max(0, end - start - sharedRun + 1);

/** The key of the run from each word of a range on. */
const runKeys = ({ ids }: Words, range: Span, memory: Scratch): Int32Array => {
  const count = runCount(range);
  const keys = memory.take(count);
  for (let i = 0; i < count; i++) {
    let hash = 0;
    for (let k = 0; k < sharedRun; k++) hash = Math.imul(hash, 0x01000193) + ids[range.start + i + k]! + 1;
    keys[i] = hash | 0;
  }
  return keys;
};

const runs = new IntSet();
const memory = { a: new Scratch(), b: new Scratch() };

/** The stretches of `range` made of runs that the other range has too. */
const covered = (words: Words, range: Span, keys: Int32Array, others: Int32Array, otherCount: number): Span[] => {
  runs.reset(otherCount);
  for (let i = 0; i < otherCount; i++) runs.add(others[i]!);
  const spans: Span[] = [];
  let from = -1;
  let until = -1;
  const flush = (): void => {
    if (from >= 0) spans.push({ start: words.starts[from]!, end: words.ends[until - 1]! });
  };
  for (let at = range.start; at + sharedRun <= range.end; at++) {
    if (!runs.has(keys[at - range.start]!)) continue;
    if (at > until || from < 0) {
      flush();
      from = at;
    }
    until = at + sharedRun;
  }
  flush();
  return spans;
};

/**
 * The passages two word ranges share, as text spans on both sides: runs of at least three equal words, in any order. Linear in both ranges.
 */
export const sharedSpans = (a: Words, rangeA: Span, b: Words, rangeB: Span): { here: Span[]; there: Span[] } => {
  const keysA = runKeys(a, rangeA, memory.a);
  const keysB = runKeys(b, rangeB, memory.b);
  return {
    here: covered(a, rangeA, keysA, keysB, runCount(rangeB)),
    there: covered(b, rangeB, keysB, keysA, runCount(rangeA)),
  };
};
