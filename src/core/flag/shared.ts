import { Bytes, Scratch } from "../scratch";
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
const memory = { a: new Scratch(), b: new Scratch(), met: new Bytes(), marks: new Bytes() };

/** The stretches of a range made of marked runs. */
const stretches = (words: Words, range: Span, marks: Uint8Array): Span[] => {
  const spans: Span[] = [];
  const count = runCount(range);
  let from = -1;
  let until = -1;
  for (let run = 0; run < count; run++) {
    if (marks[run] === 0) continue;
    if (run > until && from >= 0) spans.push({ start: words.starts[range.start + from]!, end: words.ends[range.start + until - 1]! });
    if (run > until || from < 0) from = run;
    until = run + sharedRun;
  }
  if (from >= 0) spans.push({ start: words.starts[range.start + from]!, end: words.ends[range.start + until - 1]! });
  return spans;
};

/**
 * The passages two word ranges share, as text spans on both sides: runs of at least three equal words, in any order. Linear in both ranges.
 */
export const sharedSpans = (a: Words, rangeA: Span, b: Words, rangeB: Span): { here: Span[]; there: Span[] } => {
  const [countA, countB] = [runCount(rangeA), runCount(rangeB)];
  const keysA = runKeys(a, rangeA, memory.a);
  const placesB = runKeys(b, rangeB, memory.b);
  const met = memory.met.filled(runs.reset(countB), 0);
  for (let run = 0; run < countB; run++) placesB[run] = runs.add(placesB[run]!);
  const marks = memory.marks.take(Math.max(countA, countB));
  for (let run = 0; run < countA; run++) {
    const place = runs.find(keysA[run]!);
    marks[run] = place < 0 ? 0 : 1;
    if (place >= 0) met[place] = 1;
  }
  const here = stretches(a, rangeA, marks);
  for (let run = 0; run < countB; run++) marks[run] = met[placesB[run]!]!;
  return { here, there: stretches(b, rangeB, marks) };
};
