import type { Span } from "../trace";
import type { FlagContext } from "./context";
import { type Words, wordKinds } from "./words";

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

const numbersOf = (words: Words, range: Span): Set<number> => {
  const numbers = new Set<number>();
  for (let at = range.start; at < range.end; at++) if (words.kinds[at] === wordKinds.number) numbers.add(words.ids[at] ?? 0);
  return numbers;
};

/** True when two passages speak of the same numbers, with at most one in ten on one side only: "f(2) = 5" does not repeat "f(3) = 5". */
export const numbersAgree = (words: Words, a: Span, b: Span): boolean => {
  const left = numbersOf(words, a);
  const right = numbersOf(words, b);
  let shared = 0;
  for (const id of left) if (right.has(id)) shared++;
  const all = left.size + right.size - shared;
  return all === 0 || shared / all >= 0.9;
};
