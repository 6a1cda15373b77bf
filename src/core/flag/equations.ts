import { codeUnits } from "../codeUnits";
import { Fractions, Scratch } from "../scratch";
import { idTable, isIn } from "../words/idTable";
import type { Writable } from "../writable";
import { findFirstEqual, keyOfWords } from "./wordKeys";
import { equalityIds, smallWordIds, type Words, wordKinds } from "./words";

/** The equations a text states, in columns, in order: `left = right`, each side as words. The columns may be longer than `count`. */
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
  /** Index of the first equation with the same key: its own where it is new. */
  readonly firstSame: Int32Array;
  /** Index of the first equation with the same number key: its own where it is new or has none. */
  readonly firstSameNumbers: Int32Array;
  /** Index of the first equation of each step, and at the end the count. */
  readonly firstOfStep: Int32Array;
}

/** The longest side that is read, in words: longer runs are whole derivations, and the bound keeps the pass linear. */
const longestSide = 32;

const plainWordLength = 3;

const equality = idTable(equalityIds);
const smallWords = idTable(smallWordIds);

/** Signs that state equality. */
const isEquals = ({ ids }: Words, word: number): boolean => isIn(equality, ids[word]!);

/** True for words that stand in a formula: numbers, signs, short names and LaTeX commands. */
const isMath = (units: Uint16Array, words: Words, word: number): boolean => {
  const kind = words.kinds[word];
  if (kind === wordKinds.number || kind === wordKinds.operator) return true;
  if (kind !== wordKinds.word) return false;
  const start = words.starts[word]!;
  return words.ends[word]! - start < plainWordLength || units[start] === 0x5c;
};

/** What a code unit between words does to a formula: line breaks and stops end it anywhere, a comma only outside brackets. */
const marks = { none: 0, opens: 1, closes: 2, stop: 3, comma: 4 } as const;
const markOfUnit = new Uint8Array(0x10000);
for (const sign of "([{") markOfUnit[sign.charCodeAt(0)] = marks.opens;
for (const sign of ")]}") markOfUnit[sign.charCodeAt(0)] = marks.closes;
for (const sign of "\n.;:\u3002\uff1b\uff1a") markOfUnit[sign.charCodeAt(0)] = marks.stop;
for (const sign of ",\uff0c") markOfUnit[sign.charCodeAt(0)] = marks.comma;

/** Bracket depth after reading the units `[from, to)` rightwards (`step` 1) or leftwards (−1), or −1 where the formula ends in them. */
const depthAfter = (units: Uint16Array, from: number, to: number, step: 1 | -1, depth: number): number => {
  let level = depth;
  const deeper = step === 1 ? marks.opens : marks.closes;
  for (let at = step === 1 ? from : to - 1; at >= from && at < to; at += step) {
    const mark = markOfUnit[units[at]!]!;
    if (mark === marks.none) continue;
    if (mark === marks.stop || (level === 0 && mark === marks.comma)) return -1;
    if (mark === marks.comma) continue;
    level += mark === deeper ? 1 : -1;
    if (level < 0) return -1;
  }
  return level;
};

/** How far the side of an equation reaches from the sign at `sign`: the outermost word of it, or the sign where the side is empty. */
const reach = (units: Uint16Array, words: Words, sign: number, step: 1 | -1): number => {
  const { ids, starts, ends, count } = words;
  let depth = 0;
  let last = sign;
  for (let word = sign + step; word >= 0 && word < count && Math.abs(word - sign) <= longestSide; word += step) {
    const gapWord = step === 1 ? word : word + 1;
    depth = depthAfter(units, ends[gapWord - 1]!, starts[gapWord]!, step, depth);
    if (depth < 0 || isEquals(words, word) || !isMath(units, words, word) || isIn(smallWords, ids[word]!)) break;
    last = word;
  }
  return last;
};

/** The numbers of a calculation in any order, and the words of its right side. */
const numberKeyOf = (words: Words, start: number, right: number, end: number): number => {
  let sum = 0;
  let count = 0;
  for (let i = start; i < end; i++) {
    if (words.kinds[i] === wordKinds.word) return 0;
    if (words.kinds[i] !== wordKinds.number) continue;
    count++;
    sum = (sum + Math.imul(words.ids[i]! + 1, 0x2c1b3c6d)) | 0;
  }
  return count < 3 ? 0 : keyOfWords(words, right, end, sum);
};

/** Memory for {@link findEquations}, whose equations then hold until the next use. */
export class EquationMemory {
  readonly #columns = Array.from({ length: 7 }, () => new Scratch());
  readonly #keys = new Fractions();
  readonly #numberKeys = new Fractions();

  /** No equations yet, with room for so many in so many steps. */
  take(equations: number, steps: number): Writable<Equations> {
    const column = (index: number, size: number): Int32Array => this.#columns[index]!.take(size);
    return {
      count: 0,
      step: column(0, equations),
      leftStart: column(1, equations),
      rightStart: column(2, equations),
      rightEnd: column(3, equations),
      firstSame: column(4, equations),
      firstSameNumbers: column(5, equations),
      firstOfStep: column(6, steps + 1),
      keys: this.#keys.take(equations),
      numberKeys: this.#numberKeys.take(equations),
    };
  }
}

/** How many words state equality. */
const countSigns = (words: Words): number => {
  let count = 0;
  for (let word = 0; word < words.count; word++) if (isEquals(words, word)) count++;
  return count;
};

/**
 * Finds the equations in the words of a text. A side is the run of numbers, signs, short names and LaTeX commands beside the sign; it ends at a
 * plain word, a line break or punctuation. Equations with an empty side are left out. The columns may be longer than there are equations, and are those
 * of `memory` where it is given. Linear in the words.
 */
export const findEquations = (text: string, words: Words, stepWords: Int32Array, memory = new EquationMemory()): Equations => {
  const steps = stepWords.length - 1;
  const found = memory.take(countSigns(words), steps);
  const { step, leftStart, rightStart, rightEnd, keys, numberKeys, firstOfStep } = found;
  const units = codeUnits(text);
  let current = 0;
  let count = 0;
  firstOfStep[0] = 0;
  for (let word = 0; word < words.count; word++) {
    if (!isEquals(words, word)) continue;
    while (current < steps - 1 && word >= stepWords[current + 1]!) firstOfStep[++current] = count;
    const left = reach(units, words, word, -1);
    const right = reach(units, words, word, 1) + 1;
    if (left === word || right === word + 1) continue;
    step[count] = current;
    leftStart[count] = left;
    rightStart[count] = word + 1;
    rightEnd[count] = right;
    keys[count] = keyOfWords(words, left, right);
    numberKeys[count] = numberKeyOf(words, left, word + 1, right);
    count++;
  }
  for (let rest = current + 1; rest <= steps; rest++) firstOfStep[rest] = count;
  findFirstEqual(keys, count, found.firstSame);
  findFirstEqual(numberKeys, count, found.firstSameNumbers);
  found.count = count;
  return found;
};
