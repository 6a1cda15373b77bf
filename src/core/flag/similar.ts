import { Scratch } from "../scratch";
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

/** A hash of the five words from each word on, one rolling pass; the last four entries hash what is left. Written to `hashes`, which may be longer. */
export const gramHashes = ({ ids, count }: Words, hashes: Int32Array = new Int32Array(count)): Int32Array => {
  let power = 1;
  for (let k = 0; k < shingleWords; k++) power = Math.imul(power, rollBase);
  let hash = 0;
  for (let at = count - 1; at >= 0; at--) {
    // The newest word has the highest power, so that the oldest leaves by one division-free step.
    hash = (Math.imul(hash, rollBase) + ids[at]! + 1) | 0;
    if (at + shingleWords < count) hash = (hash - Math.imul(ids[at + shingleWords]! + 1, power)) | 0;
    hashes[at] = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  }
  return hashes;
};

const memory = {
  heads: new Scratch(),
  passageOf: new Scratch(),
  nextOf: new Scratch(),
  sizes: new Scratch(),
  votes: new Scratch(),
  touched: new Scratch(),
};

/**
 * An inverted index from 5-word shingles to the passages (steps or units) that hold them, filled in text order. The passages of a shingle are a
 * linked list, newest first, of which only the first few are read. Linear in the words. One index is filled at a time: the next one takes its memory.
 */
export class ShingleIndex {
  private readonly mask: number;
  /** By hash: the place where its shingle was last seen. */
  private readonly heads: Int32Array;
  /** By place: the passage of the shingle there, and the place of the same shingle in the passage before. */
  private readonly passageOf: Int32Array;
  private readonly nextOf: Int32Array;
  private readonly sizes: Int32Array;
  private readonly votes: Int32Array;
  private readonly touched: Int32Array;

  /** An index over the `count` shingles of a text ({@link gramHashes}) for passages numbered from 0 to `passages` − 1. */
  constructor(
    private readonly grams: Int32Array,
    count: number,
    passages: number,
  ) {
    let size = 256;
    while (size < count * 2) size *= 2;
    this.mask = size - 1;
    this.heads = memory.heads.filled(size, -1);
    this.passageOf = memory.passageOf.take(count);
    this.nextOf = memory.nextOf.take(count);
    this.sizes = memory.sizes.filled(passages, 0);
    this.votes = memory.votes.filled(passages, 0);
    this.touched = memory.touched.take(passages);
  }

  /**
   * Adds a passage and gives the earlier one most like it, the earliest among equals; undefined when no shingle is shared. Call it once for each
   * passage, in ascending order.
   */
  addAndFind(range: Span, passage: number): Match | undefined {
    const { grams, heads, passageOf, nextOf, mask } = this;
    const last = range.end - shingleWords;
    let own = 0;
    let touched = 0;
    for (let at = range.start; at <= last; at++) {
      const hash = grams[at]!;
      let slot = hash & mask;
      let head = heads[slot]!;
      while (head >= 0 && grams[head] !== hash) {
        slot = (slot + 1) & mask;
        head = heads[slot]!;
      }
      if (head >= 0) {
        if (passageOf[head] === passage) continue;
        touched = this.vote(head, touched);
      }
      own++;
      passageOf[at] = passage;
      nextOf[at] = head;
      heads[slot] = at;
    }
    this.sizes[passage] = own;
    return this.best(touched, own);
  }

  /** A vote for each passage in the list from `head` on; returns how many passages have votes. */
  private vote(head: number, before: number): number {
    const { votes, passageOf, nextOf } = this;
    let touched = before;
    let place = head;
    for (let read = 0; place >= 0 && read < postingsRead; read++) {
      const other = passageOf[place]!;
      if (votes[other] === 0) this.touched[touched++] = other;
      votes[other] = votes[other]! + 1;
      place = nextOf[place]!;
    }
    return touched;
  }

  private best(touched: number, own: number): Match | undefined {
    const { votes, sizes } = this;
    let index = -1;
    let most = 0;
    for (let i = 0; i < touched; i++) {
      const other = this.touched[i]!;
      const shared = votes[other]!;
      votes[other] = 0;
      const overlap = shared / (own + sizes[other]! - shared);
      if (index >= 0 && (overlap < most || (overlap === most && other > index))) continue;
      index = other;
      most = overlap;
    }
    return index < 0 ? undefined : { index, overlap: most };
  }
}
