import type { IndexRoom, RecordIndex } from "./recordIndex";
import type { Scanner } from "./scanner";

const newline = 10;
const carriageReturn = 13;
const space = 32;

/** White space that may fill a blank line. NUL is not among it: a line of NULs is a broken record that a reader should see. */
const isBlankByte = (byte: number): boolean => byte === space || (byte >= 9 && byte <= 13);

/**
 * Finds the lines of a file that is fed piece by piece. A line that holds more than white space is a record; its range leaves out the newline and a
 * carriage return before it. Newlines that the source has not found are found with `indexOf`, several times faster than a loop over bytes.
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

  feed(piece: Uint8Array, offset: number, newlines?: Uint32Array): void {
    const from = newlines ? this.#endLines(piece, offset, newlines) : this.#findLines(piece, offset);
    if (!this.#inked) this.#inked = hasInk(piece, from, piece.length);
    this.#lastByte = piece[piece.length - 1] ?? this.#lastByte;
  }

  finish(end: number): boolean {
    if (!this.#inked) return false;
    this.#index.add(this.#lineStart, this.#lastByte === carriageReturn ? end - 1 : end, this.#line);
    return true;
  }

  /** Ends the lines that end in the piece; gives where the next one begins. */
  #findLines(piece: Uint8Array, offset: number): number {
    let from = 0;
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, from)) {
      this.#endLine(piece, offset, from, at);
      from = at + 1;
    }
    return from;
  }

  /** As {@link #findLines}. All lines but the first begin in the piece: those that plainly hold ink are added in one go. */
  #endLines(piece: Uint8Array, offset: number, newlines: Uint32Array): number {
    let from = 0;
    for (let done = 0; done < newlines.length; ) {
      const at = newlines[done]!;
      this.#endLine(piece, offset, from, at);
      done = this.#addLines(piece, offset, newlines, done + 1);
      from = newlines[done - 1]! + 1;
    }
    return from;
  }

  /** Adds the lines that end at newline `done` and after, up to one that begins with white space; gives the number of its newline. */
  #addLines(piece: Uint8Array, offset: number, newlines: Uint32Array, done: number): number {
    const room = this.#index.room(this.#lineStart, offset + piece.length);
    const added = addInkedLines(room, piece, offset - room.base, newlines, done, Math.min(newlines.length, done + room.free));
    this.#index.use(added, this.#line);
    this.#line += added;
    this.#lineStart = offset + newlines[done + added - 1]! + 1;
    return done + added;
  }

  /** The line whose part in the piece goes from `from` to the newline at `at`. */
  #endLine(piece: Uint8Array, offset: number, from: number, at: number): void {
    if (this.#inked || hasInk(piece, from, at)) {
      const last = at > 0 ? piece[at - 1] : this.#lastByte;
      const end = offset + at;
      this.#index.add(this.#lineStart, last === carriageReturn && end > this.#lineStart ? end - 1 : end, this.#line);
    }
    this.#line += 1;
    this.#lineStart = offset + at + 1;
    this.#inked = false;
  }
}

/**
 * Adds the lines that end at newlines `[done, until)` as long as each begins with more than white space; gives how many. `offset`: of the piece, from the room's
 * base. A function of its own because it is compiled once and for all: the lines of a large file are its only work.
 */
function addInkedLines(
  { starts, lengths, used }: IndexRoom,
  piece: Uint8Array,
  offset: number,
  newlines: Uint32Array,
  done: number,
  until: number,
): number {
  let from = newlines[done - 1]! + 1;
  for (let i = done; i < until; i++) {
    if (piece[from]! <= space) return i - done;
    const end = newlines[i]!;
    const at = used + i - done;
    starts[at] = offset + from;
    lengths[at] = end - from - (piece[end - 1] === carriageReturn ? 1 : 0);
    from = end + 1;
  }
  return until - done;
}

function hasInk(piece: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlankByte(piece[at]!)) return true;
  return false;
}
