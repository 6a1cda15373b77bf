import type { Span } from "../trace";
import type { FlagContext } from "./context";
import { smallWordIds, type Words, wordKinds } from "./words";

/** Inverse document frequency of each word over the steps: log((1 + steps) / (1 + steps with it)) + 1, the smoothed form of scikit-learn. */
export const weighWords = (context: FlagContext): Float64Array => {
  const { words, stepWords, vocabulary } = context;
  const steps = stepWords.length - 1;
  const inSteps = new Float64Array(vocabulary.length);
  const lastStep = new Int32Array(vocabulary.length).fill(-1);
  for (let step = 0; step < steps; step++) {
    for (let at = stepWords[step] ?? 0; at < (stepWords[step + 1] ?? 0); at++) {
      const id = words.ids[at] ?? 0;
      if (lastStep[id] === step) continue;
      lastStep[id] = step;
      inSteps[id] = (inSteps[id] ?? 0) + 1;
    }
  }
  return inSteps.map((count) => Math.log((1 + steps) / (1 + count)) + 1);
};

const countsOf = (words: Words, range: Span): Map<number, number> => {
  const counts = new Map<number, number>();
  for (let at = range.start; at < range.end; at++) {
    const id = words.ids[at] ?? 0;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
};

const lengthOf = (counts: ReadonlyMap<number, number>, weights: Float64Array): number => {
  let sum = 0;
  for (const [id, count] of counts) sum += (count * (weights[id] ?? 0)) ** 2;
  return Math.sqrt(sum);
};

/** Cosine of the TF-IDF vectors of two word ranges, 0 to 1; 0 when one is empty. */
export const cosine = (words: Words, a: Span, b: Span, weights: Float64Array): number => {
  const left = countsOf(words, a);
  const right = countsOf(words, b);
  let dot = 0;
  for (const [id, count] of left) dot += count * (right.get(id) ?? 0) * (weights[id] ?? 0) ** 2;
  const scale = lengthOf(left, weights) * lengthOf(right, weights);
  return scale === 0 ? 0 : Math.min(1, dot / scale);
};

/** The numbers, signs and names of a passage, each as often as it stands there; names are words of one or two letters. */
const mathsOf = (words: Words, range: Span): Map<number, number> => {
  const counts = new Map<number, number>();
  for (let at = range.start; at < range.end; at++) {
    const kind = words.kinds[at];
    if (kind === wordKinds.cjk || (kind === wordKinds.word && (words.ends[at] ?? 0) - (words.starts[at] ?? 0) > 2)) continue;
    const id = words.ids[at] ?? 0;
    if (kind !== wordKinds.word || !smallWordIds.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
};

const openingBrackets = (text: string, words: Words, range: Span): number => {
  let count = 0;
  const end = words.ends[range.end - 1] ?? 0;
  for (let at = words.starts[range.start] ?? 0; at < end; at++) {
    const unit = text.charCodeAt(at);
    if ((unit === 0x28 || unit === 0x5b) && text.charCodeAt(at - 1) !== 0x5c) count++;
  }
  return count;
};

/** Share of the symbols that two passages must have in common to be about the same calculation. */
const sameSymbols = 0.9;

/**
 * True when two passages hold the same numbers, signs, short names and brackets, with at most one in ten on one side only: "f(2) = 5" does not repeat
 * "f(3) = 5", nor `1 + (2 - 3)` the sum `(1 + 2) - 3`.
 */
export const mathsAgree = (text: string, words: Words, a: Span, b: Span): boolean => {
  const left = mathsOf(words, a);
  const right = mathsOf(words, b);
  let shared = 0;
  let all = 0;
  for (const [id, count] of left) {
    shared += Math.min(count, right.get(id) ?? 0);
    all += Math.max(count, right.get(id) ?? 0);
  }
  for (const [id, count] of right) if (!left.has(id)) all += count;
  if (all > 0 && shared / all < sameSymbols) return false;
  const brackets = [openingBrackets(text, words, a), openingBrackets(text, words, b)];
  return Math.min(...brackets) >= Math.max(...brackets) * sameSymbols;
};
