import { codeUnits } from "../codeUnits";
import { isCjk } from "../measure/tokens";

/** What a word is. Numbers and operators carry a calculation; names and words carry what it is about. */
export const wordKinds = { word: 0, number: 1, operator: 2, cjk: 3 } as const;

/**
 * A text as numbered words, in columns. Case, white space, LaTeX delimiters and brackets are ignored, so `\(2x = 3y\)` and `$2x=3y$` have the
 * same words. A word's id is its place in the {@link Vocabulary} that made it; equal ids are equal words.
 */
export interface Words {
  readonly count: number;
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
}

const other = 0;
const letter = 1;
const digit = 2;
const operator = 3;
const backslash = 4;

const classes = new Uint8Array(0x10000);
const mark = (from: number, to: number, value: number): void => {
  classes.fill(value, from, to + 1);
};
mark(0x30, 0x39, digit);
mark(0x41, 0x5a, letter);
mark(0x61, 0x7a, letter);
mark(0xc0, 0x24f, letter);
mark(0x370, 0x1fff, letter);
mark(0x2190, 0x22ff, operator);
mark(0x2070, 0x209c, operator);
mark(0xac00, 0xd7af, letter);
for (const sign of "=+-*/^<>%!|~±×÷·²³¹°–＝") classes[sign.charCodeAt(0)] = operator;
classes[0x5c] = backslash;
classes[0x27] = other;

/** LaTeX commands that only lay out: they say nothing of the content. */
const layout = [
  "left",
  "right",
  "big",
  "bigl",
  "bigr",
  "quad",
  "qquad",
  "text",
  "textbf",
  "mathrm",
  "mathbf",
  "displaystyle",
  "boxed",
  "limits",
];

/** Signs and LaTeX commands that mean the same; each group counts as its first member. */
const synonyms: readonly (readonly string[])[] = [
  ["=", "＝"],
  ["≈", "approx", "thickapprox"],
  ["≡", "equiv"],
  ["*", "×", "·", "⋅", "∗", "cdot", "times", "ast"],
  ["/", "÷", "div"],
  ["-", "−", "–"],
  ["≤", "leq", "le", "leqslant", "⩽"],
  ["≥", "geq", "ge", "geqslant", "⩾"],
  ["≠", "neq", "ne"],
  ["±", "pm"],
  ["⇒", "→", "rightarrow", "implies", "to", "⟹"],
  ["√", "sqrt"],
  ["frac", "dfrac", "tfrac", "cfrac"],
  ["°", "circ", "degree"],
  ["%", "percent"],
];

const hashSeed = 0x811c9dc5 | 0;
const checkSeed = 0x9747b28c | 0;

const nextHash = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);
const nextCheck = (check: number, code: number): number => Math.imul(check ^ code, 0x5bd1e995) ^ (check >>> 13);

/** Numbers words in the order first seen. One vocabulary serves a question and its text, so that their ids compare. */
export class Vocabulary {
  private table: Int32Array;
  private hashes: Int32Array;
  private checks: Int32Array;
  private size: number;

  /** Starts with the words of another vocabulary, under the same ids; empty without one. */
  constructor(from?: Vocabulary) {
    this.table = from ? from.table.slice() : new Int32Array(1 << 12).fill(-1);
    this.hashes = from ? from.hashes.slice() : new Int32Array(1 << 11);
    this.checks = from ? from.checks.slice() : new Int32Array(1 << 11);
    this.size = from ? from.size : 0;
  }

  /** How many different words were seen; every id is below. */
  get length(): number {
    return this.size;
  }

  /** The id of a word in lower case, as {@link readWords} would give it. */
  idOfWord(word: string): number {
    let hash = hashSeed;
    let check = checkSeed;
    for (let i = 0; i < word.length; i++) {
      hash = nextHash(hash, word.charCodeAt(i));
      check = nextCheck(check, word.charCodeAt(i));
    }
    return this.idOf(hash, check);
  }

  /** The id of the word with these two hashes; two independent 32-bit hashes make a mix-up rarer than one in 10^12 for a long trace. */
  idOf(hash: number, check: number): number {
    const mask = this.table.length - 1;
    let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & mask;
    for (;;) {
      const id = this.table[slot] ?? -1;
      if (id < 0) break;
      if (this.hashes[id] === hash && this.checks[id] === check) return id;
      slot = (slot + 1) & mask;
    }
    return this.add(hash, check, slot);
  }

  private add(hash: number, check: number, slot: number): number {
    const id = this.size++;
    if (id >= this.hashes.length) this.grow();
    this.hashes[id] = hash;
    this.checks[id] = check;
    if (id * 2 >= this.table.length) this.rebuild();
    else this.table[slot] = id;
    return id;
  }

  private grow(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    const checks = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    checks.set(this.checks);
    this.hashes = hashes;
    this.checks = checks;
  }

