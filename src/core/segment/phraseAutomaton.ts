/** Aho–Corasick automaton over many literal phrases: finds every occurrence of all of them in one pass. */

/** A compiled set of phrases. Opaque: build with {@link buildAutomaton}, run with {@link scanAutomaton}. */
export interface Automaton {
  /** Symbol of each UTF-16 code unit; 0 is "in no phrase". */
  readonly symbols: Uint16Array;
  readonly width: number;
  /** Next state by `state * width + symbol`. */
  readonly next: Int32Array;
  /** Per state: index in {@link outputs} of its list, −1 for none. */
  readonly outputAt: Int32Array;
  /** Lists of (phrase length, tag) pairs, each ended by −1. */
  readonly outputs: Int32Array;
  readonly wholeWords: boolean;
}

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
 * Compiles phrases with integer tags (0 to 65,535). Matching ignores ASCII case, reads a curly apostrophe as straight and any white space as a
 * space. With `wholeWords`, a match must not touch a letter or digit on either side.
 */
export function buildAutomaton(phrases: readonly (readonly [string, number])[], wholeWords: boolean): Automaton {
  const symbols = new Uint16Array(0x10000);
  let width = 1;
  for (const [phrase] of phrases) {
    for (let i = 0; i < phrase.length; i++) {
      const code = phrase.charCodeAt(i);
      if (symbols[code] === 0) symbols[code] = width++;
    }
  }
  foldSymbols(symbols);
  const { trie, tagsOf } = buildTrie(phrases, symbols, width);
  return { symbols, width, wholeWords, ...linkTrie(trie, tagsOf, width) };
}

function foldSymbols(symbols: Uint16Array): void {
  for (let code = 65; code <= 90; code++) symbols[code] = symbols[code + 32] ?? 0;
  for (const code of [9, 10, 13, 0xa0]) symbols[code] = symbols[32] ?? 0;
  symbols[0x2019] = symbols[39] ?? 0;
  symbols[0x2010] = symbols[45] ?? 0;
  symbols[0x2011] = symbols[45] ?? 0;
}

/** Per state the phrases that end there, as (length, tag) pairs. */
type TagsOf = (number[] | undefined)[];

function buildTrie(
  phrases: readonly (readonly [string, number])[],
  symbols: Uint16Array,
  width: number,
): { trie: number[]; tagsOf: TagsOf } {
  const trie: number[] = new Array<number>(width).fill(0);
  const tagsOf: TagsOf = [undefined];
  const seen = new Set<string>();
  for (const [phrase, tag] of phrases) {
    const key = `${tag} ${phrase}`;
    if (seen.has(key) || phrase.length === 0) continue;
    seen.add(key);
    let state = 0;
    for (let i = 0; i < phrase.length; i++) {
      const slot = state * width + (symbols[phrase.charCodeAt(i)] ?? 0);
      let target = trie[slot] ?? 0;
      if (target === 0) {
        target = tagsOf.length;
        tagsOf.push(undefined);
        for (let k = 0; k < width; k++) trie.push(0);
        trie[slot] = target;
      }
      state = target;
    }
    const tags = tagsOf[state] ?? [];
    tags.push(phrase.length, tag);
    tagsOf[state] = tags;
  }
  return { trie, tagsOf };
}

function linkTrie(trie: readonly number[], tagsOf: TagsOf, width: number): Pick<Automaton, "next" | "outputAt" | "outputs"> {
  const states = tagsOf.length;
  const next = Int32Array.from(trie);
  const fail = new Int32Array(states);
  const queue: number[] = [];
  for (let symbol = 1; symbol < width; symbol++) {
    const target = next[symbol] ?? 0;
    if (target !== 0) queue.push(target);
  }
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const fallback = fail[state] ?? 0;
    const inherited = tagsOf[fallback];
    if (inherited) tagsOf[state] = [...(tagsOf[state] ?? []), ...inherited];
    for (let symbol = 1; symbol < width; symbol++) {
      const slot = state * width + symbol;
      const viaFallback = next[fallback * width + symbol] ?? 0;
      const target = next[slot] ?? 0;
      if (target === 0) next[slot] = viaFallback;
      else {
        fail[target] = viaFallback;
        queue.push(target);
      }
    }
  }
  const outputAt = new Int32Array(states).fill(-1);
  const outputs: number[] = [];
  tagsOf.forEach((tags, state) => {
    if (!tags) return;
    outputAt[state] = outputs.length;
    for (const value of tags) outputs.push(value);
    outputs.push(-1);
  });
  return { next, outputAt, outputs: Int32Array.from(outputs) };
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

/** Appends (start, end, tag) of every phrase found in `text[start, end)` to `into`. Linear in the range plus the matches. */
export function scanAutomaton(automaton: Automaton, text: string, start: number, end: number, into: number[]): void {
  const { symbols, width, next, outputAt, outputs, wholeWords } = automaton;
  let state = 0;
  for (let i = start; i < end; i++) {
    const symbol = symbols[text.charCodeAt(i)] ?? 0;
    if (symbol === 0) {
      state = 0;
      continue;
    }
    state = next[state * width + symbol] ?? 0;
    let output = outputAt[state] ?? -1;
    if (output < 0) continue;
    if (wholeWords && i + 1 < text.length && isWordCode(text.charCodeAt(i)) && isWordCode(text.charCodeAt(i + 1))) continue;
    for (let length = outputs[output] ?? -1; length >= 0; length = outputs[output] ?? -1) {
      const from = i + 1 - length;
      const clean = !wholeWords || from <= start || !isWordCode(text.charCodeAt(from - 1)) || !isWordCode(text.charCodeAt(from));
      if (clean && from >= start) into.push(from, i + 1, outputs[output + 1] ?? 0);
      output += 2;
    }
  }
}
