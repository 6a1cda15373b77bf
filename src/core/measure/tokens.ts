import { codeUnits, hasWideUnits } from "../codeUnits";
import type { Span } from "../trace";

/** Counts tokens of a text. `name` is what the interface shows beside the number. */
export interface TokenCounter {
  readonly name: string;
  /** Tokens of `text`, a whole number ≥ 0; 0 only for an empty text. */
  count(text: string): number;
  /**
   * Tokens of `text.slice(0, cut)` for every cut, as whole numbers that never fall. `cuts` ascend within `[0, text.length]`.
   * A counter without it counts piece by piece, which a real tokenizer wants, since its tokens do not cross step borders by much.
   */
  upTo?(text: string, cuts: readonly number[]): readonly number[];
}

/**
 * UTF-16 code units per token outside CJK. English reasoning with LaTeX measures 3.2 (formula-heavy) to 4.3 (plain prose) with the
 * o200k vocabulary; 3.7 stands between and is the number the interface names.
 */
const unitsPerToken = 3.7;

/**
 * CJK characters per token. DeepSeek states 0.6 tokens a Chinese character (1.67 characters a token); o200k measures 1.37 on Chinese
 * mathematics with its formulas set apart. 1.6 stands between, nearer to the models that write such traces.
 */
const cjkPerToken = 1.6;

/** True for code units of Han, kana, Hangul and full-width punctuation, which take far more tokens a character than Latin text. */
export const isCjk = (unit: number): boolean => {
  if (unit < 0x2e80) return false;
  if (unit <= 0x9fff) return true;
  return (unit >= 0xac00 && unit <= 0xd7af) || (unit >= 0xf900 && unit <= 0xfaff) || (unit >= 0xff00 && unit <= 0xffef);
};

/** Estimated tokens before each cut, not rounded. */
const weigh = (text: string, cuts: readonly number[]): Float64Array => {
  const weights = new Float64Array(cuts.length);
  if (!hasWideUnits(text)) {
    for (let i = 0; i < cuts.length; i++) weights[i] = Math.min(cuts[i]!, text.length) / unitsPerToken;
    return weights;
  }
  const units = codeUnits(text);
  let at = 0;
  let cjk = 0;
  for (let i = 0; i < cuts.length; i++) {
    const cut = Math.min(cuts[i] ?? 0, text.length);
    for (; at < cut; at++) if (isCjk(units[at] ?? 0)) cjk++;
    weights[i] = (cut - cjk) / unitsPerToken + cjk / cjkPerToken;
  }
  return weights;
};

const estimate = (text: string): number => weigh(text, [text.length])[0] ?? 0;

/** Rounds up what is not empty, so that a short text never counts as nothing. */
const whole = (weight: number): number => (weight > 0 ? Math.max(1, Math.round(weight)) : 0);

const wholes = (weights: Float64Array, scale: number): number[] => {
  const tokens: number[] = [];
  for (let i = 0; i < weights.length; i++) tokens.push(whole(weights[i]! * scale));
  return tokens;
};

/** Tokens from the text's length alone: exact sums, linear time, no vocabulary. */
export const estimateCounter: TokenCounter = {
  name: "characters / 3.7 (estimate)",
  count: (text) => whole(estimate(text)),
  upTo: (text, cuts) => wholes(weigh(text, cuts), 1),
};

/**
 * A counter that spreads a count stated by the record over its text in proportion to the estimate. `total` is the record's token count for
 * `text`; anything that is not a positive number gives {@link estimateCounter}.
 */
export const recordCounter = (text: string, total: number): TokenCounter => {
  const weight = estimate(text);
  if (!(total > 0) || !Number.isFinite(total) || weight === 0) return estimateCounter;
  const scale = Math.round(total) / weight;
  return {
    name: "record",
    count: (piece) => whole(estimate(piece) * scale),
    upTo: (piece, cuts) => wholes(weigh(piece, cuts), scale),
  };
};

/** Tokens before each cut by any counter; `cuts` ascend. Counters without `upTo` count each piece between two cuts. */
export const tokensUpTo = (text: string, cuts: readonly number[], counter: TokenCounter): readonly number[] => {
  if (counter.upTo) return counter.upTo(text, cuts);
  let at = 0;
  let sum = 0;
  return cuts.map((cut) => {
    if (cut > at) sum += counter.count(text.slice(at, cut));
    at = Math.max(at, cut);
    return sum;
  });
};

/**
 * Tokens of each span, in the order given. Spans that tile a range add up to the tokens of that range exactly, because each is the difference
 * of two running totals. Linear in the text plus n log n in the spans.
 */
export const tokensOfSpans = (text: string, spans: readonly Span[], counter: TokenCounter): readonly number[] => {
  const cuts = [...new Set(spans.flatMap((span) => [span.start, span.end]))].sort((a, b) => a - b);
  const totals = tokensUpTo(text, cuts, counter);
  const totalAt = new Map(cuts.map((cut, i) => [cut, totals[i] ?? 0]));
  return spans.map((span) => (totalAt.get(span.end) ?? 0) - (totalAt.get(span.start) ?? 0));
};
