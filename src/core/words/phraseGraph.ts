/** Many phrases as one graph over numbered symbols: where a phrase that began so can go on. */

/** A set of phrases compiled by {@link buildPhraseGraph}. State 0 is the start of every phrase and, as a target, "no phrase goes on like this". */
export interface PhraseGraph {
  /** Per state: tags of the phrases that end there, as bits. */
  readonly tags: Int32Array;
  /** Open addressing over state × {@link width} + symbol; 0 is an empty slot, which no edge has for a key since symbols start at 1. */
  readonly keys: Int32Array;
  readonly targets: Uint16Array;
  readonly width: number;
}

/** A phrase as symbols from 1, and its tag, 0 to 31. */
export interface SymbolPhrase {
  readonly symbols: readonly number[];
  readonly tag: number;
}

const slotOf = (key: number, mask: number): number => (Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> 8) & mask;

/** Compiles phrases over the symbols 1 to `symbols`; an empty phrase matches nowhere. */
export function buildPhraseGraph(phrases: readonly SymbolPhrase[], symbols: number): PhraseGraph {
  const width = symbols + 1;
  const edges = new Map<number, number>();
  const tags: number[] = [0];
  for (const phrase of phrases) {
    let state = 0;
    for (const symbol of phrase.symbols) {
      const key = state * width + symbol;
      let target = edges.get(key);
      if (target === undefined) {
        target = tags.length;
        tags.push(0);
        edges.set(key, target);
      }
      state = target;
    }
    if (state > 0) tags[state] = (tags[state] ?? 0) | (1 << phrase.tag);
  }
  if (tags.length > 0xffff || tags.length * width > 0x7fffffff) throw new RangeError("too many phrases for one graph");
  let size = 64;
  while (size < edges.size * 2) size *= 2;
  const keys = new Int32Array(size);
  const targets = new Uint16Array(size);
  for (const [key, target] of edges) {
    let slot = slotOf(key, size - 1);
    while (keys[slot] !== 0) slot = (slot + 1) & (size - 1);
    keys[slot] = key;
    targets[slot] = target;
  }
  return { tags: Int32Array.from(tags), keys, targets, width };
}

/** The state after `symbol` in `state`; 0 when no phrase goes on so. */
export function nextState({ keys, targets, width }: PhraseGraph, state: number, symbol: number): number {
  const key = state * width + symbol;
  const mask = keys.length - 1;
  let slot = slotOf(key, mask);
  for (;;) {
    const found = keys[slot]!;
    if (found === key) return targets[slot]!;
    if (found === 0) return 0;
    slot = (slot + 1) & mask;
  }
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
