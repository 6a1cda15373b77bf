/** A trie over many literal phrases that finds all of them in a text, one short walk at each word. */
import { codeUnits } from "../codeUnits";

/** A compiled set of phrases: build with {@link buildTrie}, run with {@link scanTrie}. */
export interface PhraseTrie {
  /** Symbol of each UTF-16 code unit; 0 is "in no phrase". */
  readonly symbols: Uint16Array;
  /** A state's row holds 2 to this power entries. */
  readonly shift: number;
  /** Next state by `(state << shift) + symbol`; 0 is "no phrase goes on like this". States are numbered by depth, so that the busy ones lie together. */
  readonly next: Uint16Array;
  /** Per state: a set of tags as bits, 0 where no phrase ends. */
  readonly ends: Int32Array;
  /** True when a phrase starts and ends at word borders only. */
  readonly wholeWords: boolean;
  /** Guards the large tables: present with `wholeWords`. */
  readonly gate?: Gate;
}

/**
 * What is asked first at each word. The tables of some ten thousand phrases do not fit the processor's fast cache, and most words begin no phrase: short
 * phrases stand in a small trie of their own, and longer ones are walked only where their first symbols are in a bitmap.
 */
interface Gate {
  /** Next state and tags of the trie of phrases shorter than {@link gateLength}. */
  readonly next: Uint16Array;
  readonly ends: Int32Array;
  /** One bit for each hash of the first {@link gateLength} symbols of a longer phrase. */
  readonly bits: Uint32Array;
}

/** Symbols hashed for the bitmap, and bits of its index. */
const gateLength = 6;
const gateBits = 16;

const gateHash = (hash: number, symbol: number): number => Math.imul(hash, 33) + symbol;
const gateIndex = (hash: number): number => (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> (32 - gateBits)) & ((1 << gateBits) - 1);

/** All literals of a phrase with `(a|b|)` groups; groups do not nest. */
export function expandPhrase(phrase: string): string[] {
  const open = phrase.indexOf("(");
  if (open < 0) return [phrase];
  const close = phrase.indexOf(")", open);
  if (close < 0) return [phrase];
  const tails = expandPhrase(phrase.slice(close + 1));
  const head = phrase.slice(0, open);
  return phrase
    .slice(open + 1, close)
    .split("|")
    .flatMap((choice) => tails.map((tail) => head + choice + tail));
}

/**
 * Compiles phrases with tags 0 to 31. Matching ignores ASCII case, reads a curly apostrophe as straight and any white space as a space. With
 * `wholeWords`, a match must not touch a letter, digit or underscore on either side.
 */
export function buildTrie(phrases: readonly (readonly [string, number])[], wholeWords: boolean): PhraseTrie {
  const symbols = new Uint16Array(0x10000);
  let width = 1;
  for (const [phrase] of phrases) {
    for (let i = 0; i < phrase.length; i++) {
      const code = phrase.charCodeAt(i);
      if (symbols[code] === 0) symbols[code] = width++;
    }
  }
  foldSymbols(symbols);
  const shift = Math.ceil(Math.log2(width));
  const states: TrieNode[] = [newNode()];
  for (const [phrase, tag] of phrases) addPhrase(states, phrase, tag, symbols);
  const gate = wholeWords ? { gate: buildGate(phrases, symbols, shift) } : {};
  return { symbols, shift, wholeWords, ...layOut(states, shift), ...gate };
}

function buildGate(phrases: readonly (readonly [string, number])[], symbols: Uint16Array, shift: number): Gate {
  const short: TrieNode[] = [newNode()];
  const bits = new Uint32Array((1 << gateBits) / 32);
  for (const [phrase, tag] of phrases) {
    if (phrase.length < gateLength) {
      addPhrase(short, phrase, tag, symbols);
      continue;
    }
    let hash = 0;
    for (let i = 0; i < gateLength; i++) hash = gateHash(hash, symbols[phrase.charCodeAt(i)]!);
    const index = gateIndex(hash);
    bits[index >>> 5] = bits[index >>> 5]! | (1 << (index & 31));
  }
  return { ...layOut(short, shift), bits };
}

/** A state while the trie grows: where each symbol leads, and the tags of the phrases that end here. */
interface TrieNode {
  readonly next: Map<number, number>;
  tags: number;
}

const newNode = (): TrieNode => ({ next: new Map(), tags: 0 });

