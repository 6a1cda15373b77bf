/** The table of cue phrases compiled: Latin ones as sequences of words and signs, Chinese ones as sequences of characters. */
import { codeUnits } from "../codeUnits";
import { buildPhraseGraph, expandPhrase, nextState, type PhraseGraph, type SymbolPhrase } from "../words/phraseGraph";
import { readTokens, tokenKinds } from "../words/tokens";
import { Vocabulary } from "../words/vocabulary";
import { cueClasses, cueTable } from "./cueData";

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

/** Gives each sign of the phrases a symbol from 1 in `symbolOfUnit`; returns how many there are. */
function numberSigns(phrases: readonly string[], isSign: (sign: string) => boolean, symbolOfUnit: Uint16Array): number {
  const signs = [...new Set(phrases.join(""))].filter(isSign);
  signs.forEach((sign, i) => {
    symbolOfUnit[sign.charCodeAt(0)] = i + 1;
  });
  for (const [sign, others] of sameSigns) {
    for (const other of others) symbolOfUnit[other.charCodeAt(0)] = symbolOfUnit[sign.charCodeAt(0)]!;
  }
  return signs.length;
}

function literalsOf(language: "en" | "zh"): { readonly literal: string; readonly tag: number }[] {
  return cueClasses.flatMap((cue, tag) => cueTable[cue][language].flatMap(expandPhrase).map((literal) => ({ literal, tag })));
}

function compileHan(): UnitPhrases {
  const literals = literalsOf("zh");
  const symbolOfUnit = new Uint16Array(0x10000);
  const count = numberSigns(
    literals.map(({ literal }) => literal),
    () => true,
    symbolOfUnit,
  );
  const phrases = literals.map(({ literal, tag }) => ({
    tag,
    symbols: Array.from({ length: literal.length }, (_, i) => symbolOfUnit[literal.charCodeAt(i)]!),
  }));
  return { graph: buildPhraseGraph(phrases, count), symbolOfUnit };
}

function compileLatin(): WordPhrases {
  const literals = literalsOf("en");
  const symbolOfUnit = new Uint16Array(0x10000);
  const signs = numberSigns(
    literals.map(({ literal }) => literal),
    (sign) => !/[a-z]/.test(sign),
    symbolOfUnit,
  );
  const words = new Vocabulary();
  const firstWord = signs + 1;
  const phrases = literals.map(({ literal, tag }): SymbolPhrase => ({ tag, symbols: symbolsOf(literal, words, firstWord, symbolOfUnit) }));
  const graph = buildPhraseGraph(phrases, signs + words.length);
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

/** A phrase as the symbols of its words and of the signs between them. */
function symbolsOf(literal: string, words: Vocabulary, firstWord: number, symbolOfUnit: Uint16Array): number[] {
  const tokens = readTokens(literal, words);
  const units = codeUnits(literal);
  const symbols: number[] = [];
  let at = 0;
  const signsUntil = (end: number): void => {
    for (; at < end; at++) symbols.push(symbolOfUnit[units[at]!]!);
  };
  for (let token = 0; token < tokens.count; token++) {
    const kind = tokens.kinds[token]!;
    if (kind !== tokenKinds.word && kind !== tokenKinds.command) continue;
    signsUntil(tokens.starts[token]! + (kind === tokenKinds.command ? 1 : 0));
    symbols.push(firstWord + tokens.ids[token]!);
    at = tokens.ends[token]!;
  }
  signsUntil(literal.length);
  if (!/^[^a-z]?[a-z]/.test(literal) || /\d/.test(literal))
    throw new RangeError(`a cue phrase starts with a word and has no digits: ${literal}`);
  return symbols;
}

let compiled: { readonly latin: WordPhrases; readonly han: UnitPhrases } | undefined;

/** The compiled table; built on first use, which takes some tens of milliseconds that a program which never segments should not pay. */
export function cuePhrases(): { readonly latin: WordPhrases; readonly han: UnitPhrases } {
  compiled ??= { latin: compileLatin(), han: compileHan() };
  return compiled;
}
