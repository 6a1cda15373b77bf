/** Numbers, texts and typed arrays one after another as bytes, in the machine's own byte order. */

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** Collects values; {@link bytes} gives them all. */
export class BinaryWriter {
  readonly #pieces: Uint8Array[] = [];

  number(value: number): void {
    this.#pieces.push(bytesOf(new Float64Array([value])));
  }

  text(value: string): void {
    this.array(new TextEncoder().encode(value));
  }

  /** The array is copied. */
  array(values: Numbers): void {
    this.number(values.byteLength);
    this.#pieces.push(bytesOf(values).slice());
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.#pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}

const bytesOf = (values: Numbers): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Reads what {@link BinaryWriter} wrote, in the same order. Throws a RangeError when the bytes end too early. */
export class BinaryReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    return new Float64Array(this.#take(8))[0] ?? 0;
  }

  text(): string {
    return new TextDecoder().decode(new Uint8Array(this.buffer()));
  }

  /** The bytes of an array, for a typed array to be made of. */
  buffer(): ArrayBuffer {
    return this.#take(this.number());
  }

  #take(length: number): ArrayBuffer {
    if (!(length >= 0) || this.#at + length > this.#bytes.length) throw new RangeError("The bytes end too early");
    const taken = new Uint8Array(length);
    taken.set(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return taken.buffer;
  }
}