function addPhrase(states: TrieNode[], phrase: string, tag: number, symbols: Uint16Array): void {
  let state = 0;
  for (let i = 0; i < phrase.length; i++) {
    const symbol = symbols[phrase.charCodeAt(i)]!;
    let target = states[state]!.next.get(symbol);
    if (target === undefined) {
      target = states.length;
      states.push(newNode());
      states[state]!.next.set(symbol, target);
    }
    state = target;
  }
  if (state > 0) states[state]!.tags |= 1 << tag;
}

/** Numbers the states breadth first and writes them as tables. */
function layOut(states: readonly TrieNode[], shift: number): Pick<PhraseTrie, "next" | "ends"> {
  if (states.length > 0xffff) throw new RangeError("too many cue phrases for 16-bit states");
  const next = new Uint16Array(states.length << shift);
  const ends = new Int32Array(states.length);
  const order = [0];
  for (let number = 0; number < order.length; number++) {
    const node = states[order[number]!]!;
    ends[number] = node.tags;
    for (const [symbol, target] of node.next) {
      next[(number << shift) + symbol] = order.length;
      order.push(target);
    }
  }
  return { next, ends };
}

function foldSymbols(symbols: Uint16Array): void {
  for (let code = 65; code <= 90; code++) symbols[code] = symbols[code + 32]!;
  for (const code of [9, 10, 13, 0xa0]) symbols[code] = symbols[32]!;
  symbols[0x2019] = symbols[39]!;
  symbols[0x2010] = symbols[45]!;
  symbols[0x2011] = symbols[45]!;
}

/** 1 for ASCII letters, digits and the underscore. */
const wordCodes = new Uint8Array(0x10000);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") wordCodes[character.charCodeAt(0)] = 1;

/** True when a whole word ends at `at`. */
const endsWord = (units: Uint16Array, at: number): boolean => wordCodes[units[at]!] === 0 || wordCodes[units[at - 1]!] === 0;

/** Walks a trie from `start` and writes the phrases longer than `least` symbols; returns how many numbers are written in all. */
function walk(
  { symbols, shift, wholeWords }: PhraseTrie,
  { next, ends }: Pick<PhraseTrie, "next" | "ends">,
  units: Uint16Array,
  start: number,
  end: number,
  least: number,
  into: Int32Array,
  from: number,
): number {
  let written = from;
  let state = 0;
  for (let at = start; at < end; ) {
    const symbol = symbols[units[at]!]!;
    if (symbol === 0) break;
    state = next[(state << shift) + symbol]!;
    if (state === 0) break;
    at++;
    const tags = ends[state]!;
    if (tags === 0 || at - start < least || written + 3 > into.length || (wholeWords && !endsWord(units, at))) continue;
    into[written] = start;
    into[written + 1] = at;
    into[written + 2] = tags;
    written += 3;
  }
  return written;
}

/** Whether a phrase of {@link gateLength} symbols or more may start at `start`. */
function mayStartLong(symbols: Uint16Array, bits: Uint32Array, units: Uint16Array, start: number, end: number): boolean {
  if (start + gateLength > end) return false;
  let hash = 0;
  for (let i = start; i < start + gateLength; i++) {
    const symbol = symbols[units[i]!]!;
    if (symbol === 0) return false;
    hash = gateHash(hash, symbol);
  }
  const index = gateIndex(hash);
  return (bits[index >>> 5]! & (1 << (index & 31))) !== 0;
}

/**
 * Writes (start, end, tag set) of every place where phrases end to `into`, by start, and returns how many numbers were written; what does not fit
 * is left out. Each walk is at most as long as the longest phrase, so the time is linear in the range.
 */
export function scanTrie(trie: PhraseTrie, text: string, start: number, end: number, into: Int32Array, from = 0): number {
  const { symbols, gate } = trie;
  const units = codeUnits(text);
  let written = from;
  if (!gate) {
    for (let i = start; i < end; i++) written = walk(trie, trie, units, i, end, 1, into, written);
    return written;
  }
  for (let i = start; i < end; ) {
    if (gate.next[symbols[units[i]!]!] !== 0) written = walk(trie, gate, units, i, end, 1, into, written);
    if (mayStartLong(symbols, gate.bits, units, i, end)) written = walk(trie, trie, units, i, end, gateLength, into, written);
    const inWord = wordCodes[units[i]!] === 1;
    i++;
    if (inWord) while (i < end && wordCodes[units[i]!] === 1) i++;
  }
  return written;
}
