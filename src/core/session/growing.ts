/** A list of 32-bit numbers that grows by doubling. */
export class GrowingUint32 {
  length = 0;
  #items: Uint32Array;

  constructor(capacity = 1024) {
    this.#items = new Uint32Array(capacity);
  }

  push(value: number): void {
    this.set(this.length, value);
  }

  /** Item `at`; 0 beyond the end. */
  get(at: number): number {
    return this.#items[at] ?? 0;
  }

  /** Sets item `at`; the list reaches to it then, with zeros between. */
  set(at: number, value: number): void {
    while (at >= this.#items.length) this.#grow();
    this.#items[at] = value;
    if (at >= this.length) this.length = at + 1;
  }

  clear(): void {
    this.#items.fill(0, 0, this.length);
    this.length = 0;
  }

  /** The items as they are now; valid until the next change. */
  values(): Uint32Array {
    return this.#items.subarray(0, this.length);
  }

  #grow(): void {
    const larger = new Uint32Array(this.#items.length * 2);
    larger.set(this.#items);
    this.#items = larger;
  }
}
