/** A larger array is made anew for each use. */
const mostKept = 1 << 20;

type Numbers = Int32Array | Float64Array | Uint8Array;

/**
 * Memory for numbers that is kept from use to use: making and clearing a fresh array for every trace costs more than filling it. What {@link take} gives
 * holds until the next call, so each piece of work has one of its own.
 */
export class Kept<Column extends Numbers> {
  #kept: Column;

  constructor(private readonly make: (size: number) => Column) {
    this.#kept = make(1 << 10);
  }

  /** At least `size` entries with anything in them. */
  take(size: number): Column {
    if (size > mostKept) return this.make(size);
    if (size > this.#kept.length) this.#kept = this.make(Math.min(mostKept, size * 2));
    return this.#kept;
  }

  /** At least `size` entries, of which the first `size` are `value`. */
  filled(size: number, value: number): Column {
    const column = this.take(size);
    column.fill(value, 0, size);
    return column;
  }
}

/** Kept memory for whole numbers. */
export class Scratch extends Kept<Int32Array> {
  constructor() {
    super((size) => new Int32Array(size));
  }
}

/** Kept memory for fractions. */
export class Fractions extends Kept<Float64Array> {
  constructor() {
    super((size) => new Float64Array(size));
  }
}

/** Kept memory for bytes. */
export class Bytes extends Kept<Uint8Array> {
  constructor() {
    super((size) => new Uint8Array(size));
  }
}
