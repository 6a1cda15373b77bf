import { foldedUnit } from "./classes";

/** Start values of the two hashes of a word. */
export const hashSeed = 0x811c9dc5 | 0;
export const checkSeed = 0x9747b28c | 0;

/** The two hashes of a word after one more folded code unit. */
export const nextHash = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);
export const nextCheck = (check: number, unit: number): number => (Math.imul(check, 0x5bd1e995) + unit) | 0;

/** A vocabulary of more words is made anew rather than emptied, which also gives its memory back. */
const mostForgotten = 1 << 17;

/** Numbers words in the order first seen. One vocabulary serves a question and its text, so that their ids compare. */
export class Vocabulary {
  private table: Int32Array;
  /** The two hashes of each word side by side, so that one access to memory brings both. */
  private hashes: Int32Array;
  private size: number;
  /** The vocabulary it starts from, and how many words that had then. */
  private from: Vocabulary | undefined;
  private fromSize: number;

  /** Starts with the words of another vocabulary, under the same ids; empty without one. */
  constructor(from?: Vocabulary) {
    this.table = from ? from.table.slice() : new Int32Array(1 << 12).fill(-1);
    this.hashes = from ? from.hashes.slice() : new Int32Array(1 << 12);
    this.size = from ? from.size : 0;
    this.from = from;
    this.fromSize = this.size;
  }

  /** Forgets all words but those of another vocabulary, as one that was just made from it. Linear in what it forgets when it started from it before. */
  startFrom(from: Vocabulary): void {
    if (this.from !== from || this.fromSize !== from.size || this.size > mostForgotten) {
      const fresh = new Vocabulary(from);
      this.table = fresh.table;
      this.hashes = fresh.hashes;
      this.size = fresh.size;
      this.from = from;
      this.fromSize = fresh.size;
      return;
    }
    // The last word added leaves first, so that none stands behind an empty slot.
    for (let id = this.size - 1; id >= this.fromSize; id--) this.table[this.slotOf(id)] = -1;
    this.size = this.fromSize;
  }

  private slotOf(id: number): number {
    const { table, hashes } = this;
    const mask = table.length - 1;
    const hash = hashes[2 * id]!;
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & mask;
    while (table[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  /** How many different words were seen; every id is below. */
  get length(): number {
    return this.size;
  }

  /** The id of a word, whatever its case. */
  idOfWord(word: string): number {
    let hash = hashSeed;
    let check = checkSeed;
    for (let i = 0; i < word.length; i++) {
      const unit = foldedUnit[word.charCodeAt(i)]!;
      hash = nextHash(hash, unit);
      check = nextCheck(check, unit);
    }
    return this.idOf(hash, check);
  }

  /** The id of the word with these two hashes; two independent 32-bit hashes make a mix-up rarer than one in 10^12 for a long trace. */
  idOf(hash: number, check: number): number {
    const { table, hashes } = this;
    const mask = table.length - 1;
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & mask;
    for (;;) {
      const id = table[slot]!;
      if (id < 0) return this.add(hash, check, slot);
      if (hashes[2 * id] === hash && hashes[2 * id + 1] === check) return id;
      slot = (slot + 1) & mask;
    }
  }

  /** The id that a word of another vocabulary has here, −1 when it was not seen. */
  findId(other: Vocabulary, id: number): number {
    const { table, hashes } = this;
    const hash = other.hashes[2 * id]!;
    const check = other.hashes[2 * id + 1]!;
    const mask = table.length - 1;
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & mask;
    for (;;) {
      const own = table[slot]!;
      if (own < 0 || (hashes[2 * own] === hash && hashes[2 * own + 1] === check)) return own;
      slot = (slot + 1) & mask;
    }
  }

  private add(hash: number, check: number, slot: number): number {
    const id = this.size++;
    if (2 * id >= this.hashes.length) this.grow();
    this.hashes[2 * id] = hash;
    this.hashes[2 * id + 1] = check;
    if (id * 2 >= this.table.length) this.rebuild();
    else this.table[slot] = id;
    return id;
  }

  private grow(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
  }

  private rebuild(): void {
    const table = new Int32Array(this.table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < this.size; id++) {
      const hash = this.hashes[2 * id]!;
      let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & mask;
      while (table[slot]! >= 0) slot = (slot + 1) & mask;
      table[slot] = id;
    }
    this.table = table;
  }
}

/**
 * The words known before any text is read, with the same ids in every vocabulary that starts from it. Modules that look for fixed words add them
 * while they load, never later.
 */
export const baseVocabulary = new Vocabulary();
