/** Finding cue phrases: one trie walked at each word, so that the cost hardly grows with the number of phrases. */
import { type CueClass, cueClasses, cueTable } from "./cueData";
import { buildTrie, expandPhrase, type PhraseTrie, scanTrie } from "./phraseTrie";

export { type CueClass, cueClasses } from "./cueData";

/** A cue phrase in a text; offsets are UTF-16 code units in the text that was scanned. */
export interface CueMatch {
  readonly cue: CueClass;
  readonly start: number;
  readonly end: number;
  /** True when only fillers, punctuation and other cues stand between the range's start and the phrase. */
  readonly opens: boolean;
}

interface Tries {
  readonly latin: PhraseTrie;
  readonly han: PhraseTrie;
}

let tries: Tries | undefined;

/** Built on first use: compiling the table takes some tens of milliseconds that a program which never segments should not pay. */
function getTries(): Tries {
  if (tries) return tries;
  const latin: [string, number][] = [];
  const han: [string, number][] = [];
  cueClasses.forEach((cue, index) => {
    for (const phrase of cueTable[cue].en) for (const literal of expandPhrase(phrase)) latin.push([literal, index]);
    for (const phrase of cueTable[cue].zh) for (const literal of expandPhrase(phrase)) han.push([literal, index]);
  });
  tries = { latin: buildTrie(latin, true), han: buildTrie(han, false) };
  return tries;
}

/** Characters that may stand before an opening cue without hiding it: white space, emphasis, quotes, light punctuation, list markers. */
const transparent = new Uint8Array(0x10000);
for (const character of " \t\r\n\u00a0\u3000*_\"'“”‘’`#>-–—•·.,;:!?…，。、；：！？（(0123456789)）")
  transparent[character.charCodeAt(0)] = 1;

const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

/** (start, end, class bits) triples of the range being read; one buffer for all calls, which never overlap. */
const found = new Int32Array(3 * 256);

/** Fills {@link found} with the range's phrases by start and returns how many there are. A range with more than 256 is cut off. */
function findRaw(text: string, start: number, end: number): number {
  const { latin, han } = getTries();
  const written = scanTrie(latin, text, start, end, found);
  for (let i = start; i < end; i++) {
    if (!isHan(text.charCodeAt(i))) continue;
    const all = scanTrie(han, text, i, end, found, written);
    if (written > 0) sortByStart(all / 3);
    return all / 3;
  }
  return written / 3;
}

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

function skipTransparent(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && transparent[text.charCodeAt(at)] === 1) at++;
  return at;
}

/**
 * Cue phrases in `text[start, end)`, by start. Overlapping phrases are all returned; of a range with more than 256 phrases the rest is left out.
 * An empty or reversed range gives none.
 */
export function findCues(text: string, start = 0, end = text.length): CueMatch[] {
  const matches: CueMatch[] = [];
  const count = findRaw(text, start, end);
  let reach = skipTransparent(text, start, end);
  for (let i = 0; i < count; i++) {
    const at = found[3 * i]!;
    const to = found[3 * i + 1]!;
    const opens = at <= reach;
    if (opens && to > reach) reach = skipTransparent(text, to, end);
    for (const cue of cuesOfBits(found[3 * i + 2]!)) matches.push({ cue, start: at, end: to, opens });
  }
  return matches;
}

/** Sets of cue classes as bits, bit i standing for `cueClasses[i]`. Fillers are left out. */
export interface CueSets {
  opening: number;
  inside: number;
}

const fillerBit = 1 << cueClasses.indexOf("filler");

/** The classes that open `text[start, end)` and those that occur later in it, written to `into`. */
export function readCueSets(text: string, start: number, end: number, into: CueSets): void {
  let opening = 0;
  let inside = 0;
  const count = findRaw(text, start, end);
  let reach = count > 0 ? skipTransparent(text, start, end) : start;
  for (let i = 0; i < count; i++) {
    const to = found[3 * i + 1]!;
    if (found[3 * i]! > reach) inside |= found[3 * i + 2]!;
    else {
      opening |= found[3 * i + 2]!;
      if (to > reach) reach = skipTransparent(text, to, end);
    }
  }
  into.opening = opening & ~fillerBit;
  into.inside = inside & ~opening & ~fillerBit;
}

/** The bits of some classes. */
export function cueBits(...cues: readonly CueClass[]): number {
  return cues.reduce((bits, cue) => bits | (1 << cueClasses.indexOf(cue)), 0);
}

/** The classes of a set, in the table's order. */
export function cuesOfBits(bits: number): CueClass[] {
  return bits === 0 ? [] : cueClasses.filter((_, i) => (bits & (1 << i)) !== 0);
}

/** Cue classes whose phrases open the sentence, in the order they occur, without fillers and repeats. */
export function matchCues(sentence: string): CueClass[] {
  const classes: CueClass[] = [];
  for (const match of findCues(sentence)) {
    if (match.opens && match.cue !== "filler" && !classes.includes(match.cue)) classes.push(match.cue);
  }
  return classes;
}
