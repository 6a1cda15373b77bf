import { baseVocabulary, type Words, wordKinds } from "./words";

/** Phrases as word ids, found by their first word. */
export interface PhraseTable {
  readonly byFirst: ReadonlyMap<number, readonly (readonly number[])[]>;
}

const han = /[\u3400-\u9fff]/;

const wordsOf = (phrase: string): string[] => (han.test(phrase) ? [...phrase] : phrase.split(/[\s'’-]+/));

/**
 * Prepares phrases for {@link findPhrases}. A phrase is lower case; an apostrophe parts words ("isn't" is "isn" and "t"), Chinese phrases match
 * character by character. Call it while a module loads: the words join {@link baseVocabulary}.
 */
export const preparePhrases = (phrases: readonly string[]): PhraseTable => {
  const byFirst = new Map<number, number[][]>();
  for (const phrase of phrases) {
    const ids = wordsOf(phrase).map((word) => baseVocabulary.idOfWord(word));
    const first = ids[0] ?? 0;
    const others = byFirst.get(first) ?? [];
    others.push(ids);
    byFirst.set(first, others);
  }
  return { byFirst };
};

const longestAt = (words: Words, at: number, phrases: readonly (readonly number[])[]): number => {
  let longest = 0;
  for (const phrase of phrases) {
    if (phrase.length <= longest || at + phrase.length > words.count) continue;
    if (phrase.every((id, k) => words.ids[at + k] === id)) longest = phrase.length;
  }
  return longest;
};

/** Where the phrases stand: index of the first word and of the word after, in order, not overlapping, the longest at each place. */
export const findPhrases = (words: Words, table: PhraseTable): { readonly first: number; readonly end: number }[] => {
  const found: { first: number; end: number }[] = [];
  for (let at = 0; at < words.count; at++) {
    const kind = words.kinds[at];
    if (kind !== wordKinds.word && kind !== wordKinds.cjk) continue;
    const phrases = table.byFirst.get(words.ids[at] ?? 0);
    if (!phrases) continue;
    const length = longestAt(words, at, phrases);
    if (length === 0) continue;
    found.push({ first: at, end: at + length });
    at += length - 1;
  }
  return found;
};
