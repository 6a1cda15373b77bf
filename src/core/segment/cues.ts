/** Finding cue phrases: a phrase is looked for only at words that begin one, so that the cost hardly grows with the number of phrases. */
import { codeUnits, hasWideUnits } from "../codeUnits";
import { nextState } from "../words/phraseGraph";
import { readTokens, type Tokens, tokenKinds } from "../words/tokens";
import { baseVocabulary, Vocabulary } from "../words/vocabulary";
import { type CueClass, cueClasses } from "./cueData";
import { cuePhrases } from "./cuePhrases";

export { type CueClass, cueClasses } from "./cueData";

/** 1 for ASCII letters, digits and the underscore: a Latin phrase touches none on either side. */
const wordUnits = new Uint8Array(0x10000);
/** Units that may stand before an opening cue without hiding it: white space, emphasis, quotes, light punctuation, list markers. */
const transparent = new Uint8Array(0x10000);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") wordUnits[character.charCodeAt(0)] = 1;
for (const character of " \t\r\n\u00a0\u3000*_\"'“”‘’`#>-–—•·.,;:!?…，。、；：！？（(0123456789)）")
  transparent[character.charCodeAt(0)] = 1;

const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff;

const fillerBit = 1 << cueClasses.indexOf("filler");

/** Phrases read of one range; the rest of a range with more is left out. */
const mostFound = 256;

/** (start, end, class bits) triples of the range being read; one buffer for all readers, which never overlap. */
const found = new Int32Array(3 * mostFound);

/** By id of a vocabulary's word: its symbol in the phrases and the state it begins. The entries of the base vocabulary stay. */
let symbols = new Uint16Array(1 << 12);
let starts = new Uint16Array(1 << 12);
let baseKnown = 0;

function fillColumns(vocabulary: Vocabulary): void {
  const { latin } = cuePhrases();
  if (vocabulary.length > symbols.length) {
    const grow = (column: Uint16Array): Uint16Array<ArrayBuffer> => {
      const larger = new Uint16Array(vocabulary.length * 2);
      larger.set(column.subarray(0, baseKnown));
      return larger;
    };
    symbols = grow(symbols);
    starts = grow(starts);
  }
  for (let id = baseKnown; id < vocabulary.length; id++) {
    const own = latin.words.findId(vocabulary, id);
    const symbol = own < 0 ? 0 : latin.firstWord + own;
    symbols[id] = symbol;
    starts[id] = latin.startStates[symbol]!;
  }
  baseKnown = baseVocabulary.length;
}

/** Sets of cue classes as bits, bit i standing for `cueClasses[i]`. Fillers are left out. */
export interface CueSets {
  opening: number;
  inside: number;
}

/** Finds the cue phrases in ranges of one text. Matching ignores ASCII case; Latin phrases are whole words, Chinese ones stand anywhere. */
export class CueReader {
  readonly #tokens: Tokens;
  readonly #units: Uint16Array;
  readonly #wide: boolean;
  readonly #phrases = cuePhrases();

  /** A reader for the text of `tokens`, to be used before another text is read. */
  constructor(tokens: Tokens, vocabulary: Vocabulary) {
    this.#tokens = tokens;
    this.#units = codeUnits(tokens.text);
    this.#wide = hasWideUnits(tokens.text);
    fillColumns(vocabulary);
  }

  /**
   * Writes the classes that open the range `[start, end)` of the text and those that occur later in it to `into`. `first` and `last` bound the tokens
   * that start in the range, half-open.
   */
  read(start: number, end: number, first: number, last: number, into: CueSets): void {
    let opening = 0;
    let inside = 0;
    const count = this.#find(start, end, first, last);
    let reach = count > 0 ? this.#skipTransparent(start, end) : start;
    for (let i = 0; i < count; i++) {
      const to = found[3 * i + 1]!;
      if (found[3 * i]! > reach) inside |= found[3 * i + 2]!;
      else {
        opening |= found[3 * i + 2]!;
        if (to > reach) reach = this.#skipTransparent(to, end);
      }
    }
    into.opening = opening & ~fillerBit;
    into.inside = inside & ~opening & ~fillerBit;
  }

  /** The opening classes of the range in the order they occur, without fillers and repeats. */
  openingCues(start: number, end: number, first: number, last: number): CueClass[] {
    const classes: CueClass[] = [];
    const count = this.#find(start, end, first, last);
    let reach = this.#skipTransparent(start, end);
    for (let i = 0; i < count && found[3 * i]! <= reach; i++) {
      for (const cue of cuesOfBits(found[3 * i + 2]! & ~fillerBit)) if (!classes.includes(cue)) classes.push(cue);
      if (found[3 * i + 1]! > reach) reach = this.#skipTransparent(found[3 * i + 1]!, end);
    }
    return classes;
  }

