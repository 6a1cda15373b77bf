import { unitAt } from "../codeUnits";
import { Scratch } from "../scratch";
import type { Span } from "../trace";
import type { Vocabulary } from "../words/vocabulary";
import type { FlagContext } from "./context";
import { smallWordIds, type Words, wordKinds } from "./words";

/** Inverse document frequency of each word over the steps: log((1 + steps) / (1 + steps with it)) + 1, the smoothed form of scikit-learn. */
export const weighWords = ({ words, stepWords, vocabulary }: FlagContext): Float64Array => {
  const { ids } = words;
  const steps = stepWords.length - 1;
  const inSteps = new Float64Array(vocabulary.length);
  const lastStep = memory.counts.filled(vocabulary.length, -1);
  for (let step = 0; step < steps; step++) {
    const end = stepWords[step + 1]!;
    for (let at = stepWords[step]!; at < end; at++) {
      const id = ids[at]!;
      if (lastStep[id] === step) continue;
      lastStep[id] = step;
      inSteps[id] = inSteps[id]! + 1;
    }
  }
  // Most words stand in few steps: one logarithm for each number of steps.
  const weights = new Float64Array(steps + 1).fill(Number.NaN);
  for (let id = 0; id < inSteps.length; id++) {
    const count = inSteps[id]!;
    if (Number.isNaN(weights[count]!)) weights[count] = Math.log((1 + steps) / (1 + count)) + 1;
    inSteps[id] = weights[count]!;
  }
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

const countBrackets = (text: string, start: number, end: number): number => {
  let count = 0;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if ((unit === 0x28 || unit === 0x5b) && unitAt(text, at - 1) !== 0x5c) count++;
  }
  return count;
};

/** The words of a passage that carry its calculation: the ids of all, and of the numbers, in order. */
class Maths {
  readonly #symbols = new Scratch();
  readonly #numbers = new Scratch();
  symbols: Int32Array = this.#symbols.take(0);
  symbolCount = 0;
  numbers: Int32Array = this.#numbers.take(0);
  numberCount = 0;

  read(text: string, words: Words, range: Span): void {
    this.symbols = this.#symbols.take(range.end - range.start);
    this.numbers = this.#numbers.take(range.end - range.start);
    this.symbolCount = this.numberCount = 0;
    for (let at = range.start; at < range.end; at++) {
      if (!isMaths(text, words, at)) continue;
      this.symbols[this.symbolCount++] = words.ids[at]!;
      if (words.kinds[at] === wordKinds.number) this.numbers[this.numberCount++] = words.ids[at]!;
    }
  }
}

const memory = { left: new Maths(), right: new Maths(), counts: new Scratch() };

/** Share of the symbols that two passages must have in common to be about the same calculation. */
const sameSymbols = 0.92;

/** Symbols that both passages have, over those that either has, each as often as it stands. */
const sharedSymbols = (a: Maths, b: Maths, vocabulary: Vocabulary): number => {
  const counts = memory.counts.filled(vocabulary.length, 0);
  for (let i = 0; i < a.symbolCount; i++) {
    const id = a.symbols[i]!;
    counts[id] = counts[id]! + 1;
  }
  let shared = 0;
  for (let i = 0; i < b.symbolCount; i++) {
    const id = b.symbols[i]!;
    if (counts[id] === 0) continue;
    counts[id] = counts[id]! - 1;
    shared++;
  }
  const all = a.symbolCount + b.symbolCount - shared;
  return all === 0 ? 1 : shared / all;
};

/** Share of the longer list of numbers that the shorter one has in the same order, read from the left. */
const sameOrder = (a: Maths, b: Maths): number => {
  const [short, long] = a.numberCount <= b.numberCount ? [a, b] : [b, a];
  let found = 0;
  for (let i = 0; i < long.numberCount; i++) if (found < short.numberCount && short.numbers[found] === long.numbers[i]) found++;
  return long.numberCount === 0 ? 1 : found / long.numberCount;
};

const bracketsIn = (text: string, words: Words, range: Span): number =>
  countBrackets(text, words.starts[range.start] ?? 0, words.ends[range.end - 1] ?? 0);

/**
 * True when two passages hold the same numbers in the same order, and the same signs, short names and brackets, with at most one in ten on one side
 * only: "f(2) = 5" does not repeat "f(3) = 5", nor "a is b" the sentence "b is a", nor `1 + (2 - 3)` the sum `(1 + 2) - 3`.
 */
export const mathsAgree = ({ text, words, vocabulary }: FlagContext, a: Span, b: Span): boolean => {
  const { left, right } = memory;
  left.read(text, words, a);
  right.read(text, words, b);
  if (sharedSymbols(left, right, vocabulary) < sameSymbols || sameOrder(left, right) < sameSymbols) return false;
  const brackets = [bracketsIn(text, words, a), bracketsIn(text, words, b)];
  return Math.min(...brackets) >= Math.max(...brackets) * sameSymbols;
};
