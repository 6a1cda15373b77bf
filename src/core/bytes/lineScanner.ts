import type { RecordIndex } from "./recordIndex";
import type { Scanner } from "./scanner";

const newline = 10;
const carriageReturn = 13;

/** White space that may fill a blank line. NUL is not among it: a line of NULs is a broken record that a reader should see. */
const isBlankByte = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);

/**
 * Finds the lines of a file that is fed piece by piece. A line that holds more than white space is a record; its range leaves out the newline and a
 * carriage return before it. Newlines are found with `indexOf`, which Node's Buffer does several times faster than a loop over bytes.
 */
export class LineScanner implements Scanner {
  #line = 1;
  /** Offset of the first byte of the line under way, and whether it holds more than white space so far. */
  #lineStart: number;
  #inked = false;
  #lastByte = 0;
  readonly #index: RecordIndex;

  constructor(index: RecordIndex, start: number) {
    this.#index = index;
    this.#lineStart = start;
  }

  feed(piece: Uint8Array, offset: number): void {
    let from = 0;
    let at = piece.indexOf(newline);
    while (at >= 0) {
      if (this.#inked || hasInk(piece, from, at)) {
        const last = at > 0 ? piece[at - 1] : this.#lastByte;
        const end = offset + at;
        this.#index.add(this.#lineStart, last === carriageReturn && end > this.#lineStart ? end - 1 : end, this.#line);
      }
      this.#line += 1;
      from = at + 1;
      this.#lineStart = offset + from;
      this.#inked = false;
      at = piece.indexOf(newline, from);
    }
    if (!this.#inked) this.#inked = hasInk(piece, from, piece.length);
    this.#lastByte = piece[piece.length - 1] ?? this.#lastByte;
  }

  finish(end: number): boolean {
    if (!this.#inked) return false;
    this.#index.add(this.#lineStart, this.#lastByte === carriageReturn ? end - 1 : end, this.#line);
    return true;
  }
}

function hasInk(piece: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlankByte(piece[at]!)) return true;
  return false;
}
