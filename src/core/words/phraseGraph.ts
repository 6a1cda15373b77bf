/** Many phrases as one graph over numbered symbols: where a phrase that began so can go on. */

/** A set of phrases compiled by {@link buildPhraseGraph}. State 0 is the start of every phrase and, as a target, "no phrase goes on like this". */
export interface PhraseGraph {
  /** Per state: tags of the phrases that end there, as bits. */
  readonly tags: Int32Array;
  /** Open addressing over state × {@link width} + symbol; 0 is an empty slot, which no edge has for a key since symbols start at 1. */
  readonly keys: Int32Array;
  readonly targets: Uint16Array;
  readonly width: number;
  /** Per state: bit `symbol & 31` of every symbol that goes on from it. Most words go on in no phrase, which this tells without a search. */
  readonly follows: Int32Array;
}

/** A phrase as symbols from 1, and its tag, 0 to 31. */
export interface SymbolPhrase {
  readonly symbols: readonly number[];
  readonly tag: number;
}

const slotOf = (key: number, mask: number): number => (Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> 8) & mask;

/** A state while the graph is built: what follows it and the tags of the phrases that end there. */
interface Draft {
  readonly edges: Map<number, number>;
  tags: number;
}

/** Phrases as a tree: state 0 is its root, each state stands before those that follow it. */
function treeOf(phrases: readonly SymbolPhrase[]): Draft[] {
  const root: Draft = { edges: new Map(), tags: 0 };
  const states = [root];
  for (const phrase of phrases) {
    let state = root;
    for (const symbol of phrase.symbols) {
      let target = state.edges.get(symbol);
      if (target === undefined) {
        target = states.length;
        state.edges.set(symbol, target);
        states.push({ edges: new Map(), tags: 0 });
      }
      state = states[target]!;
    }
    if (state !== root) state.tags |= 1 << phrase.tag;
  }
  return states;
}

/**
 * The same phrases with one state for all that go on alike: alternatives share their endings, which makes the graph small enough for a processor's
 * nearest cache. Gives each state's number in the graph, from 0 for the root, and the states that stay.
 */
function withoutTwins(states: readonly Draft[]): { readonly numbers: Int32Array; readonly kept: readonly number[] } {
  const numbers = new Int32Array(states.length);
  const twins = new Map<string, number>();
  const kept: number[] = [];
  for (let state = states.length - 1; state > 0; state--) {
    const { edges, tags } = states[state]!;
    const goesOn = Array.from(edges, ([symbol, target]) => `${symbol}>${numbers[target]}`);
    const key = `${tags};${goesOn.length > 1 ? goesOn.sort().join() : goesOn}`;
    const twin = twins.get(key) ?? kept.push(state);
    twins.set(key, twin);
    numbers[state] = twin;
  }
  return { numbers, kept: [0, ...kept] };
}

/**
 * Phrases with one state for all that go on alike, as plain numbers that {@link graphOf} takes. For each state, from the start of every phrase: tags of the
 * phrases that end there as bits, number of symbols that go on, then each symbol and the state after it. An empty phrase matches nowhere.
 */
export function statesOf(phrases: readonly SymbolPhrase[]): number[] {
  const drafts = treeOf(phrases);
  const { numbers, kept } = withoutTwins(drafts);
  return kept.flatMap((state) => {
    const { edges, tags } = drafts[state]!;
    return [tags, edges.size, ...Array.from(edges, ([symbol, target]) => [symbol, numbers[target]!]).flat()];
  });
}

/** The graph of {@link statesOf} some phrases over the symbols 1 to `symbols`. */
export function graphOf(states: readonly number[], symbols: number): PhraseGraph {
  const width = symbols + 1;
  const tags: number[] = [];
  const follows: number[] = [];
  const edges: { readonly key: number; readonly target: number }[] = [];
  for (let at = 0; at < states.length; ) {
    const from = tags.push(states[at]!) - 1;
    const end = at + 2 + 2 * states[at + 1]!;
    let bits = 0;
    for (at += 2; at < end; at += 2) {
      const symbol = states[at]!;
      bits |= 1 << (symbol & 31);
      edges.push({ key: from * width + symbol, target: states[at + 1]! });
    }
    follows.push(bits);
  }
  if (tags.length > 0xffff || tags.length * width > 0x7fffffff) throw new RangeError("too many phrases for one graph");
  let size = 64;
  while (size < edges.length * 2) size *= 2;
  const keys = new Int32Array(size);
  const targets = new Uint16Array(size);
  for (const { key, target } of edges) {
    let slot = slotOf(key, size - 1);
    while (keys[slot] !== 0) slot = (slot + 1) & (size - 1);
    keys[slot] = key;
    targets[slot] = target;
  }
  return { tags: Int32Array.from(tags), keys, targets, width, follows: Int32Array.from(follows) };
}

/** Compiles phrases over the symbols 1 to `symbols`; an empty phrase matches nowhere. */
export const buildPhraseGraph = (phrases: readonly SymbolPhrase[], symbols: number): PhraseGraph => graphOf(statesOf(phrases), symbols);

/** The state after `symbol` in `state`; 0 when no phrase goes on so. */
export function nextState({ keys, targets, width, follows }: PhraseGraph, state: number, symbol: number): number {
  if (((follows[state]! >>> (symbol & 31)) & 1) === 0) return 0;
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
