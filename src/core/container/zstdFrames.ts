/**
 * Where the frames of Zstandard data end (RFC 8878), told by the lengths that stand before their blocks, while the data comes in pieces. Nothing is unpacked.
 */

/** A piece of data that belongs to one frame. */
export interface FramePiece {
  /** End of it among the bytes given. */
  readonly end: number;
  /** False in a skippable frame, which has no content. */
  readonly content: boolean;
  /** The frame ends here. */
  readonly last: boolean;
}

type Field = "magic" | "skipSize" | "descriptor" | "header" | "block" | "rest";

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a5;
const blockHeaderBytes = 3;
const sizes: readonly number[] = [0, 2, 4, 8];
const dictionaryIds: readonly number[] = [0, 1, 2, 4];

/** Bytes of a frame's header after its descriptor. */
function headerBytes(descriptor: number): number {
  const single = (descriptor & 0x20) !== 0;
  const size = descriptor >> 6;
  return (single ? 0 : 1) + dictionaryIds[descriptor & 3]! + (size === 0 && single ? 1 : sizes[size]!);
}

/** Finds the ends of frames, front to back. */
export class ZstdFrames {
  #field: Field = "magic";
  /** Bytes of the field that are still to come, and its value so far, lowest byte first. */
  #left = 4;
  #value = 0;
  #place = 1;
  #content = true;
  #checksumBytes = 0;
  #lastBlock = false;
  /** A field comes after so many bytes. */
  #skip = 0;

  /** From where in `bytes` on, up to the end of the frame or of the bytes. Throws where no frame begins. */
  next(bytes: Uint8Array, from: number): FramePiece {
    let at = from;
    for (;;) {
      const skipped = Math.min(this.#skip, bytes.length - at);
      at += skipped;
      this.#skip -= skipped;
      if (this.#skip === 0) at = this.#readField(bytes, at);
      if (this.#skip > 0 || this.#left > 0) return { end: at, content: this.#content, last: false };
      if (this.#finishField()) return { end: at, content: this.#content, last: true };
    }
  }

  /** Gives where the field ends, or the bytes do. */
  #readField(bytes: Uint8Array, from: number): number {
    const to = Math.min(bytes.length, from + this.#left);
    for (let at = from; at < to; at++) {
      this.#value += bytes[at]! * this.#place;
      this.#place *= 256;
    }
    this.#left -= to - from;
    return to;
  }

  /** True where a frame ends. */
  #finishField(): boolean {
    const value = this.#value;
    switch (this.#field) {
      case "magic":
        return this.#begin(value);
      case "skipSize":
        return this.#expect("rest", 0, value);
      case "descriptor":
        this.#checksumBytes = (value & 4) !== 0 ? 4 : 0;
        return this.#expect("header", 0, headerBytes(value));
      case "header":
        return this.#expect("block", blockHeaderBytes);
      case "block":
        return this.#block(value);
      case "rest":
        this.#expect("magic", 4);
        return true;
    }
  }

  #begin(magic: number): boolean {
    this.#content = magic === frameMagic;
    if (this.#content) return this.#expect("descriptor", 1);
    if (Math.floor(magic / 16) !== skippableMagic) throw new Error("no frame begins here");
    return this.#expect("skipSize", 4);
  }

  #block(header: number): boolean {
    const type = (header >> 1) & 3;
    const bytes = type === 1 ? 1 : header >> 3;
    this.#lastBlock = (header & 1) !== 0;
    return this.#lastBlock ? this.#expect("rest", 0, bytes + this.#checksumBytes) : this.#expect("block", blockHeaderBytes, bytes);
  }

  /** The next field has so many bytes and comes after `skip` others. */
  #expect(field: Field, bytes: number, skip = 0): boolean {
    this.#field = field;
    this.#left = bytes;
    this.#value = 0;
    this.#place = 1;
    this.#skip = skip;
    return false;
  }
}
