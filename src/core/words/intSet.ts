import { Scratch } from "../scratch";

/** The least power of two that is at least twice `count`. */
const slotsFor = (count: number): number => {
  let size = 64;
  while (size < count * 2) size *= 2;
  return size;
};

/** A set of 32-bit whole numbers to be filled, asked and filled anew; far cheaper than a `Set` for each use. */
export class IntSet {
  readonly #keys = new Scratch();
  readonly #used = new Scratch();
  #slots: Int32Array = new Int32Array(0);
  #full: Int32Array = new Int32Array(0);
  #mask = 0;

  /** Empties the set and makes room for so many numbers; more must not be added. */
  reset(most: number): void {
    const size = slotsFor(most);
    this.#slots = this.#keys.take(size);
    this.#full = this.#used.filled(size, 0);
    this.#mask = size - 1;
  }

  add(key: number): void {
    let slot = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) & this.#mask;
    while (this.#full[slot] === 1) {
      if (this.#slots[slot] === key) return;
      slot = (slot + 1) & this.#mask;
    }
    this.#full[slot] = 1;
    this.#slots[slot] = key;
  }

  has(key: number): boolean {
    let slot = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) & this.#mask;
    while (this.#full[slot] === 1) {
      if (this.#slots[slot] === key) return true;
      slot = (slot + 1) & this.#mask;
    }
    return false;
  }
}
