import { Scratch } from "../scratch";

/** The least power of two that is at least twice `count`. */
const slotsFor = (count: number): number => {
  let size = 64;
  while (size < count * 2) size *= 2;
  return size;
};

/** A set of 32-bit whole numbers to be filled, asked and filled anew; far cheaper than a `Set` for each use. A member is known by its place. */
export class IntSet {
  readonly #keys = new Scratch();
  /** Open addressing; 0 is an empty slot, and as a member stands behind all slots. */
  #slots: Int32Array = new Int32Array(2);
  #mask = 0;

  /** Empties the set and makes room for so many numbers; more must not be added. Gives a number above every place. */
  reset(most: number): number {
    const size = slotsFor(most);
    this.#slots = this.#keys.filled(size + 1, 0);
    this.#mask = size - 1;
    return size + 1;
  }

  /** Adds a number and gives its place, the same however often it is added. */
  add(key: number): number {
    const place = this.#placeOf(key);
    this.#slots[place] = key === 0 ? 1 : key;
    return place;
  }

  /** The place of a number, −1 when it is not in the set. */
  find(key: number): number {
    const place = this.#placeOf(key);
    return this.#slots[place] === 0 ? -1 : place;
  }

  /** The place of a number, or the empty one where it would stand. */
  #placeOf(key: number): number {
    const slots = this.#slots;
    if (key === 0) return this.#mask + 1;
    let slot = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) & this.#mask;
    while (slots[slot] !== 0 && slots[slot] !== key) slot = (slot + 1) & this.#mask;
    return slot;
  }
}
