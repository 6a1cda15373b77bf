/** Verbs and signs after which a value may stand: "is", "equals", "costs 5", "=", 为. One pass over a sentence. */
import { isWhiteSpace } from "../codeUnits";

/** A verb or sign. Offsets are UTF-16 code units in the text. */
export interface Verb {
  readonly at: number;
  /** Where the value may start: after the verb and white space. */
  readonly end: number;
  readonly kind: "word" | "equality" | "arrow";
}

/** Verbs of being and becoming; and those that only count before a number. */
const plainVerbs = [
  "is",
  "are",
  "equals",
  "be",
  "gives",
  "yields",
  "becomes",
  "get",
  "was",
  "means",
  "comes to",
  "amounts to",
  "adds up to",
  "simplifies to",
  "reduces to",
];
const verbsOfNumbers =
  "hold holds cost costs take takes has have contain contains weigh weighs need needs earn earns travel travels make makes total totals leaves returns prints outputs".split(
    " ",
  );
const commands: readonly (readonly [name: string, kind: Verb["kind"]])[] = [
  ["approx", "equality"],
  ["equiv", "equality"],
  ["Rightarrow", "equality"],
  ["implies", "equality"],
];
const signs: readonly (readonly [sign: string, kind: Verb["kind"]])[] = [
  ["=", "equality"],
  ["≈", "equality"],
  ["≡", "equality"],
  ["⇒", "arrow"],
  ["→", "arrow"],
  ["为", "word"],
  ["是", "word"],
  ["得", "word"],
  ["等于", "word"],
  ["有", "word"],
];

interface Word {
  readonly units: readonly number[];
  readonly beforeNumber: boolean;
}

const unitsOf = (word: string): number[] => Array.from(word, (sign) => sign.charCodeAt(0));
const pairOf = (first: number, second: number): number => (first - 97) * 26 + second - 97;

/** Verbs by their first two letters. */
const verbsByPair: (readonly Word[] | undefined)[] = [];
for (const [list, beforeNumber] of [
  [plainVerbs, false],
  [verbsOfNumbers, true],
] as const) {
  for (const verb of list) {
    const units = unitsOf(verb);
    const pair = pairOf(units[0] ?? 0, units[1] ?? 0);
    verbsByPair[pair] = [...(verbsByPair[pair] ?? []), { units, beforeNumber }];
  }
}

const other = 0;
const letter = 1;
const wordPart = 2;
const sign = 3;
const backslash = 4;
const apostrophe = 5;

/** What a code unit may be the start of. Letters of words are letters or, where no verb starts with them, parts of words. */
const kinds = new Uint8Array(0x10000);
for (const part of "0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") kinds[part.charCodeAt(0)] = wordPart;
for (const verb of [...plainVerbs, ...verbsOfNumbers]) kinds[verb.charCodeAt(0)] = letter;
for (const [name] of signs) kinds[name.charCodeAt(0)] = sign;
kinds[0x5c] = backslash;
for (const mark of "'\u2019") kinds[mark.charCodeAt(0)] = apostrophe;

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

const isWordPart = (unit: number): boolean => kinds[unit] === wordPart || kinds[unit] === letter;

const pronoun = /\b(?:that|it|there|here|which)$/i;

/** Reads the verbs of sentences. */
class VerbReader {
  constructor(
    private readonly units: Uint16Array,
    private readonly end: number,
  ) {}

  private unit(at: number): number {
    return at < this.end ? (this.units[at] ?? 0) : 0;
  }

  afterSpace(from: number): number {
    let at = from;
    while (at < this.end && isWhiteSpace(this.unit(at))) {
      at += 1;
    }
    return at;
  }

  private spells(word: readonly number[], from: number): boolean {
    for (let i = 0; i < word.length; i += 1) {
      if (this.unit(from + i) !== word[i]) {
        return false;
      }
    }
    return !isWordPart(this.unit(from + word.length));
  }

  private spelled(verbs: readonly Word[], at: number): Word | undefined {
    for (const verb of verbs) {
      if (this.spells(verb.units, at)) {
        return verb;
      }
    }
    return undefined;
  }

  /** True where a number starts, in a formula or a bracket perhaps. */
  private startsNumber(from: number): boolean {
    let at = this.unit(from) === 0x5c ? from + 1 : from;
    while (this.unit(at) === 0x24 || this.unit(at) === 0x28) {
      at += 1;
    }
    at = this.afterSpace(at);
    return isDigit(this.unit(this.unit(at) === 0x2d ? at + 1 : at));
  }

  /** The verb that starts at a letter after no other part of a word. */
  word(at: number): Verb | undefined {
    const second = this.unit(at + 1);
    const verbs = second >= 97 && second <= 122 ? verbsByPair[pairOf(this.unit(at), second)] : undefined;
    const verb = verbs && this.spelled(verbs, at);
    if (!verb) {
      return undefined;
    }
    const after = at + verb.units.length;
    const end = this.afterSpace(after);
    return verb.beforeNumber && (end === after || !this.startsNumber(end)) ? undefined : { at, end, kind: "word" };
  }

  /** "is" after "that", "it" and "there", written short: an apostrophe and s. */
  short(text: string, at: number): Verb | undefined {
    const end = at + 2;
    return this.unit(at + 1) === 0x73 && !isWordPart(this.unit(end)) && pronoun.test(text.slice(Math.max(0, at - 6), at))
      ? { at, end: this.afterSpace(end), kind: "word" }
      : undefined;
  }

  /** The command or sign that starts here. */
  sign(text: string, at: number, table: typeof signs, lead: number): Verb | undefined {
    const found = table.find(([name]) => text.startsWith(name, at + lead));
    if (!found || at + lead + found[0].length > this.end || (lead > 0 && isWordPart(this.unit(at + lead + found[0].length)))) {
      return undefined;
    }
    return { at, end: this.afterSpace(at + lead + found[0].length), kind: found[1] };
  }
}

/** The verbs and signs of `text[start, end)` after which a value may stand, in order. `units` are the text's code units. */
export function verbsIn(text: string, units: Uint16Array, start: number, end: number): Verb[] {
  const verbs: Verb[] = [];
  const reader = new VerbReader(units, end);
  let inWord = false;
  for (let at = start; at < end; at += 1) {
    const kind = kinds[units[at] ?? 0];
    if (kind === other || kind === wordPart) {
      inWord = kind === wordPart;
      continue;
    }
    const starts = !inWord;
    inWord = kind === letter;
    const verb =
      kind === letter
        ? starts
          ? reader.word(at)
          : undefined
        : kind === sign
          ? reader.sign(text, at, signs, 0)
          : kind === apostrophe
            ? reader.short(text, at)
            : reader.sign(text, at, commands, 1);
    if (verb) {
      verbs.push(verb);
      at = verb.end - 1;
      inWord = false;
    }
  }
  return verbs;
}
