import type { PhraseMatch } from "../flag/phrases";
import type { Span } from "../trace";

/**
 * Where a text doubts a premise of its question, as word ranges in order. Their density tells an ill-posed question from its well-posed twin
 * (MiP-Overthinking, arXiv 2504.06514, where the doubt is read by a model; here it is a list of phrases).
 */
export const premiseDoubts = (phrases: readonly PhraseMatch[]): readonly Span[] =>
  phrases.filter((phrase) => phrase.cls === "premise").map(({ first, end }) => ({ start: first, end }));

/** Doubts per 1,000 tokens; 0 for an empty text. */
export const premiseDoubtPer1k = (doubts: number, tokens: number): number => (tokens > 0 ? (doubts * 1000) / tokens : 0);
