import { type Words, wordKinds } from "./words";

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
  /** Index of the first equation of each step, and at the end the count. */
  readonly firstOfStep: Int32Array;
}

/** The longest side that is read, in words: longer runs are whole derivations, and the bound keeps the pass linear. */
const longestSide = 32;

const plainWordLength = 3;

/** Signs that state equality. */
const isEquals = (text: string, words: Words, word: number): boolean => {
  if (words.kinds[word] !== wordKinds.operator) return false;
  const unit = text.charCodeAt(words.starts[word] ?? 0);
  return unit === 0x3d || unit === 0x2248 || unit === 0x2261;
};

/** True for words that stand in a formula: numbers, signs, short names and LaTeX commands. */
const isMath = (text: string, words: Words, word: number): boolean => {
  const kind = words.kinds[word];
  if (kind === wordKinds.number || kind === wordKinds.operator) return true;
  if (kind !== wordKinds.word) return false;
  const start = words.starts[word] ?? 0;
  return (words.ends[word] ?? 0) - start < plainWordLength || text.charCodeAt(start) === 0x5c;
};

/** Letters alone that are English words far more often than names in a formula. */
const smallWords: ReadonlySet<string> = new Set([
  "so",
  "is",
  "if",
  "we",
  "to",
  "of",
  "or",
  "in",
  "as",
  "at",
  "be",
  "by",
  "it",
  "a",
  "I",
  "no",
  "do",
  "my",
  "an",
  "on",
]);

const isSmallWord = (text: string, words: Words, word: number): boolean =>
  words.kinds[word] === wordKinds.word && smallWords.has(text.slice(words.starts[word] ?? 0, words.ends[word] ?? 0));

/** True where the gap before `word` ends a formula: a line break, or a comma, stop, colon or semicolon outside brackets. */
const brokenBefore = (text: string, words: Words, word: number): boolean => {
  const from = words.ends[word - 1] ?? 0;
  const to = words.starts[word] ?? 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || unit === 0x2e || unit === 0x3b || unit === 0x3a || unit === 0x2c || unit === 0xff0c || unit === 0x3002)
      return true;
  }
  return false;
};

const keyOf = (words: Words, start: number, end: number): number => {
  let high = 0x811c9dc5 | 0;
  let low = 0x9747b28c | 0;
  for (let i = start; i < end; i++) {
    const id = words.ids[i] ?? 0;
    high = Math.imul(high ^ id, 0x01000193);
    low = Math.imul(low ^ id, 0x5bd1e995) ^ (low >>> 13);
  }
  return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
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
  const steps = stepWords.length - 1;
  const firstOfStep = new Int32Array(steps + 1);
  let current = 0;
  for (let word = 0; word < words.count; word++) {
    if (!isEquals(text, words, word)) continue;
    while (current < steps - 1 && word >= (stepWords[current + 1] ?? 0)) firstOfStep[++current] = keys.length;
    let left = word;
    while (left > 0 && word - left < longestSide && !brokenBefore(text, words, left) && !isEquals(text, words, left - 1)) {
      if (!isMath(text, words, left - 1) || isSmallWord(text, words, left - 1)) break;
      left--;
    }
    let right = word + 1;
    while (right < words.count && right - word <= longestSide && !brokenBefore(text, words, right) && !isEquals(text, words, right)) {
      if (!isMath(text, words, right) || isSmallWord(text, words, right)) break;
      right++;
    }
    if (left === word || right === word + 1) continue;
    step.push(current);
    leftStart.push(left);
    rightStart.push(word + 1);
    rightEnd.push(right);
    keys.push(keyOf(words, left, right));
  }
  for (let rest = current + 1; rest <= steps; rest++) firstOfStep[rest] = keys.length;
  return {
    count: keys.length,
    step: Int32Array.from(step),
    leftStart: Int32Array.from(leftStart),
    rightStart: Int32Array.from(rightStart),
    rightEnd: Int32Array.from(rightEnd),
    keys: Float64Array.from(keys),
    firstOfStep,
  };
};
