import { expandPhrase } from "../segment/phraseTrie";
import { knownGroundClasses, knownGroundPhrases } from "./knownGround";
import { premiseHints, premisePhrases } from "./premisePhrases";
import { baseVocabulary, type Words } from "./words";

/** What a phrase tells: a doubt about the question, a guess at what it means, or one of the ways to go over known ground. */
export const phraseClasses = ["premise", "premiseHint", ...knownGroundClasses] as const;
export type PhraseClass = (typeof phraseClasses)[number];

/** A phrase in a text, as a half-open range of words. */
export interface PhraseMatch {
  readonly cls: PhraseClass;
  readonly first: number;
  readonly end: number;
}

interface Phrase {
  readonly cls: number;
  readonly ids: readonly number[];
}

const han = /[\u3400-\u9fff]/;

/** Words as the reader cuts them: an apostrophe or a hyphen parts words, Chinese stands character by character. */
const wordsOf = (phrase: string): string[] => (han.test(phrase) ? [...phrase] : phrase.split(/[\s'’-]+/));

/** Phrases by the id of their first word, longest first. */
const phrasesByFirst: (readonly Phrase[] | undefined)[] = [];

const phrasesOf: Readonly<Record<PhraseClass, readonly string[]>> = {
  ...knownGroundPhrases,
  premise: premisePhrases.flatMap(expandPhrase),
  premiseHint: premiseHints.flatMap(expandPhrase),
};

phraseClasses.forEach((name, cls) => {
  for (const text of phrasesOf[name]) {
    const ids = wordsOf(text).map((word) => baseVocabulary.idOfWord(word));
    const first = ids[0] ?? 0;
    phrasesByFirst[first] = [...(phrasesByFirst[first] ?? []), { cls, ids }].sort((a, b) => b.ids.length - a.ids.length);
  }
});

const stands = (words: Words, at: number, ids: readonly number[]): boolean => {
  for (let k = 1; k < ids.length; k++) if (words.ids[at + k] !== ids[k]) return false;
  return at + ids.length <= words.count;
};

/**
 * All phrases of a text in order, at each place the longest of its class; matches of one class do not overlap. One pass: only words that begin a phrase
 * are looked at.
 */
export const findPhrases = (words: Words): PhraseMatch[] => {
  const found: PhraseMatch[] = [];
  const until = new Int32Array(phraseClasses.length);
  for (let at = 0; at < words.count; at++) {
    const id = words.ids[at] ?? 0;
    if (id >= phrasesByFirst.length) continue;
    const phrases = phrasesByFirst[id];
    if (!phrases) continue;
    for (const { cls, ids } of phrases) {
      if ((until[cls] ?? 0) > at || !stands(words, at, ids)) continue;
      until[cls] = at + ids.length;
      found.push({ cls: phraseClasses[cls] ?? "premise", first: at, end: at + ids.length });
    }
  }
  return found;
};
