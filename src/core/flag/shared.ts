import type { Span } from "../trace";
import type { Words } from "./words";

/** Words in a row that must agree to be shown as shared. */
const sharedRun = 3;

const runKey = (words: Words, at: number): number => {
  let hash = 0;
  for (let k = 0; k < sharedRun; k++) hash = Math.imul(hash, 0x01000193) + (words.ids[at + k] ?? 0) + 1;
  return hash | 0;
};

const runsIn = (words: Words, range: Span): Set<number> => {
  const runs = new Set<number>();
  for (let at = range.start; at + sharedRun <= range.end; at++) runs.add(runKey(words, at));
  return runs;
};

const covered = (words: Words, range: Span, runs: ReadonlySet<number>): Span[] => {
  const spans: Span[] = [];
  let from = -1;
  let until = -1;
  const flush = (): void => {
    if (from >= 0) spans.push({ start: words.starts[from] ?? 0, end: words.ends[until - 1] ?? 0 });
  };
  for (let at = range.start; at + sharedRun <= range.end; at++) {
    if (!runs.has(runKey(words, at))) continue;
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
  here: covered(a, rangeA, runsIn(b, rangeB)),
  there: covered(b, rangeB, runsIn(a, rangeA)),
});
