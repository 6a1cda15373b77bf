import type { Span } from "../trace";
import type { Words } from "./words";

/** An earlier passage and how alike it is: Jaccard of the two sets of shingles, 0 to 1. */
export interface Match {
  readonly index: number;
  readonly overlap: number;
}

/** Words in a shingle (methods of near-duplicate detection use 4 to 10; five is a clause of mathematics). */
export const shingleWords = 5;

/** Earlier passages looked at for one shingle: enough to find the best, few enough to stay linear where a shingle recurs without end. */
const postingsRead = 12;

const rollBase = 0x01000193;

/** A hash of the five words from each word on, one rolling pass; the last four entries hash what is left. */
export const gramHashes = ({ ids, count }: Words): Int32Array => {
  let power = 1;
  for (let k = 0; k < shingleWords; k++) power = Math.imul(power, rollBase);
  const hashes = new Int32Array(count);
  let hash = 0;
  for (let at = count - 1; at >= 0; at--) {
    // The newest word has the highest power, so that the oldest leaves by one division-free step.
    hash = (Math.imul(hash, rollBase) + (ids[at] ?? 0) + 1) | 0;
    if (at + shingleWords < count) hash = (hash - Math.imul((ids[at + shingleWords] ?? 0) + 1, power)) | 0;
    hashes[at] = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  }
  return hashes;
};

/**
 * An inverted index from 5-word shingles to the passages (steps or units) that hold them, filled in text order. The passages of a shingle are a
 * linked list, newest first, of which only the first few are read. Linear in the words.
 */
export class ShingleIndex {
  private readonly mask: number;
  private readonly heads: Int32Array;
  private readonly hashes: Int32Array;
  private readonly passageOf: Int32Array;
  private readonly nextOf: Int32Array;
  private readonly sizes: Int32Array;
  private readonly votes: Int32Array;
  private nodes = 0;

  /** An index over the shingles of a text ({@link gramHashes}) for passages numbered from 0 to `passages` − 1. */
  constructor(
    private readonly grams: Int32Array,
    passages: number,
  ) {
    let size = 256;
    while (size < grams.length * 2) size *= 2;
    this.mask = size - 1;
    this.heads = new Int32Array(size).fill(-1);
    this.hashes = new Int32Array(grams.length + 1);
    this.passageOf = new Int32Array(grams.length + 1);
    this.nextOf = new Int32Array(grams.length + 1);
    this.sizes = new Int32Array(passages);
    this.votes = new Int32Array(passages);
  }

  /**
   * Adds a passage and gives the earlier one most like it, the earliest among equals; undefined when no shingle is shared. Call it once for each
   * passage, in ascending order.
   */
  addAndFind(range: Span, passage: number): Match | undefined {
    const touched: number[] = [];
    let own = 0;
    for (let at = range.start; at + shingleWords <= range.end; at++) {
      const hash = this.grams[at] ?? 0;
      const slot = this.slotOf(hash);
      const head = this.heads[slot] ?? -1;
      if (head >= 0 && this.passageOf[head] === passage) continue;
      own++;
      this.vote(head, touched);
      const node = this.nodes++;
      this.hashes[node] = hash;
      this.passageOf[node] = passage;
      this.nextOf[node] = head;
      this.heads[slot] = node;
    }
    this.sizes[passage] = own;
    return this.best(touched, own);
  }

  private slotOf(hash: number): number {
    let slot = hash & this.mask;
    for (;;) {
      const head = this.heads[slot] ?? -1;
      if (head < 0 || this.hashes[head] === hash) return slot;
      slot = (slot + 1) & this.mask;
    }
  }

  private vote(head: number, touched: number[]): void {
    let node = head;
    for (let read = 0; node >= 0 && read < postingsRead; read++) {
      const other = this.passageOf[node] ?? 0;
      const votes = this.votes[other] ?? 0;
      if (votes === 0) touched.push(other);
      this.votes[other] = votes + 1;
      node = this.nextOf[node] ?? -1;
    }
  }

  private best(touched: readonly number[], own: number): Match | undefined {
    let match: Match | undefined;
    for (const other of touched) {
      const shared = this.votes[other] ?? 0;
      this.votes[other] = 0;
      const overlap = shared / (own + (this.sizes[other] ?? 0) - shared);
      if (!match || overlap > match.overlap || (overlap === match.overlap && other < match.index)) match = { index: other, overlap };
    }
    return match;
  }
}
