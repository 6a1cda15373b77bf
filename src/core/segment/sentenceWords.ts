/** Which words and numbers a trace has used so far, kept as hashes in a bitmap: collisions cost a little accuracy, never memory. */
import { codeUnits } from "../codeUnits";
import { Bytes } from "../scratch";
import { type Tokens, tokenKinds } from "../words/tokens";
import { baseVocabulary, type Vocabulary } from "../words/vocabulary";

const leastSize = 1 << 10;
const mostSize = 1 << 17;

/** Letters a word needs to be one of content. */
const contentLength = 4;

const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff;
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isRelation = (unit: number): boolean => unit === 61 || unit === 0x2248 || unit === 0x2264 || unit === 0x2265;

/** The hash of each word and number by id, 0 where not yet worked out. Entries of the base vocabulary stay, the others are a trace's own. */
let hashes = new Int32Array(1 << 12);
let baseKnown = 0;

/** Bitmaps of the words of a question and a text: those of one trace at a time. */
const memory = { asked: new Bytes(), seen: new Bytes() };
const nothing = new Uint8Array(1);

function clearHashes(vocabulary: Vocabulary): void {
  if (vocabulary.length > hashes.length) {
    const larger = new Int32Array(vocabulary.length * 2);
    larger.set(hashes.subarray(0, baseKnown));
    hashes = larger;
  } else hashes.fill(0, baseKnown, vocabulary.length);
  baseKnown = baseVocabulary.length;
}

function hashOfWord(units: Uint16Array, start: number, end: number): number {
  let hash = 17;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (units[at]! | 32)) | 0;
  return hash ^ (hash >>> 15);
}

function hashOfNumber(units: Uint16Array, start: number, end: number): number {
  let hash = 7919;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 37) + units[at]!) | 0;
  return hash ^ (hash >>> 13);
}

/**
 * A growing set of words and numbers. {@link read} leaves its counts in the fields, which hold until the next call:
 * an object a sentence would cost more than the reading. One is used at a time: the next one takes its memory.
 */
export class SentenceWords {
  readonly #seen: Uint8Array;
  readonly #seenMask: number;
  readonly #asked: Uint8Array;
  readonly #askedMask: number;
  readonly #tokens: Tokens;
  readonly #units: Uint16Array;
  /** Content words of the last stretch: words of four letters or more, pairs of Han characters. */
  words = 0;
  /** Of them, never seen before. */
  fresh = 0;
  /** Of them, in the question. */
  shared = 0;
  numbers = 0;
  newNumbers = 0;
  /** The stretch has a relation sign. */
  equation = false;

  /** For the stretches of a text; both token columns are of one vocabulary. */
  constructor(tokens: Tokens, question: Tokens, vocabulary: Vocabulary) {
    clearHashes(vocabulary);
    this.#seenMask = bitmapSize(question.text.length) - 1;
    this.#seen = memory.asked.filled(this.#seenMask + 1, 0);
    this.#tokens = question;
    this.#units = codeUnits(question.text);
    this.#asked = nothing;
    this.#askedMask = 0;
    this.read(0, question.count);
    this.#asked = this.#seen;
    this.#askedMask = this.#seenMask;
    this.#seenMask = bitmapSize(tokens.text.length) - 1;
    this.#seen = memory.seen.filled(this.#seenMask + 1, 0);
    this.#tokens = tokens;
    this.#units = codeUnits(tokens.text);
  }

  /** Reads the tokens `[first, last)` and adds their words and numbers. Linear. */
  read(first: number, last: number): void {
    this.words = this.fresh = this.shared = this.numbers = this.newNumbers = 0;
    this.equation = false;
    const { ids, starts, ends, kinds } = this.#tokens;
    const units = this.#units;
    for (let token = first; token < last; token++) {
      const start = starts[token]!;
      const end = ends[token]!;
      switch (kinds[token]) {
        case tokenKinds.word:
          if (end - start >= contentLength) this.#addWord(this.#hashOf(ids[token]!, start, end));
          break;
        case tokenKinds.command:
          if (end - start > contentLength) this.#addWord(this.#hashOf(ids[token]!, start + 1, end));
          break;
        case tokenKinds.number: {
          const id = ids[token]!;
          if (hashes[id] === 0) hashes[id] = hashOfNumber(units, start, end);
          this.#addNumber(hashes[id]!);
          break;
        }
        case tokenKinds.grouped:
          this.#addGroups(start, end);
          break;
        case tokenKinds.operator:
          if (isRelation(units[start]!)) this.equation = true;
          break;
        default:
          if (isHan(units[start]!) && isHan(units[end]!)) this.#addPair(units[start]!, units[end]!);
      }
    }
  }

  #hashOf(id: number, start: number, end: number): number {
    const known = hashes[id]!;
    if (known !== 0) return known;
    const hash = hashOfWord(this.#units, start, end);
    hashes[id] = hash;
    return hash;
  }

  #addWord(hash: number): void {
    const slot = hash & this.#seenMask;
    this.words++;
    if (this.#seen[slot] === 0) this.fresh++;
    this.#seen[slot] = 1;
    if (this.#asked[hash & this.#askedMask] === 1) this.shared++;
  }

  #addPair(unit: number, next: number): void {
    const hash = Math.imul(unit, 131) + next;
    this.#addWord(hash ^ (hash >>> 15));
  }

  #addNumber(hash: number): void {
    const slot = hash & this.#seenMask;
    this.numbers++;
    if (this.#seen[slot] === 0) this.newNumbers++;
    this.#seen[slot] = 1;
  }

  /** Each group of `1,000` as a number of its own. */
  #addGroups(start: number, end: number): void {
    const units = this.#units;
    for (let from = start; from < end; ) {
      let to = from;
      while (to < end && (isDigit(units[to]!) || units[to] === 46)) to++;
      this.#addNumber(hashOfNumber(units, from, to));
      from = to + 1;
    }
  }
}

/** Entries of a bitmap with room for the words of so many code units; a power of two. */
function bitmapSize(length: number): number {
  let size = leastSize;
  while (size < mostSize && size < length) size *= 2;
  return size;
}
