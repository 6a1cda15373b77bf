import type { BinaryReader, BinaryWriter } from "../cache/binary";
import type { Change, Container, ReadProgress, RecordProvider, RecordText } from "../container/recordProvider";
import { type Arrival, type ByteSource, copyOf } from "./byteSource";
import { decodeUtf8, wholeCharacters } from "./decode";
import { LineScanner } from "./lineScanner";
import { RecordIndex } from "./recordIndex";
import type { Scanner } from "./scanner";
import { type Layout, sniffBytes, sniffLayout } from "./sniff";
import { ValueScanner } from "./valueScanner";

/** Bytes a read. */
const pieceBytes = 1 << 20;
/** Bytes of a record that are decoded at most: a JavaScript string ends at 512 MB. */
export const maxRecordBytes = 256 << 20;
/** Bytes at either end that tell whether a file was replaced. */
const probeBytes = 64;

/**
 * The records of a file: found piece by piece with {@link indexMore}, decoded one at a time when asked for. Blank lines, commas and the container's
 * own brackets belong to no record. Never throws on any content.
 */
export class RecordFile implements RecordProvider {
  readonly source: ByteSource;
  readonly name: string;
  readonly #arrival: Arrival | undefined;
  #index: RecordIndex;
  #scanner: Scanner;
  #layout: Layout;
  #bytesIndexed = 0;
  #size: number;
  /** The layout is known. */
  #started = false;
  #ended = false;
  /** The index was saved before: the scanner does not know where it stood, so a file that grows is looked through anew. */
  #restored = false;
  /** The last record stood unfinished at the end of the file. */
  #provisional = false;
  #head: Uint8Array;
  #tail: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.source = source;
    this.name = source.name;
    this.#arrival = source.arrival;
    this.#size = source.size();
    this.#index = new RecordIndex(false);
    this.#scanner = new LineScanner(this.#index, 0);
    this.#layout = "lines";
    this.#head = new Uint8Array(0);
    this.#startWhenPossible();
  }

  /** Records found so far. */
  get count(): number {
    return this.#index.count;
  }

  /** True when the whole file is indexed. */
  get done(): boolean {
    return this.#ended;
  }

  get bytesIndexed(): number {
    return this.#bytesIndexed;
  }

  get packing(): string | undefined {
    return this.#arrival?.packing;
  }

  /** The file as it was when it was last looked at with {@link refresh}. */
  get progress(): ReadProgress {
    if (!this.#arrival) return { read: this.#bytesIndexed, total: this.#size };
    return { read: this.#arrival.bytesRead, total: this.#arrival.bytesTotal };
  }

  get notices(): readonly string[] {
    return this.#arrival?.notices ?? [];
  }

  get container(): Container {
    if (this.#ended && this.count === 0) return "empty";
    if (this.#layout === "lines") return "jsonl";
    if (this.#layout === "array") return "json-array";
    if (this.#layout === "object") return "json-object";
    return this.#ended && this.count === 1 ? "json-single" : "json-sequence";
  }

  /** True when the last record was cut off by the end of the file: a line without a newline, a value without its end. */
  get lastUnfinished(): boolean {
    return this.#provisional;
  }

  /** Byte range of a record: its JSON without white space, separators or newline around it. */
  range(record: number): { readonly start: number; readonly end: number } {
    return { start: this.#index.start(record), end: this.#index.end(record) };
  }

  /** 1-based line of the record's first byte. */
  line(record: number): number {
    return this.#index.line(record);
  }

  hasLines(): boolean {
    return this.#layout !== "array" && this.#layout !== "object";
  }

  /** Key of the record in a file that is one object keyed by record; undefined elsewhere, and for a key that is no JSON string. */
  key(record: number): string | undefined {
    const keyStart = this.#index.keyStart(record);
    const start = this.#index.start(record);
    if (this.#layout !== "object" || keyStart >= start) return undefined;
    const written = decodeUtf8(this.source.read(keyStart, Math.min(start - keyStart, 1 << 20))).text;
    const [quoted] = /^"(?:[^"\\]|\\.)*"/su.exec(written) ?? [];
    if (quoted === undefined) return undefined;
    try {
      const key: unknown = JSON.parse(quoted);
      return typeof key === "string" ? key : undefined;
    } catch {
      return undefined;
    }
  }

  part(): undefined {
    return undefined;
  }

  arrival(): Promise<void> | undefined {
    if (!this.#arrival || this.#ended || this.#arrival.done) return undefined;
    const starved = this.#started ? this.#bytesIndexed >= this.source.size() : this.source.size() < sniffBytes;
    return starved ? this.#arrival.more() : undefined;
  }

  /** Scans on until `maxBytes` more are indexed or the file ends. True while there is more to do. */
  indexMore(maxBytes: number): boolean {
    if (!this.#startWhenPossible()) return true;
    const arrived = this.#arrival?.done ?? true;
    if (this.#arrival && !this.#ended) this.#size = this.source.size();
    const stop = Math.min(this.#size, this.#bytesIndexed + maxBytes);
    while (this.#bytesIndexed < stop) {
      const read = this.#feed(Math.min(pieceBytes, stop - this.#bytesIndexed));
      if (read === 0) {
        this.#size = this.#bytesIndexed;
        break;
      }
      this.#bytesIndexed += read;
    }
    if (arrived && this.#bytesIndexed >= this.#size && !this.#ended) this.#finish();
    return !this.#ended;
  }

  /** The record's text, `maxBytes` of it at most. Bytes that are no UTF-8 become U+FFFD with a notice. */
  read(record: number, maxBytes = maxRecordBytes): RecordText {
    const { start, end } = this.range(record);
    const limit = Math.min(maxBytes, maxRecordBytes);
    return readText(this.source, start, end, limit);
  }

  /** The first `maxBytes` of the line or bytes before the record, and after it: what stands around a broken one. */
  around(record: number, maxBytes: number): { readonly before?: string; readonly after?: string } {
    const text = (neighbour: number): string =>
      readText(this.source, this.range(neighbour).start, this.range(neighbour).end, maxBytes).text;
    return {
      ...(record > 0 ? { before: text(record - 1) } : {}),
      ...(record + 1 < this.count ? { after: text(record + 1) } : {}),
    };
  }

  /**
   * Looks at the file again. Grown: the index goes on where it stood, and an unfinished last record is looked at anew, so `count` may fall by
   * one first. Replaced or cut, or too short before to tell its layout: indexing starts over and all earlier record numbers are void.
   */
  refresh(): Change {
    if (this.#arrival) return this.#refreshPacked(this.#arrival);
    const size = this.source.size();
    if (size < this.#bytesIndexed || !this.#probesHold()) {
      this.#size = size;
      this.#start();
      return "replaced";
    }
    if (size === this.#size) return "same";
    this.#size = size;
    if (this.#ended && (this.count <= 1 || this.#restored)) {
      this.#start();
      return "replaced";
    }
    if (this.#ended) {
      if (this.#provisional) this.#index.removeLast();
      this.#provisional = false;
      this.#ended = false;
    }
    return "grown";
  }

  close(): void {
    this.source.close();
  }

  /** Saves where the records are, once all are found. False for packed files of which something is missing. */
  save(writer: BinaryWriter): boolean {
    if (!this.#ended || this.notices.length > 0) return false;
    writer.text(this.#layout);
    writer.number(this.#bytesIndexed);
    writer.number(this.#provisional ? 1 : 0);
    this.#index.save(writer);
    return true;
  }

  /** Takes over what was saved of the same file: all its records are found then. Throws when the bytes are not of this file. */
  restore(reader: BinaryReader): void {
    const layout = reader.text();
    const bytesIndexed = reader.number();
    const provisional = reader.number() === 1;
    const index = RecordIndex.restore(reader, layout === "object");
    if (!this.#started || !(this.#arrival?.done ?? true) || layout !== this.#layout || bytesIndexed !== this.#size)
      throw new RangeError("Saved of another file");
    this.#index = index;
    this.#bytesIndexed = bytesIndexed;
    this.#ended = true;
    this.#provisional = provisional;
    this.#restored = true;
    this.#keepTail();
  }

  /** Scans at most `length` bytes more; gives how many there were. */
  #feed(length: number): number {
    const piece = this.#layout === "lines" ? this.source.readLines?.(this.#bytesIndexed, length) : undefined;
    const bytes = piece?.bytes ?? this.source.read(this.#bytesIndexed, length);
    if (bytes.length > 0) this.#scanner.feed(bytes, this.#bytesIndexed, piece?.newlines);
    return bytes.length;
  }

  /** A packed file tells by itself that it changed. */
  #keepTail(): void {
    if (this.#arrival) return;
    this.#tail = copyOf(this.source.read(Math.max(0, this.#bytesIndexed - probeBytes), Math.min(this.#bytesIndexed, probeBytes)));
  }

  #refreshPacked(arrival: Arrival): Change {
    if (!arrival.changed()) return "same";
    arrival.restart();
    this.#index = new RecordIndex(false);
    this.#started = false;
    this.#ended = false;
    this.#provisional = false;
    this.#bytesIndexed = 0;
    return "replaced";
  }

  /** Begins once the bytes are there that tell the layout. */
  #startWhenPossible(): boolean {
    if (this.#started) return true;
    if (this.#arrival && !this.#arrival.done && this.source.size() < sniffBytes) return false;
    this.#size = this.source.size();
    this.#start();
    return true;
  }

  #start(): void {
    this.#started = true;
    this.#restored = false;
    const head = this.source.read(0, Math.min(this.#size, sniffBytes));
    const mark = byteOrderMark(head);
    this.#head = copyOf(head.subarray(0, probeBytes));
    this.#layout = sniffLayout(head.subarray(mark), (this.#arrival?.done ?? true) && head.length >= this.#size);
    this.#index = new RecordIndex(this.#layout === "object");
    this.#scanner = this.#layout === "lines" ? new LineScanner(this.#index, mark) : new ValueScanner(this.#index, this.#layout);
    this.#bytesIndexed = mark;
    this.#ended = false;
    this.#provisional = false;
  }

  #finish(): void {
    this.#ended = true;
    this.#provisional = this.#scanner.finish(this.#bytesIndexed);
    this.#keepTail();
  }

  /** The first bytes, and the last ones when the end was reached, are what they were. */
  #probesHold(): boolean {
    if (!sameBytes(this.source.read(0, this.#head.length), this.#head)) return false;
    return !this.#ended || sameBytes(this.source.read(this.#bytesIndexed - this.#tail.length, this.#tail.length), this.#tail);
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && b.every((byte, i) => a[i] === byte);

/** Length of a UTF-8 byte order mark at the start. */
const byteOrderMark = (head: Uint8Array): number => (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0);

function readText(source: ByteSource, start: number, end: number, maxBytes: number): RecordText {
  const truncated = end - start > maxBytes;
  const bytes = source.read(start, truncated ? maxBytes : end - start);
  return { ...decodeUtf8(truncated ? wholeCharacters(bytes) : bytes), truncated };
}

/** Opens the records of a source. Reads the first megabyte to see the layout; records are found with {@link RecordFile.indexMore}. */
export const openRecords = (source: ByteSource): RecordFile => new RecordFile(source);
