/** The cue phrases as tables that are looked up text by text. */
import { graphOf, nextState, type PhraseGraph } from "../words/phraseGraph";
import { Vocabulary } from "../words/vocabulary";
import { type CueAutomaton, cueAutomata } from "./cueAutomata";

/** Phrases over the units of a text: each code unit is a symbol, 0 where no phrase has it. */
export interface UnitPhrases {
  readonly graph: PhraseGraph;
  readonly symbolOfUnit: Uint16Array;
}

/** Phrases over words and the signs between them. */
export interface WordPhrases extends UnitPhrases {
  /** The words of the phrases; the symbol of a word is `firstWord` + its id. Signs have the symbols below. */
  readonly words: Vocabulary;
  readonly firstWord: number;
  /** Per symbol: the state after it at a phrase's start, 0 where no phrase starts so. */
  readonly startStates: Uint16Array;
  /** Per state: the state after a space, by far the most frequent sign in a phrase. */
  readonly afterSpace: Uint16Array;
  /** Per code unit: the state after it as the one sign before a phrase's first word, as in `'ve made` and `\\boxed`. */
  readonly leads: Uint16Array;
}

/** Any white space counts as a space, a curly apostrophe as straight, a hyphen as the ASCII one. */
const sameSigns: readonly (readonly [string, string])[] = [
  [" ", "\t\n\r\u00a0"],
  ["'", "\u2019"],
  ["-", "\u2010\u2011"],
];

/** The symbol of each code unit. */
function symbolsOfUnits(signs: readonly string[]): Uint16Array {
  const symbolOfUnit = new Uint16Array(0x10000);
  signs.forEach((sign, i) => {
    symbolOfUnit[sign.charCodeAt(0)] = i + 1;
  });
  for (const [sign, others] of sameSigns) {
    for (const other of others) symbolOfUnit[other.charCodeAt(0)] = symbolOfUnit[sign.charCodeAt(0)]!;
  }
  return symbolOfUnit;
}

const hanPhrases = ({ signs, states }: CueAutomaton): UnitPhrases => ({
  graph: graphOf(states, signs.length),
  symbolOfUnit: symbolsOfUnits(signs),
});

function latinPhrases({ signs, words: list, states }: CueAutomaton): WordPhrases {
  const symbolOfUnit = symbolsOfUnits(signs);
  const words = new Vocabulary();
  for (const word of list) words.idOfWord(word);
  const firstWord = signs.length + 1;
  const graph = graphOf(states, signs.length + words.length);
  const startStates = Uint16Array.from({ length: firstWord + words.length }, (_, symbol) =>
    symbol === 0 ? 0 : nextState(graph, 0, symbol),
  );
  return {
    graph,
    symbolOfUnit,
    words,
    firstWord,
    startStates,
    afterSpace: Uint16Array.from(graph.tags, (_, state) => nextState(graph, state, symbolOfUnit[32]!)),
    leads: symbolOfUnit.map((symbol) => startStates[symbol]!),
  };
}

let tables: { readonly latin: WordPhrases; readonly han: UnitPhrases } | undefined;

/** The tables; made on first use, as a program that never segments needs none. */
export function cuePhrases(): { readonly latin: WordPhrases; readonly han: UnitPhrases } {
  if (!tables) {
    const { latin, han } = cueAutomata();
    tables = { latin: latinPhrases(latin), han: hanPhrases(han) };
  }
  return tables;
}
