/** Which words and numbers a trace has used so far, kept as hashes in a bitmap: collisions cost a little accuracy, never memory. */
import { codeUnits } from "../codeUnits";

const leastSize = 1 << 10;
const mostSize = 1 << 17;

const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * A growing set of words and numbers. {@link read} leaves its counts in the fields, which hold until the next call:
 * an object a sentence would cost more than the reading.
 */
export class Vocabulary {
  readonly #seen: Uint8Array;
  readonly #mask: number;
  /** Content words of the last stretch: Latin words of four letters or more, pairs of Han characters. */
  words = 0;
  /** Of them, never seen before. */
  fresh = 0;
  /** Of them, in the other vocabulary. */
  shared = 0;
  numbers = 0;
  newNumbers = 0;
  /** The stretch has a relation sign. */
  equation = false;

  /** `textLength`: code units that will be read in all, for the size of the bitmap. */
  constructor(textLength: number) {
    let size = leastSize;
    while (size < mostSize && size < textLength) size *= 2;
    this.#seen = new Uint8Array(size);
    this.#mask = size - 1;
  }

  /** Reads `text[start, end)` and adds its words and numbers. `other` is only looked up. Linear. */
  read(text: string, start: number, end: number, other?: Vocabulary): void {
    this.words = this.fresh = this.shared = this.numbers = this.newNumbers = 0;
    this.equation = false;
    const units = codeUnits(text);
    let i = start;
    while (i < end) {
      const code = units[i]!;
      let letter = code | 32;
      if (letter >= 97 && letter <= 122) {
        let hash = 17;
        const from = i;
        while (letter >= 97 && letter <= 122 && i < end) {
          hash = (Math.imul(hash, 31) + letter) | 0;
          letter = units[++i]! | 32;
        }
        if (i - from >= 4) this.#addWord(hash, other);
      } else if (isDigit(code)) {
        i = this.#addNumber(units, i, end);
      } else if (isHan(code)) {
        if (isHan(units[i + 1]!)) this.#addWord(Math.imul(code, 131) + units[i + 1]!, other);
        i++;
      } else {
        if (code === 61 || code === 0x2248 || code === 0x2264 || code === 0x2265) this.equation = true;
        i++;
      }
    }
  }

  #addWord(hash: number, other: Vocabulary | undefined): void {
    const mixed = hash ^ (hash >>> 15);
    const slot = mixed & this.#mask;
    this.words++;
    if (this.#seen[slot] === 0) this.fresh++;
    this.#seen[slot] = 1;
    if (other?.has(mixed)) this.shared++;
  }

  /** Whether a word of this mixed hash was read. */
  has(mixed: number): boolean {
    return this.#seen[mixed & this.#mask] !== 0;
  }

  #addNumber(units: Uint16Array, at: number, end: number): number {
    let hash = 7919;
    let i = at;
    for (let code = units[i]!; i < end && (isDigit(code) || (code === 46 && isDigit(units[i + 1]!))); code = units[++i]!) {
      hash = (Math.imul(hash, 37) + code) | 0;
    }
    const slot = (hash ^ (hash >>> 13)) & this.#mask;
    this.numbers++;
    if (this.#seen[slot] === 0) this.newNumbers++;
    this.#seen[slot] = 1;
    return i;
  }
}
