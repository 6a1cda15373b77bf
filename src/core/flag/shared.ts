import type { Span } from "../trace";
import { IntSet } from "../words/intSet";
import type { Words } from "./words";

/** Words in a row that must agree to be shown as shared. */
const sharedRun = 3;

const runKey = (ids: Int32Array, at: number): number => {
  let hash = 0;
  for (let k = 0; k < sharedRun; k++) hash = Math.imul(hash, 0x01000193) + ids[at + k]! + 1;
  return hash | 0;
};

const runs = new IntSet();

/** The stretches of `range` made of runs that the other range has too. */
const covered = (words: Words, range: Span, others: Words, other: Span): Span[] => {
  const { ids } = words;
  runs.reset(Math.max(0, other.end - other.start));
  for (let at = other.start; at + sharedRun <= other.end; at++) runs.add(runKey(others.ids, at));
  const spans: Span[] = [];
  let from = -1;
  let until = -1;
  const flush = (): void => {
    if (from >= 0) spans.push({ start: words.starts[from]!, end: words.ends[until - 1]! });
  };
  for (let at = range.start; at + sharedRun <= range.end; at++) {
    if (!runs.has(runKey(ids, at))) continue;
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
export const sharedSpans = (a: Words, rangeA: Span, b: Words, rangeB: Span): { here: Span[]; there: Span[] } => ({
  here: covered(a, rangeA, b, rangeB),
  there: covered(b, rangeB, a, rangeA),
});
