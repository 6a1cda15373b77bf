import { equalityIds, smallWordIds, type Words, wordKinds } from "./words";

/** The equations a text states, in columns, in order: `left = right`, each side as words. */
export interface Equations {
  readonly count: number;
  readonly step: Int32Array;
  /** Half-open word ranges of the two sides. */
  readonly leftStart: Int32Array;
  readonly rightStart: Int32Array;
  readonly rightEnd: Int32Array;
  /** Equal keys are equal equations: both sides word for word. */
  readonly keys: Float64Array;
  /** Equal number keys are calculations with the same numbers and the same right side, in any order; 0 for fewer than three numbers or with names. */
  readonly numberKeys: Float64Array;
  /** Index of the first equation of each step, and at the end the count. */
  readonly firstOfStep: Int32Array;
}

/** The longest side that is read, in words: longer runs are whole derivations, and the bound keeps the pass linear. */
const longestSide = 32;

const plainWordLength = 3;

/** Signs that state equality. */
const isEquals = (words: Words, word: number): boolean => equalityIds.has(words.ids[word] ?? -1);

/** True for words that stand in a formula: numbers, signs, short names and LaTeX commands. */
const isMath = (text: string, words: Words, word: number): boolean => {
  const kind = words.kinds[word];
  if (kind === wordKinds.number || kind === wordKinds.operator) return true;
  if (kind !== wordKinds.word) return false;
  const start = words.starts[word] ?? 0;
  return (words.ends[word] ?? 0) - start < plainWordLength || text.charCodeAt(start) === 0x5c;
};

const opens = new Set([0x28, 0x5b, 0x7b]);
const closes = new Set([0x29, 0x5d, 0x7d]);

/** Line breaks and stops end a formula anywhere; a comma only outside brackets. */
const stops = new Set([0x0a, 0x2e, 0x3b, 0x3a, 0x3002, 0xff1b, 0xff1a]);
const commas = new Set([0x2c, 0xff0c]);

/** Bracket depth after reading `text[from, to)` rightwards (`step` 1) or leftwards (−1), or −1 where the formula ends in it. */
const depthAfter = (text: string, from: number, to: number, step: 1 | -1, depth: number): number => {
  let level = depth;
  const [deeper, shallower] = step === 1 ? [opens, closes] : [closes, opens];
  for (let at = step === 1 ? from : to - 1; at >= from && at < to; at += step) {
    const unit = text.charCodeAt(at);
    if (stops.has(unit) || (level === 0 && commas.has(unit))) return -1;
    if (deeper.has(unit)) level++;
    else if (shallower.has(unit)) level--;
    if (level < 0) return -1;
  }
  return level;
};

/** How far the side of an equation reaches from the sign at `sign`: the outermost word of it, or the sign where the side is empty. */
const reach = (text: string, words: Words, sign: number, step: 1 | -1): number => {
  let depth = 0;
  let last = sign;
  for (let word = sign + step; word >= 0 && word < words.count && Math.abs(word - sign) <= longestSide; word += step) {
    const gapWord = step === 1 ? word : word + 1;
    depth = depthAfter(text, words.ends[gapWord - 1] ?? 0, words.starts[gapWord] ?? 0, step, depth);
    if (depth < 0 || isEquals(words, word) || !isMath(text, words, word) || smallWordIds.has(words.ids[word] ?? -1)) break;
    last = word;
  }
  return last;
};

const keyOf = (words: Words, start: number, end: number, seed = 0): number => {
  let high = 0x811c9dc5 ^ seed;
  let low = 0x9747b28c | 0;
  for (let i = start; i < end; i++) {
    const id = words.ids[i] ?? 0;
    high = Math.imul(high ^ id, 0x01000193);
    low = Math.imul(low ^ id, 0x5bd1e995) ^ (low >>> 13);
  }
  return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
};

/** The numbers of a calculation in any order, and the words of its right side. */
const numberKeyOf = (words: Words, start: number, right: number, end: number): number => {
  let sum = 0;
  let count = 0;
  for (let i = start; i < end; i++) {
    if (words.kinds[i] === wordKinds.word) return 0;
    if (words.kinds[i] !== wordKinds.number) continue;
    count++;
    sum = (sum + Math.imul((words.ids[i] ?? 0) + 1, 0x2c1b3c6d)) | 0;
  }
  return count < 3 ? 0 : keyOf(words, right, end, sum);
};

/**
 * Finds the equations in the words of a text. A side is the run of numbers, signs, short names and LaTeX commands beside the sign; it ends at a
 * plain word, a line break or punctuation. Equations with an empty side are left out. Linear in the words.
 */
export const findEquations = (text: string, words: Words, stepWords: Int32Array): Equations => {
  const step: number[] = [];
  const leftStart: number[] = [];
  const rightStart: number[] = [];
  const rightEnd: number[] = [];
  const keys: number[] = [];
  const numberKeys: number[] = [];
  const steps = stepWords.length - 1;
  const firstOfStep = new Int32Array(steps + 1);
  let current = 0;
  for (let word = 0; word < words.count; word++) {
    if (!isEquals(words, word)) continue;
    while (current < steps - 1 && word >= (stepWords[current + 1] ?? 0)) firstOfStep[++current] = keys.length;
    const left = reach(text, words, word, -1);
    const right = reach(text, words, word, 1) + 1;
    if (left === word || right === word + 1) continue;
    step.push(current);
    leftStart.push(left);
    rightStart.push(word + 1);
    rightEnd.push(right);
    keys.push(keyOf(words, left, right));
    numberKeys.push(numberKeyOf(words, left, word + 1, right));
  }
  for (let rest = current + 1; rest <= steps; rest++) firstOfStep[rest] = keys.length;
  return {
    count: keys.length,
    step: Int32Array.from(step),
    leftStart: Int32Array.from(leftStart),
    rightStart: Int32Array.from(rightStart),
    rightEnd: Int32Array.from(rightEnd),
    keys: Float64Array.from(keys),
    numberKeys: Float64Array.from(numberKeys),
    firstOfStep,
  };
};
