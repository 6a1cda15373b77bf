import type { PhraseMatch } from "../flag/phrases";
import type { Span } from "../trace";

/**
 * Where a text doubts a premise of its question, as word ranges in order. Their density tells an ill-posed question from its well-posed twin
 * (MiP-Overthinking, arXiv 2504.06514, where the doubt is read by a model; here it is a list of phrases).
 */
export const premiseDoubts = (phrases: readonly PhraseMatch[]): readonly Span[] =>
  phrases.filter((phrase) => phrase.cls === "premise").map(({ first, end }) => ({ start: first, end }));

/** What a guess at the question's meaning counts against a plain statement that something is missing: sound questions draw such guesses too. */
const hintWeight = 0.15;

/** Doubts and, at a fraction each, guesses at what the question means. Guesses inside a doubt do not count again. */
export const premiseWeight = (phrases: readonly PhraseMatch[]): number => {
  let weight = 0;
  let until = 0;
  for (const { cls, first, end } of phrases) {
    if (cls === "premise") {
      weight += first < until ? 1 - hintWeight : 1;
      until = end;
    } else if (cls === "premiseHint" && first >= until) {
      weight += hintWeight;
      until = end;
    }
  }
  return weight;
};

/** Weighed doubts per 1,000 tokens; 0 for an empty text. */
export const premiseDoubtPer1k = (weight: number, tokens: number): number => (tokens > 0 ? (weight * 1000) / tokens : 0);