  /** Fills {@link found} with the range's phrases by start and returns how many there are. */
  #find(start: number, end: number, first: number, last: number): number {
    const written = this.#findLatin(start, end, first, last);
    if (!this.#wide) return written;
    for (let at = start; at < end; at++) if (isHan(this.#units[at]!)) return this.#addHan(at, end, written);
    return written;
  }

  #findLatin(start: number, end: number, first: number, last: number): number {
    const { ids, kinds, starts: begins } = this.#tokens;
    const { leads, graph } = this.#phrases.latin;
    const units = this.#units;
    let written = 0;
    for (let token = first; token < last; token++) {
      const kind = kinds[token]!;
      if (!isLatinWord(kind)) continue;
      const at = wordStart(begins[token]!, kind);
      const before = at > start ? units[at - 1]! : 0;
      if (leads[before] !== 0) {
        const state = nextState(graph, leads[before]!, symbols[ids[token]!]!);
        if (state !== 0) written = this.#walk(state, token, at - 1, end, written);
      }
      const state = starts[ids[token]!]!;
      if (state !== 0 && wordUnits[before] === 0 && this.#mayGoOn(state, token)) written = this.#walk(state, token, at, end, written);
    }
    return written;
  }

  /** False where certainly no phrase goes on from the state after the word of `token`: the word behind the next space, most often, is in none. */
  #mayGoOn(state: number, token: number): boolean {
    const { graph, afterSpace } = this.#phrases.latin;
    const { ids, kinds, starts: begins, ends, count } = this.#tokens;
    const at = ends[token]!;
    const next = token + 1;
    if (graph.tags[state] !== 0 || this.#units[at] !== 32 || next >= count) return true;
    if (begins[next] !== at + 1 || kinds[next] !== tokenKinds.word) return true;
    const after = afterSpace[state]!;
    return after !== 0 && nextState(graph, after, symbols[ids[next]!]!) !== 0;
  }

  /** Follows the phrases that begin at `start` with the word of `token`, after which they are in `state`. */
  #walk(first: number, token: number, start: number, end: number, from: number): number {
    const { graph, symbolOfUnit, afterSpace } = this.#phrases.latin;
    const { tags } = graph;
    const { ids, kinds, starts: begins, ends, count } = this.#tokens;
    const units = this.#units;
    let written = from;
    let state = first;
    let at = ends[token]!;
    let next = token + 1;
    while (at <= end) {
      if (tags[state] !== 0 && written < mostFound && (wordUnits[units[at]!] === 0 || wordUnits[units[at - 1]!] === 0)) {
        found[3 * written] = start;
        found[3 * written + 1] = at;
        found[3 * written + 2] = tags[state]!;
        written++;
      }
      if (units[at] === 32) {
        state = afterSpace[state]!;
        at++;
      } else {
        while (next < count && wordStart(begins[next]!, kinds[next]!) < at) next++;
        const isWord = next < count && isLatinWord(kinds[next]!) && wordStart(begins[next]!, kinds[next]!) === at;
        const symbol = isWord ? symbols[ids[next]!]! : symbolOfUnit[units[at]!]!;
        if (symbol === 0) break;
        state = nextState(graph, state, symbol);
        at = isWord ? ends[next]! : at + 1;
      }
      if (state === 0) break;
    }
    return written;
  }

  /** Adds the Chinese phrases from `start` on; Latin ones were found before. */
  #addHan(start: number, end: number, from: number): number {
    const { graph, symbolOfUnit } = this.#phrases.han;
    const units = this.#units;
    let written = from;
    for (let i = start; i < end; i++) {
      let state = 0;
      for (let at = i; at < end; at++) {
        const symbol = symbolOfUnit[units[at]!]!;
        if (symbol === 0) break;
        state = nextState(graph, state, symbol);
        if (state === 0) break;
        const tags = graph.tags[state]!;
        if (tags === 0 || written === mostFound) continue;
        found[3 * written] = i;
        found[3 * written + 1] = at + 1;
        found[3 * written + 2] = tags;
        written++;
      }
    }
    if (from > 0) sortByStart(written);
    return written;
  }

  #skipTransparent(from: number, end: number): number {
    let at = from;
    while (at < end && transparent[this.#units[at]!] === 1) at++;
    return at;
  }
}

const isLatinWord = (kind: number): boolean => kind === tokenKinds.word || kind === tokenKinds.command;

/** Offset of a token's first unit, of a command's first letter. */
const wordStart = (start: number, kind: number): number => (kind === tokenKinds.command ? start + 1 : start);

/** Insertion sort: mixed Latin and Han text has few phrases a sentence. */
function sortByStart(count: number): void {
  for (let i = 1; i < count; i++) {
    const from = found[3 * i]!;
    const to = found[3 * i + 1]!;
    const bits = found[3 * i + 2]!;
    let j = i - 1;
    for (; j >= 0 && found[3 * j]! > from; j--) found.copyWithin(3 * j + 3, 3 * j, 3 * j + 3);
    found[3 * j + 3] = from;
    found[3 * j + 4] = to;
    found[3 * j + 5] = bits;
  }
}

/** The bits of some classes. */
export function cueBits(...cues: readonly CueClass[]): number {
  return cues.reduce((bits, cue) => bits | (1 << cueClasses.indexOf(cue)), 0);
}

const noCues: readonly CueClass[] = [];

/** The classes of a set, in the table's order. */
export function cuesOfBits(bits: number): readonly CueClass[] {
  if (bits === 0) return noCues;
  const cues: CueClass[] = [];
  for (let rest = bits; rest !== 0; rest &= rest - 1) {
    const cue = cueClasses[31 - Math.clz32(rest & -rest)];
    if (cue) cues.push(cue);
  }
  return cues;
}

/** Cue classes whose phrases open the sentence, in the order they occur, without fillers and repeats. */
export function matchCues(sentence: string): CueClass[] {
  const vocabulary = new Vocabulary(baseVocabulary);
  const tokens = readTokens(sentence, vocabulary);
  return new CueReader(tokens, vocabulary).openingCues(0, sentence.length, 0, tokens.count);
}
