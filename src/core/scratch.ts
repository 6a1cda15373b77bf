/** A larger array is made anew for each use. */
const mostKept = 1 << 20;

/**
 * Memory for whole numbers that is kept from use to use: making and clearing a fresh array for every trace costs more than filling it. What
 * {@link take} gives holds until the next call, so each piece of work has one of its own.
 */
export class Scratch {
  #kept = new Int32Array(1 << 10);

  /** At least `size` entries with anything in them. */
  take(size: number): Int32Array {
    if (size > mostKept) return new Int32Array(size);
    if (size > this.#kept.length) this.#kept = new Int32Array(Math.min(mostKept, size * 2));
    return this.#kept;
  }

  /** At least `size` entries, of which the first `size` are `value`. */
  filled(size: number, value: number): Int32Array {
    return this.take(size).fill(value, 0, size);
  }
}
