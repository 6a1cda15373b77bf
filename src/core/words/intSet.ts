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
  /** Open addressing; 0 is an empty slot. */
  #slots: Int32Array = new Int32Array(1);
  #mask = 0;
  #hasZero = false;

  /** Empties the set and makes room for so many numbers; more must not be added. */
  reset(most: number): void {
    const size = slotsFor(most);
    this.#slots = this.#keys.filled(size, 0);
    this.#mask = size - 1;
    this.#hasZero = false;
  }

  add(key: number): void {
    if (key === 0) this.#hasZero = true;
    else this.#slots[this.#slotOf(key)] = key;
  }

  has(key: number): boolean {
    return key === 0 ? this.#hasZero : this.#slots[this.#slotOf(key)] === key;
  }

  /** The slot of a number, or the empty one where it would stand. */
  #slotOf(key: number): number {
    const slots = this.#slots;
    let slot = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) & this.#mask;
    while (slots[slot] !== 0 && slots[slot] !== key) slot = (slot + 1) & this.#mask;
    return slot;
  }
}
