/** Bytes in pieces as they came, not copied together. */
export class Pieces {
  length = 0;
  readonly #pieces: Uint8Array[] = [];
  readonly #starts: number[] = [];

  /** The bytes must not change. */
  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#starts.push(this.length);
    this.length += bytes.length;
  }

  /** Bytes `[from, to)`. */
  read(from: number, to: number): Uint8Array {
    const first = this.some(from, to);
    if (first.length >= to - from) return first;
    const bytes = new Uint8Array(to - from);
    bytes.set(first);
    for (let at = from + first.length; at < to; ) {
      const piece = this.some(at, to);
      bytes.set(piece, at - from);
      at += piece.length;
    }
    return bytes;
  }

  /** The first of bytes `[from, to)`, as many as one piece holds. */
  some(from: number, to: number): Uint8Array {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= from) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low] ?? 0;
    return this.#pieces[low]?.subarray(from - start, to - start) ?? new Uint8Array(0);
  }

  /** All of them, in order. */
  all(): readonly Uint8Array[] {
    return this.#pieces;
  }
}
