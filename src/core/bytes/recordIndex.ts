import type { BinaryReader, BinaryWriter } from "../cache/binary";

/**
 * Where each record of a file begins and ends: 16 bytes a record in blocks of typed arrays, so that growing copies nothing and a file past 4 GB
 * needs no other layout (a double holds every byte offset up to 8 PB exactly).
 */

/** Records a block. */
const blockSize = 1 << 16;
/** Marks a length that does not fit in 32 bits and stands in a map of its own. */
const longMark = 0xffff_ffff;

interface Block {
  readonly starts: Float64Array;
  readonly lengths: Uint32Array;
  readonly lines: Uint32Array;
  /** Bytes from a record's key to its value; only in files that are an object keyed by record. */
  readonly keyDistances: Uint32Array | undefined;
}

/** Byte ranges and line numbers of records, in file order. Reading beyond `count` gives 0. */
export class RecordIndex {
  count = 0;
  readonly #blocks: Block[] = [];
  readonly #longLengths = new Map<number, number>();
  readonly #keyed: boolean;

  /** `keyed`: records have a key before them. */
  constructor(keyed: boolean) {
    this.#keyed = keyed;
  }

  /** Appends a record. `line` is 1-based. `keyStart`: byte offset of its key's opening quote. */
  add(start: number, end: number, line: number, keyStart = start): void {
    const record = this.count;
    const at = record & (blockSize - 1);
    if (at === 0 && record >>> 16 >= this.#blocks.length) this.#blocks.push(this.#newBlock());
    const block = this.#blocks[record >>> 16]!;
    const length = end - start;
    block.starts[at] = start;
    block.lines[at] = line;
    block.lengths[at] = Math.min(length, longMark);
    if (length >= longMark) this.#longLengths.set(record, length);
    if (block.keyDistances) block.keyDistances[at] = start - keyStart;
    this.count = record + 1;
  }

  /** Takes back the last record: it stood unfinished at the end of a file that has grown. */
  removeLast(): void {
    if (this.count === 0) return;
    this.count -= 1;
    this.#longLengths.delete(this.count);
  }

  start(record: number): number {
    return this.#blocks[record >>> 16]?.starts[record & (blockSize - 1)] ?? 0;
  }

  end(record: number): number {
    const length = this.#blocks[record >>> 16]?.lengths[record & (blockSize - 1)] ?? 0;
    return this.start(record) + (length === longMark ? (this.#longLengths.get(record) ?? 0) : length);
  }

  line(record: number): number {
    return this.#blocks[record >>> 16]?.lines[record & (blockSize - 1)] ?? 0;
  }

  /** Byte offset of the record's key, or of the record where it has none. */
  keyStart(record: number): number {
    return this.start(record) - (this.#blocks[record >>> 16]?.keyDistances?.[record & (blockSize - 1)] ?? 0);
  }

  save(writer: BinaryWriter): void {
    writer.number(this.count);
    for (const [number, block] of this.#blocks.entries()) {
      const used = Math.min(blockSize, this.count - number * blockSize);
      if (used <= 0) break;
      writer.array(block.starts.subarray(0, used));
      writer.array(block.lengths.subarray(0, used));
      writer.array(block.lines.subarray(0, used));
      if (block.keyDistances) writer.array(block.keyDistances.subarray(0, used));
    }
    writer.text(JSON.stringify([...this.#longLengths]));
  }

  /** An index as it was saved. Throws when the bytes are none. */
  static restore(reader: BinaryReader, keyed: boolean): RecordIndex {
    const index = new RecordIndex(keyed);
    index.count = reader.number();
    for (let first = 0; first < index.count; first += blockSize) {
      const block = index.#newBlock();
      block.starts.set(new Float64Array(reader.buffer()));
      block.lengths.set(new Uint32Array(reader.buffer()));
      block.lines.set(new Uint32Array(reader.buffer()));
      block.keyDistances?.set(new Uint32Array(reader.buffer()));
      index.#blocks.push(block);
    }
    const long: unknown = JSON.parse(reader.text());
    for (const entry of Array.isArray(long) ? long : [])
      if (Array.isArray(entry)) index.#longLengths.set(Number(entry[0]), Number(entry[1]));
    return index;
  }

  #newBlock(): Block {
    return {
      starts: new Float64Array(blockSize),
      lengths: new Uint32Array(blockSize),
      lines: new Uint32Array(blockSize),
      keyDistances: this.#keyed ? new Uint32Array(blockSize) : undefined,
    };
  }
}
