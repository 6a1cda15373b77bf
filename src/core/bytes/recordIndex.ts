import type { BinaryReader, BinaryWriter } from "../cache/binary";

/**
 * Where each record of a file begins and ends: 8 bytes a record in blocks of typed arrays, so that growing copies nothing. A block counts from a base of its own
 * and is widened when its records span more than 4 GB, so a file of any size needs no other layout. Line numbers take 4 bytes more, in blocks where blank lines
 * or other layouts make them differ from the record's number.
 */

/** Records a block. */
const blockSize = 1 << 16;
/** Marks a length that does not fit in 32 bits and stands in a map of its own. */
const longMark = 0xffff_ffff;

interface Block {
  /** Byte offset that `starts` count from. */
  readonly base: number;
  starts: Uint32Array | Float64Array;
  readonly lengths: Uint32Array;
  /** Undefined while record n of the file, counted from 0, stands on line n + 1. */
  lines: Uint32Array | undefined;
  /** Bytes from a record's key to its value; only in files that are an object keyed by record. */
  readonly keyDistances: Uint32Array | undefined;
}

/** Free places of a {@link RecordIndex}: `free` of them, from `used` on. Starts count from `base`; lengths must fit in 32 bits. */
export interface IndexRoom extends Readonly<Pick<Block, "base" | "starts" | "lengths">> {
  readonly used: number;
  readonly free: number;
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
    const block = this.#blockFor(start, start);
    const at = record & (blockSize - 1);
    const length = end - start;
    block.starts[at] = start - block.base;
    block.lengths[at] = Math.min(length, longMark);
    if (length >= longMark) this.#longLengths.set(record, length);
    if (block.keyDistances) block.keyDistances[at] = start - keyStart;
    this.use(1, line);
  }

  /**
   * Where the next records are to be written when many are added at once, which begin in bytes `[start, end)` of the file; {@link use} says how many were.
   * Not for files whose records have keys.
   */
  room(start: number, end: number): IndexRoom {
    const { base, starts, lengths } = this.#blockFor(start, end);
    const used = this.count & (blockSize - 1);
    return { base, starts, lengths, used, free: blockSize - used };
  }

  /** Counts records that were written into {@link room}, one a line from `firstLine` on. */
  use(records: number, firstLine: number): void {
    const first = this.count;
    this.count += records;
    const block = this.#blocks[Math.floor(first / blockSize)];
    if (!block || (!block.lines && firstLine === first + 1)) return;
    block.lines ??= plainLines(first);
    const used = first & (blockSize - 1);
    for (let i = 0; i < records; i++) block.lines[used + i] = firstLine + i;
  }

  /** Takes back the last record: it stood unfinished at the end of a file that has grown. */
  removeLast(): void {
    if (this.count === 0) return;
    this.count -= 1;
    this.#longLengths.delete(this.count);
  }

  start(record: number): number {
    const block = this.#blockOf(record);
    return block ? block.base + (block.starts[record & (blockSize - 1)] ?? 0) : 0;
  }

  end(record: number): number {
    const length = this.#blockOf(record)?.lengths[record & (blockSize - 1)] ?? 0;
    return this.start(record) + (length === longMark ? (this.#longLengths.get(record) ?? 0) : length);
  }

  line(record: number): number {
    const block = this.#blockOf(record);
    return block ? (block.lines?.[record & (blockSize - 1)] ?? record + 1) : 0;
  }

  /** Byte offset of the record's key, or of the record where it has none. */
  keyStart(record: number): number {
    return this.start(record) - (this.#blockOf(record)?.keyDistances?.[record & (blockSize - 1)] ?? 0);
  }

  save(writer: BinaryWriter): void {
    writer.number(this.count);
    for (const [number, block] of this.#blocks.entries()) {
      const used = Math.min(blockSize, this.count - number * blockSize);
      if (used <= 0) break;
      writer.number(block.base);
      writer.number(block.starts.BYTES_PER_ELEMENT);
      writer.array(block.starts.subarray(0, used));
      writer.array(block.lengths.subarray(0, used));
      writer.number(block.lines ? 1 : 0);
      if (block.lines) writer.array(block.lines.subarray(0, used));
      if (block.keyDistances) writer.array(block.keyDistances.subarray(0, used));
    }
    writer.text(JSON.stringify([...this.#longLengths]));
  }

  /** An index as it was saved. Throws when the bytes are none. */
  static restore(reader: BinaryReader, keyed: boolean): RecordIndex {
    const index = new RecordIndex(keyed);
    index.count = reader.number();
    for (let first = 0; first < index.count; first += blockSize) {
      const block = index.#addBlock(reader.number());
      if (reader.number() === Float64Array.BYTES_PER_ELEMENT) {
        block.starts = new Float64Array(blockSize);
        block.starts.set(new Float64Array(reader.buffer()));
      } else block.starts.set(new Uint32Array(reader.buffer()));
      block.lengths.set(new Uint32Array(reader.buffer()));
      if (reader.number() === 1) {
        block.lines = new Uint32Array(blockSize);
        block.lines.set(new Uint32Array(reader.buffer()));
      }
      block.keyDistances?.set(new Uint32Array(reader.buffer()));
    }
    const long: unknown = JSON.parse(reader.text());
    for (const entry of Array.isArray(long) ? long : [])
      if (Array.isArray(entry)) index.#longLengths.set(Number(entry[0]), Number(entry[1]));
    return index;
  }

  #blockOf(record: number): Block | undefined {
    return record < this.count ? this.#blocks[Math.floor(record / blockSize)] : undefined;
  }

  /** The block of the next record, which begins at `start`; wide enough for starts before `end`. */
  #blockFor(start: number, end: number): Block {
    const block = this.#blocks[Math.floor(this.count / blockSize)] ?? this.#addBlock(start);
    if (end - block.base >= 2 ** 32 && block.starts instanceof Uint32Array) block.starts = Float64Array.from(block.starts);
    return block;
  }

  #addBlock(base: number): Block {
    const block: Block = {
      base,
      starts: new Uint32Array(blockSize),
      lengths: new Uint32Array(blockSize),
      lines: undefined,
      keyDistances: this.#keyed ? new Uint32Array(blockSize) : undefined,
    };
    this.#blocks.push(block);
    return block;
  }
}

/** Line numbers of a block whose records up to `record` stand on the lines of their own numbers. */
function plainLines(record: number): Uint32Array {
  const lines = new Uint32Array(blockSize);
  const first = Math.floor(record / blockSize) * blockSize;
  for (let at = 0; first + at < record; at++) lines[at] = first + at + 1;
  return lines;
}
