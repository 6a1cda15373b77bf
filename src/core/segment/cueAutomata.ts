/**
 * The table of cue phrases as states, Latin ones over words and signs, Chinese ones over characters. Plain data: bundles carry it computed (`build/computed.mjs`), since
 * computing it takes a third of a second at a program's start.
 */
import { codeUnits } from "../codeUnits";
import { expandPhrase, type SymbolPhrase, statesOf } from "../words/phraseGraph";
import { KeptColumns, readTokens, type Tokens, tokenKinds } from "../words/tokens";
import { Vocabulary } from "../words/vocabulary";
import { cueClasses, cueTable } from "./cueData";

/** Phrases of a language. Symbols from 1: the signs, then the words. */
export interface CueAutomaton {
  readonly signs: readonly string[];
  readonly words: readonly string[];
  /** As `statesOf` gives them; tags are indices of cue classes. */
  readonly states: readonly number[];
}

/** The phrases of both kinds of scripts. */
export interface CueAutomata {
  readonly latin: CueAutomaton;
  readonly han: CueAutomaton;
}

interface Literal {
  readonly literal: string;
  readonly tag: number;
}

const literalsOf = (language: "en" | "zh"): Literal[] =>
  cueClasses.flatMap((cue, tag) => cueTable[cue][language].flatMap(expandPhrase).map((literal) => ({ literal, tag })));

const signsOf = (literals: readonly Literal[]): string[] => [...new Set(literals.map(({ literal }) => literal).join(""))];

function hanAutomaton(): CueAutomaton {
  const literals = literalsOf("zh");
  const signs = signsOf(literals);
  const symbolOf = new Map(signs.map((sign, i) => [sign, i + 1]));
  const phrases = literals.map(({ literal, tag }): SymbolPhrase => ({ tag, symbols: Array.from(literal, (sign) => symbolOf.get(sign)!) }));
  return { signs, words: [], states: statesOf(phrases) };
}

function latinAutomaton(): CueAutomaton {
  const literals = literalsOf("en");
  const signs = signsOf(literals).filter((sign) => !/[a-z]/.test(sign));
  const symbolOfUnit = new Uint16Array(0x80);
  signs.forEach((sign, i) => {
    symbolOfUnit[sign.charCodeAt(0)] = i + 1;
  });
  const vocabulary = new Vocabulary();
  const words = new Map<string, number>();
  const memory = new KeptColumns();
  const phrases = literals.map(({ literal, tag }): SymbolPhrase => {
    if (!/^[^a-z]?[a-z]/.test(literal) || /\d/.test(literal))
      throw new RangeError(`a cue phrase starts with a word and has no digits: ${literal}`);
    return { tag, symbols: symbolsOf(readTokens(literal, vocabulary, memory), words, signs.length + 1, symbolOfUnit) };
  });
  return { signs, words: [...words.keys()], states: statesOf(phrases) };
}

/** A phrase as the symbols of its words and of the signs between them; words that are new are numbered. */
function symbolsOf(
  { text, count, kinds, starts, ends }: Tokens,
  words: Map<string, number>,
  firstWord: number,
  symbolOfUnit: Uint16Array,
): number[] {
  const units = codeUnits(text);
  const symbols: number[] = [];
  let at = 0;
  const signsUntil = (end: number): void => {
    for (; at < end; at++) symbols.push(symbolOfUnit[units[at]!]!);
  };
  for (let token = 0; token < count; token++) {
    const kind = kinds[token]!;
    if (kind !== tokenKinds.word && kind !== tokenKinds.command) continue;
    signsUntil(starts[token]! + (kind === tokenKinds.command ? 1 : 0));
    const word = text.slice(at, ends[token]);
    const number = words.get(word) ?? words.size;
    words.set(word, number);
    symbols.push(firstWord + number);
    at = ends[token]!;
  }
  signsUntil(text.length);
  return symbols;
}

/** Computes the automata of the table. Throws on a phrase that starts with no word or has digits. */
export const cueAutomata = (): CueAutomata => ({ latin: latinAutomaton(), han: hanAutomaton() });
