import type { Notice } from "../trace";
import type { ByteSource } from "./byteSource";
import { LineScanner } from "./lineScanner";
import { RecordIndex } from "./recordIndex";
import type { Scanner } from "./scanner";
import { type Layout, sniffBytes, sniffLayout } from "./sniff";
import { ValueScanner } from "./valueScanner";

/** How a file's records are laid out, as shown to a user. */
export type Container = "jsonl" | "json-array" | "json-object" | "json-sequence" | "json-single" | "empty";

/** Bytes a read. Pieces that stay in a core's cache scan four times faster than 1 MB pieces. */
const pieceBytes = 1 << 18;
/** Bytes of a record that are decoded at most: a JavaScript string ends at 512 MB. */
export const maxRecordBytes = 256 << 20;
/** Bytes at either end that tell whether a file was replaced. */
const probeBytes = 64;

/** The text of a record. */
export interface RecordText {
  readonly text: string;
  /** True when the record is longer than was asked for. */
  readonly truncated: boolean;
  readonly notices: readonly Notice[];
}

/** What became of a file since it was last looked at. */
export type Change = "same" | "grown" | "replaced";

/**
 * The records of a file: found piece by piece with {@link indexMore}, decoded one at a time when asked for. Blank lines, commas and the container's
 * own brackets belong to no record. Never throws on any content.
 */
export class RecordFile {
  readonly source: ByteSource;
  #index: RecordIndex;
  #scanner: Scanner;
  #layout: Layout;
  #bytesIndexed = 0;
  #size: number;
  #ended = false;
  /** The last record stood unfinished at the end of the file. */
  #provisional = false;
  #head: Uint8Array;
  #tail: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.source = source;
    this.#size = source.size();
    this.#index = new RecordIndex(false);
    this.#scanner = new LineScanner(this.#index, 0);
    this.#layout = "lines";
    this.#head = new Uint8Array(0);
    this.#start();
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

  /** Size in bytes that the index is about; a file that grows is looked at again with {@link refresh}. */
  get size(): number {
    return this.#size;
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

  /** Key of the record in a file that is one object keyed by record; undefined elsewhere, and for a key that is no JSON string. */
  key(record: number): string | undefined {
    const keyStart = this.#index.keyStart(record);
    const start = this.#index.start(record);
    if (this.#layout !== "object" || keyStart >= start) return undefined;
    const written = decode(this.source.read(keyStart, Math.min(start - keyStart, 1 << 20))).text;
    const [quoted] = /^"(?:[^"\\]|\\.)*"/su.exec(written) ?? [];
    if (quoted === undefined) return undefined;
    try {
      const key: unknown = JSON.parse(quoted);
      return typeof key === "string" ? key : undefined;
    } catch {
      return undefined;
    }
  }

  /** Scans on until `maxBytes` more are indexed or the file ends. True while there is more to do. */
  indexMore(maxBytes: number): boolean {
    const stop = Math.min(this.#size, this.#bytesIndexed + maxBytes);
    while (this.#bytesIndexed < stop) {
      const piece = this.source.read(this.#bytesIndexed, Math.min(pieceBytes, stop - this.#bytesIndexed));
      if (piece.length === 0) {
        this.#size = this.#bytesIndexed;
        break;
      }
      this.#scanner.feed(piece, this.#bytesIndexed);
      this.#bytesIndexed += piece.length;
    }
    if (this.#bytesIndexed >= this.#size && !this.#ended) this.#finish();
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
    const size = this.source.size();
    if (size < this.#bytesIndexed || !this.#probesHold()) {
      this.#size = size;
      this.#start();
      return "replaced";
    }
    if (size === this.#size) return "same";
    this.#size = size;
    if (this.#ended && this.count <= 1) {
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

  #start(): void {
    const head = this.source.read(0, Math.min(this.#size, sniffBytes));
    const mark = byteOrderMark(head);
    this.#head = head.slice(0, probeBytes);
    this.#layout = sniffLayout(head.subarray(mark), head.length >= this.#size);
    this.#index = new RecordIndex(this.#layout === "object");
    this.#scanner = this.#layout === "lines" ? new LineScanner(this.#index, mark) : new ValueScanner(this.#index, this.#layout);
    this.#bytesIndexed = mark;
    this.#ended = false;
    this.#provisional = false;
  }

  #finish(): void {
    this.#ended = true;
    this.#provisional = this.#scanner.finish(this.#bytesIndexed);
    this.#tail = this.source.read(Math.max(0, this.#bytesIndexed - probeBytes), Math.min(this.#bytesIndexed, probeBytes)).slice();
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
  const { text, invalid } = decode(truncated ? bytes.subarray(0, wholeCharacters(bytes)) : bytes);
  const notices: Notice[] = [];
  if (invalid) notices.push({ kind: "encoding", message: "Some bytes are not UTF-8; each is shown as U+FFFD (�)" });
  return { text, truncated, notices };
}

const lenientDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strictDecoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** Decodes UTF-8. A text may hold U+FFFD rightly, so only such a text is decoded twice to tell. */
function decode(bytes: Uint8Array): { readonly text: string; readonly invalid: boolean } {
  const text = lenientDecoder.decode(bytes);
  if (!text.includes("\ufffd")) return { text, invalid: false };
  try {
    strictDecoder.decode(bytes);
    return { text, invalid: false };
  } catch {
    return { text, invalid: true };
  }
}

/** Length without a character that was cut at the end. */
function wholeCharacters(bytes: Uint8Array): number {
  let at = bytes.length;
  while (at > 0 && bytes.length - at < 4 && (bytes[at - 1]! & 0xc0) === 0x80) at -= 1;
  return at > 0 && bytes[at - 1]! >= 0xc0 ? at - 1 : bytes.length;
}

/** Opens the records of a source. Reads the first megabyte to see the layout; records are found with {@link RecordFile.indexMore}. */
export const openRecords = (source: ByteSource): RecordFile => new RecordFile(source);