  private rebuild(): void {
    const table = new Int32Array(this.table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let id = 0; id < this.size; id++) {
      const hash = this.hashes[id] ?? 0;
      let slot = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) & mask;
      while ((table[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      table[slot] = id;
    }
    this.table = table;
  }
}

/**
 * The words known before any text is read, with the same ids in every vocabulary that starts from it. Modules that look for fixed words add them
 * while they load, never later.
 */
export const baseVocabulary = new Vocabulary();
for (const name of layout) baseVocabulary.idOfWord(name);

/** For ids of signs and commands that have a synonym: the id they count as. */
const sameAs = new Int32Array(256).fill(-1);
for (const group of synonyms) {
  const first = baseVocabulary.idOfWord(group[0] ?? "");
  for (const member of group) sameAs[baseVocabulary.idOfWord(member)] = first;
}

/** Ids of the signs that state equality, in every vocabulary that starts from {@link baseVocabulary}. */
export const equalityIds: ReadonlySet<number> = new Set(["=", "≈", "≡"].map((sign) => baseVocabulary.idOfWord(sign)));

const lower = (unit: number): number => (unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit);

/** True where `.` or `,` at `at` stands between digits of one number: `3.14`, `1,000`. A comma needs three digits after it. */
const insideNumber = (units: Uint16Array, at: number): boolean => {
  const unit = units[at] ?? 0;
  if (unit !== 0x2e && unit !== 0x2c) return false;
  if (classes[units[at + 1] ?? 0] !== digit) return false;
  if (unit === 0x2e) return true;
  return classes[units[at + 2] ?? 0] === digit && classes[units[at + 3] ?? 0] === digit && classes[units[at + 4] ?? 0] !== digit;
};

/** Short words of English that are names in a formula far less often. */
const small = "so is if we to of or in as at be by it a i no do my an on am he us up me go oh ok".split(" ");

/** Ids of short English words, in every vocabulary that starts from {@link baseVocabulary}. */
export const smallWordIds: ReadonlySet<number> = new Set(small.map((word) => baseVocabulary.idOfWord(word)));

/** Columns being filled; kept from text to text up to a size, since clearing fresh memory for every text costs more than reading it. */
let columns = { ids: new Int32Array(0), starts: new Int32Array(0), ends: new Int32Array(0), kinds: new Uint8Array(0) };
const mostKept = 1 << 18;

const columnsFor = (room: number): typeof columns => {
  if (room <= columns.ids.length) return columns;
  const size = room > mostKept ? room : Math.min(mostKept, room * 2);
  const fresh = { ids: new Int32Array(size), starts: new Int32Array(size), ends: new Int32Array(size), kinds: new Uint8Array(size) };
  if (size <= mostKept) columns = fresh;
  return fresh;
};

/** Cuts a text into numbered words, adding new ones to `vocabulary`, which starts from {@link baseVocabulary}. Linear in the text. */
export const readWords = (text: string, vocabulary: Vocabulary): Words => {
  const units = codeUnits(text);
  const room = text.length;
  const { ids, starts, ends, kinds } = columnsFor(room);
  let count = 0;
  let at = 0;
  while (at < room) {
    const start = at;
    const unit = units[at] ?? 0;
    const kindOfUnit = isCjk(unit) && !(unit >= 0xac00 && unit <= 0xd7af) ? -1 : (classes[unit] ?? other);
    at++;
    if (kindOfUnit === other) continue;
    let hash = hashSeed;
    let check = checkSeed;
    let kind: number = wordKinds.word;
    let from = start;
    if (kindOfUnit === letter || (kindOfUnit === backslash && classes[units[at] ?? 0] === letter)) {
      if (kindOfUnit === backslash) from = at;
      at = from;
      while (at < room && classes[units[at] ?? 0] === letter) at++;
    } else if (kindOfUnit === digit) {
      kind = wordKinds.number;
      while (at < room && (classes[units[at] ?? 0] === digit || insideNumber(units, at))) at++;
    } else if (kindOfUnit === operator) kind = wordKinds.operator;
    else if (kindOfUnit === -1) {
      if ((unit >= 0x3000 && unit <= 0x303f) || unit >= 0xff00) continue;
      kind = wordKinds.cjk;
    } else continue;
    for (let i = from; i < at; i++) {
      const code = lower(units[i] ?? 0);
      if (kind === wordKinds.number && code === 0x2c) continue;
      hash = nextHash(hash, code);
      check = nextCheck(check, code);
    }
    let id = vocabulary.idOf(hash, check);
    if (from > start || kind === wordKinds.operator) {
      if (id < layout.length) continue;
      const same = sameAs[id] ?? -1;
      if (same >= 0) {
        id = same;
        kind = wordKinds.operator;
      }
    }
    ids[count] = id;
    starts[count] = start;
    ends[count] = at;
    kinds[count] = kind;
    count++;
  }
  return {
    count,
    ids: ids.slice(0, count),
    starts: starts.slice(0, count),
    ends: ends.slice(0, count),
    kinds: kinds.slice(0, count),
  };
};

/** Index of the first word that starts at or after each offset; `offsets` ascend. One pass. */
export const firstWordAt = (words: Words, offsets: readonly number[]): Int32Array => {
  const firsts = new Int32Array(offsets.length);
  let word = 0;
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i] ?? 0;
    while (word < words.count && (words.starts[word] ?? 0) < offset) word++;
    firsts[i] = word;
  }
  return firsts;
};
