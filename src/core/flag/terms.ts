import { Bytes, Scratch } from "../scratch";
import { type Words, wordKinds } from "./words";

/** The words of a text that say what it is about, in order: numbers, Chinese characters, and words too long to be grammar. The columns may be longer than `count`. */
export interface Terms {
  readonly count: number;
  readonly ids: Int32Array;
  /** 1 for numbers. */
  readonly numbers: Uint8Array;
  /** Index of the first term of each step, and at the end the count. */
  readonly firstOfStep: Int32Array;
}

/** Code units that a word of each kind has at least as a term: shorter words are grammar, signs never are terms. */
const leastUnits = new Int32Array(4);
leastUnits[wordKinds.word] = 4;
leastUnits[wordKinds.operator] = 0x7fffffff;

/** Memory for {@link findTerms}, whose terms then hold until the next use. */
export class TermMemory {
  readonly ids = new Scratch();
  readonly numbers = new Bytes();
  readonly firstOfStep = new Scratch();
}

/** The terms of a text. One pass. */
export const findTerms = (words: Words, stepWords: Int32Array, memory = new TermMemory()): Terms => {
  const ids = memory.ids.take(words.count);
  const numbers = memory.numbers.take(words.count);
  const firstOfStep = memory.firstOfStep.take(stepWords.length);
  let count = 0;
  let word = 0;
  for (let step = 0; step < stepWords.length; step++) {
    for (const first = stepWords[step]!; word < first; word++) {
      const kind = words.kinds[word]!;
      ids[count] = words.ids[word]!;
      numbers[count] = kind === wordKinds.number ? 1 : 0;
      // The sign of the difference counts without a branch, which half of all words would take by surprise.
      count += (leastUnits[kind]! - 1 - (words.ends[word]! - words.starts[word]!)) >>> 31;
    }
    firstOfStep[step] = count;
  }
  return { count, ids, numbers, firstOfStep };
};
