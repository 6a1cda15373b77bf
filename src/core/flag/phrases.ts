import { expandPhrase } from "../words/phraseGraph";
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

interface Phrase {
  readonly cls: number;
  readonly ids: readonly number[];
}

const han = /[\u3400-\u9fff]/;

/** Words as the reader cuts them: an apostrophe or a hyphen parts words, Chinese stands character by character. */
const wordsOf = (phrase: string): string[] => (han.test(phrase) ? [...phrase] : phrase.split(/[\s'’-]+/));

const phrasesOf: Readonly<Record<PhraseClass, readonly string[]>> = {
  ...knownGroundPhrases,
  premise: premisePhrases.flatMap(expandPhrase),
  premiseHint: premiseHints.flatMap(expandPhrase),
};

/** The phrases that begin with one word, each list longest first: those of that word alone, and the others by the id of their second word. */
interface Beginning {
  readonly alone: Phrase[];
  readonly bySecond: Map<number, Phrase[]>;
}

const beginnings = new Map<number, Beginning>();

const addPhrase = (phrase: Phrase): void => {
  const [first = 0, second] = phrase.ids;
  const { alone, bySecond } = beginnings.get(first) ?? { alone: [], bySecond: new Map<number, Phrase[]>() };
  beginnings.set(first, { alone, bySecond });
  const list = second === undefined ? alone : (bySecond.get(second) ?? []);
  list.push(phrase);
  if (second !== undefined) bySecond.set(second, list);
};

phraseClasses.forEach((name, cls) => {
  for (const text of phrasesOf[name]) addPhrase({ cls, ids: wordsOf(text).map((word) => baseVocabulary.idOfWord(word)) });
});

// Once all are there: sorting at each addition was most of the time that the whole program takes to start.
for (const { alone, bySecond } of beginnings.values())
  for (const list of [alone, ...bySecond.values()]) if (list.length > 1) list.sort((a, b) => b.ids.length - a.ids.length);

/** By word id, without holes, so that most words cost one look. */
const beginningOf: readonly (Beginning | undefined)[] = Array.from({ length: Math.max(...beginnings.keys()) + 1 }, (_, id) =>
  beginnings.get(id),
);

const stands = (words: Words, at: number, ids: readonly number[]): boolean => {
  for (let k = 2; k < ids.length; k++) if (words.ids[at + k] !== ids[k]) return false;
  return at + ids.length <= words.count;
};

/**
 * All phrases of a text in order, at each place the longest of its class; matches of one class do not overlap. One pass: only words that begin a phrase
 * are looked at.
 */
export const findPhrases = (words: Words): PhraseMatch[] => {
  const { ids, count } = words;
  const found: PhraseMatch[] = [];
  const until = new Int32Array(phraseClasses.length);
  const take = (at: number, phrases: readonly Phrase[]): void => {
    for (const phrase of phrases) {
      if ((until[phrase.cls] ?? 0) > at || !stands(words, at, phrase.ids)) continue;
      until[phrase.cls] = at + phrase.ids.length;
      found.push({ cls: phraseClasses[phrase.cls] ?? "premise", first: at, end: at + phrase.ids.length });
    }
  };
  for (let at = 0; at < count; at++) {
    const id = ids[at] ?? 0;
    if (id >= beginningOf.length) continue;
    const beginning = beginningOf[id];
    if (!beginning) continue;
    const longer = at + 1 < count ? beginning.bySecond.get(ids[at + 1] ?? -1) : undefined;
    if (longer) take(at, longer);
    if (beginning.alone.length > 0) take(at, beginning.alone);
  }
  return found;
};
