import { buildPhraseGraph, expandPhrase, nextState } from "../words/phraseGraph";
import { baseVocabulary } from "../words/vocabulary";
import { knownGroundClasses, knownGroundPhrases } from "./knownGround";
import { premiseHints, premisePhrases } from "./premisePhrases";
import type { Words } from "./words";

/** What a phrase tells: a doubt about the question, a guess at what it means, or one of the ways to go over known ground. */
export const phraseClasses = ["premise", "premiseHint", ...knownGroundClasses] as const;
export type PhraseClass = (typeof phraseClasses)[number];

/** A phrase in a text, as a half-open range of words. */
export interface PhraseMatch {
  readonly cls: PhraseClass;
  readonly first: number;
  readonly end: number;
}

const han = /[\u3400-\u9fff]/;

/** Words as the reader cuts them: an apostrophe or a hyphen parts words, Chinese stands character by character. */
const wordsOf = (phrase: string): string[] => (han.test(phrase) ? [...phrase] : phrase.split(/[\s'’-]+/));

const phrasesOf: Readonly<Record<PhraseClass, readonly string[]>> = {
  ...knownGroundPhrases,
  premise: premisePhrases.flatMap(expandPhrase),
  premiseHint: premiseHints.flatMap(expandPhrase),
};

const phrases = phraseClasses.flatMap((name, tag) =>
  phrasesOf[name].map((text) => ({ tag, symbols: wordsOf(text).map((word) => baseVocabulary.idOfWord(word) + 1) })),
);

/** The phrases over word ids plus 1, and for each id the state after it at a phrase's start, 0 where no phrase starts so. */
const highest = Math.max(...phrases.flatMap(({ symbols }) => symbols));
const graph = buildPhraseGraph(phrases, highest);
const startStates = Uint16Array.from({ length: highest }, (_, id) => nextState(graph, 0, id + 1));

/** States on the way of the phrases that go on from one word. */
const path = new Uint16Array(64);

/** Follows the phrases from `at` on, which are in `state` after its word; returns how many words long the longest is, its states in {@link path}. */
const follow = (words: Words, at: number, state: number): number => {
  path[1] = state;
  let length = 1;
  while (length + 1 < path.length && at + length < words.count) {
    const id = words.ids[at + length]!;
    const next = id < highest ? nextState(graph, path[length]!, id + 1) : 0;
    if (next === 0) break;
    length++;
    path[length] = next;
  }
  return length;
};

/**
 * All phrases of a text in order, at each place the longest of its class; matches of one class do not overlap. One pass: only words that begin a phrase
 * are looked at.
 */
export const findPhrases = (words: Words): PhraseMatch[] => {
  const { ids, count } = words;
  const found: PhraseMatch[] = [];
  const until = new Int32Array(phraseClasses.length);
  for (let at = 0; at < count; at++) {
    const id = ids[at]!;
    const state = id < highest ? startStates[id]! : 0;
    if (state === 0) continue;
    for (let length = follow(words, at, state); length > 0; length--) {
      for (let tags = graph.tags[path[length]!]!; tags !== 0; tags &= tags - 1) {
        const tag = 31 - Math.clz32(tags & -tags);
        if (until[tag]! > at) continue;
        until[tag] = at + length;
        found.push({ cls: phraseClasses[tag] ?? "premise", first: at, end: at + length });
      }
    }
  }
  return found;
};
