import type { RecordIndex } from "./recordIndex";
import type { Scanner } from "./scanner";

/** How values stand in the file: elements of one array, entries of one object, or one after another. */
export type ValueLayout = "array" | "object" | "sequence";

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
/** Bytes of a string that are looked at one by one before `indexOf` takes over: keys and short values end within them. */
const shortString = 24;

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;
const isOpening = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number): boolean => byte === 0x7d || byte === 0x5d;

/** What the scanner is inside of, at the depth of records. */
type State = "before" | "between" | "scalar" | "nested" | "string";

/**
 * Finds the byte ranges of JSON values without parsing them: strings and escapes are followed, brackets counted. Broken JSON still gives ranges
 * that cover every byte that is not white space, a comma or a bracket of the container; what is in them is the parser's business.
 */
export class ValueScanner implements Scanner {
  readonly #index: RecordIndex;
  #layout: ValueLayout;
  #state: State;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #valueStart = 0;
  #valueLine = 1;
  /** Offset of the key whose value is awaited; −1 when a key is awaited instead. */
  #keyStart = -1;
  #keyPending = false;
  #line = 1;
  /** Offset in the piece of the next newline not yet counted. */
  #nextNewline = -1;
  #piece: Uint8Array = new Uint8Array(0);
  #offset = 0;

  constructor(index: RecordIndex, layout: ValueLayout) {
    this.#index = index;
    this.#layout = layout;
    this.#state = layout === "sequence" ? "between" : "before";
  }

  feed(piece: Uint8Array, offset: number): void {
    this.#piece = piece;
    this.#offset = offset;
    this.#nextNewline = piece.indexOf(10);
    let at = 0;
    while (at < piece.length) at = this.#inString ? this.#skipString(at) : this.#step(at);
    this.#countLinesTo(piece.length);
  }

  finish(end: number): boolean {
    if (this.#state !== "between" && this.#state !== "before") {
      this.#index.add(this.#valueStart, end, this.#valueLine, this.#keyStart >= 0 ? this.#keyStart : this.#valueStart);
      return true;
    }
    if (this.#keyStart < 0) return false;
    this.#index.add(this.#keyStart, end, this.#valueLine);
    return true;
  }

  /** Handles the byte at `at` outside strings and gives where to go on. */
  #step(at: number): number {
    const byte = this.#piece[at]!;
    if (this.#state === "nested") return this.#stepNested(at, byte);
    if (this.#state === "scalar") return this.#stepScalar(at, byte);
    if (isSpace(byte)) return at + 1;
    if (this.#state === "before") {
      this.#state = "between";
      return at + 1;
    }
    return this.#stepBetween(at, byte);
  }

  #stepNested(at: number, byte: number): number {
    if (byte === quote) this.#inString = true;
    else if (isOpening(byte)) this.#depth += 1;
    else if (isClosing(byte)) {
      this.#depth -= 1;
      if (this.#depth === 0) this.#emit(at + 1);
    }
    return at + 1;
  }

  #stepScalar(at: number, byte: number): number {
    if (isSpace(byte) || byte === comma || byte === quote || isOpening(byte) || this.#endsContainer(byte)) {
      this.#emit(at);
      return at;
    }
    return at + 1;
  }

  #stepBetween(at: number, byte: number): number {
    if (byte === comma) {
      if (this.#keyStart >= 0) this.#emitLooseKey(at);
      return at + 1;
    }
    if (this.#endsContainer(byte)) {
      if (this.#keyStart >= 0) this.#emitLooseKey(at);
      this.#layout = "sequence";
      return at + 1;
    }
    if (byte === colon && this.#keyStart >= 0) return at + 1;
    this.#countLinesTo(at);
    this.#valueStart = this.#offset + at;
    this.#valueLine = this.#line;
    if (byte === quote) {
      this.#inString = true;
      this.#state = "string";
      this.#keyPending = this.#layout === "object" && this.#keyStart < 0;
      return at + 1;
    }
    if (isOpening(byte)) {
      this.#depth = 1;
      this.#state = "nested";
      return at + 1;
    }
    this.#state = "scalar";
    return at + 1;
  }

  #endsContainer(byte: number): boolean {
    return (this.#layout === "array" && byte === 0x5d) || (this.#layout === "object" && byte === 0x7d);
  }

  /** A string ended at `end`, exclusive. */
  #stringEnded(end: number): void {
    if (this.#state !== "string") return;
    if (!this.#keyPending) {
      this.#emit(end);
      return;
    }
    this.#keyStart = this.#valueStart;
    this.#keyPending = false;
    this.#state = "between";
  }

  #emit(end: number): void {
    this.#index.add(this.#valueStart, this.#offset + end, this.#valueLine, this.#keyStart >= 0 ? this.#keyStart : this.#valueStart);
    this.#keyStart = -1;
    this.#state = "between";
  }

  /** A key without a value is a record of its own, so that a reader sees it. */
  #emitLooseKey(at: number): void {
    this.#index.add(this.#keyStart, this.#offset + at, this.#valueLine);
    this.#keyStart = -1;
  }

  /** Goes on inside a string from `from`; gives the offset after its closing quote, or the piece's end. */
  #skipString(from: number): number {
    const piece = this.#piece;
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at += 1;
    }
    const near = Math.min(piece.length, at + shortString);
    while (at < near) {
      const byte = piece[at]!;
      if (byte === quote) {
        this.#inString = false;
        this.#stringEnded(at + 1);
        return at + 1;
      }
      at += byte === backslash ? 2 : 1;
    }
    return at < piece.length ? this.#skipLongString(at) : this.#leavePiece(at);
  }

  #skipLongString(from: number): number {
    const piece = this.#piece;
    let at = from;
    for (;;) {
      const found = piece.indexOf(quote, at);
      const stop = found < 0 ? piece.length : found;
      const escaped = backslashesBefore(piece, at, stop) % 2 === 1;
      if (found < 0) return this.#leavePiece(escaped ? stop + 1 : stop);
      if (!escaped) {
        this.#inString = false;
        this.#stringEnded(found + 1);
        return found + 1;
      }
      at = found + 1;
      if (at >= piece.length) return piece.length;
    }
  }

  /** `at` lies one past the piece's end when its last byte escapes the first byte of the next piece. */
  #leavePiece(at: number): number {
    this.#escaped = at > this.#piece.length;
    return this.#piece.length;
  }

  #countLinesTo(at: number): void {
    while (this.#nextNewline >= 0 && this.#nextNewline < at) {
      this.#line += 1;
      this.#nextNewline = this.#piece.indexOf(10, this.#nextNewline + 1);
    }
  }
}

/** Backslashes in a row that end at `end`, not before `from`. A run is looked at once, as the search goes on after it. */
function backslashesBefore(piece: Uint8Array, from: number, end: number): number {
  let at = end;
  while (at > from && piece[at - 1] === backslash) at -= 1;
  return end - at;
}
