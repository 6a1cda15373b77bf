import { unitAt } from "../codeUnits";
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
  for (let id = 0; id < inSteps.length; id++) inSteps[id] = Math.log((1 + steps) / (1 + inSteps[id]!)) + 1;
  return inSteps;
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

/** True for what carries a calculation: numbers, signs, LaTeX commands and names of one or two letters. */
const isMaths = (text: string, words: Words, at: number): boolean => {
  const kind = words.kinds[at];
  if (kind === wordKinds.number || kind === wordKinds.operator) return true;
  if (kind === wordKinds.cjk) return false;
  const start = words.starts[at] ?? 0;
  if (text.charCodeAt(start) === 0x5c) return true;
  return (words.ends[at] ?? 0) - start <= 2 && !smallWordIds.has(words.ids[at] ?? -1);
};

interface Maths {
  /** How often each symbol stands. */
  readonly counts: ReadonlyMap<number, number>;
  /** The numbers in order. */
  readonly numbers: readonly number[];
  readonly brackets: number;
}

const countBrackets = (text: string, start: number, end: number): number => {
  let count = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if ((unit === 0x28 || unit === 0x5b) && unitAt(text, at - 1) !== 0x5c) count++;
  }
  return count;
};

const mathsOf = (text: string, words: Words, range: Span): Maths => {
  const counts = new Map<number, number>();
  const numbers: number[] = [];
  for (let at = range.start; at < range.end; at++) {
    if (!isMaths(text, words, at)) continue;
    const id = words.ids[at] ?? 0;
    counts.set(id, (counts.get(id) ?? 0) + 1);
    if (words.kinds[at] === wordKinds.number) numbers.push(id);
  }
  return { counts, numbers, brackets: countBrackets(text, words.starts[range.start] ?? 0, words.ends[range.end - 1] ?? 0) };
};

/** Share of the symbols that two passages must have in common to be about the same calculation. */
const sameSymbols = 0.92;

const sharedSymbols = (a: Maths, b: Maths): number => {
  let shared = 0;
  let all = 0;
  for (const [id, count] of a.counts) {
    shared += Math.min(count, b.counts.get(id) ?? 0);
    all += Math.max(count, b.counts.get(id) ?? 0);
  }
  for (const [id, count] of b.counts) if (!a.counts.has(id)) all += count;
  return all === 0 ? 1 : shared / all;
};

/** Share of the longer list of numbers that the shorter one has in the same order, read from the left. */
const sameOrder = (a: Maths, b: Maths): number => {
  const [short, long] = a.numbers.length <= b.numbers.length ? [a.numbers, b.numbers] : [b.numbers, a.numbers];
  let found = 0;
  for (const id of long) if (found < short.length && short[found] === id) found++;
  return long.length === 0 ? 1 : found / long.length;
};

/**
 * True when two passages hold the same numbers in the same order, and the same signs, short names and brackets, with at most one in ten on one side
 * only: "f(2) = 5" does not repeat "f(3) = 5", nor "a is b" the sentence "b is a", nor `1 + (2 - 3)` the sum `(1 + 2) - 3`.
 */
export const mathsAgree = (text: string, words: Words, a: Span, b: Span): boolean => {
  const left = mathsOf(text, words, a);
  const right = mathsOf(text, words, b);
  if (sharedSymbols(left, right) < sameSymbols || sameOrder(left, right) < sameSymbols) return false;
  return Math.min(left.brackets, right.brackets) >= Math.max(left.brackets, right.brackets) * sameSymbols;
};
