/**
 * Whether two answers mean the same, by rules in linear time. Nothing of an answer is ever executed: an answer is read as structure by a bounded
 * parser, and expressions are compared by value at fixed points.
 */
import { matches } from "./match";
import { sameMoment } from "./moment";
import { compareNumbers } from "./plainNumber";
import { type ReadAnswer, readAnswer } from "./readAnswer";

/** The verdict and the rule that gave it, in a word or two. */
export interface Equivalence {
  readonly equal: boolean;
  readonly how: string;
}

const equalBy = (how: string): Equivalence => ({ equal: true, how });
const different: Equivalence = { equal: false, how: "different" };

/**
 * Compares two answers, or texts that announce one (`…\boxed{4}`). Symmetric and reflexive, never throws, deterministic. A text that cannot be
 * read as mathematics is compared as words. 28% equals 28 and 0.28; `x = 5` equals 5; units on one side only do not count; a decimal of four
 * places or more equals what rounds to it; a list equals the same items in any order, a tuple only in its own.
 */
export function equivalent(a: string, b: string): Equivalence {
  const [one, other] = [a.trim(), b.trim()];
  if (one === other) {
    return equalBy("same text");
  }
  const numbers = compareNumbers(one, other);
  if (numbers !== undefined) {
    return numbers ? equalBy("same value") : different;
  }
  return compareRead(readAnswer(one), readAnswer(other));
}

function compareRead(left: ReadAnswer, right: ReadAnswer): Equivalence {
  if (left.core === "" || right.core === "") {
    return different;
  }
  if (left.core === right.core || ((left.wordy || right.wordy) && left.folded.value === right.folded.value)) {
    return equalBy("same words");
  }
  const choice = sameChoice(left, right) ?? sameMoment(left.moment.value, right.moment.value);
  if (choice !== undefined) {
    return choice ? equalBy("same option or date") : different;
  }
  if (left.undetermined.value || right.undetermined.value) {
    return left.undetermined.value === right.undetermined.value ? equalBy("both say there is none") : different;
  }
  if (isApart(left.number.value, right.number.value)) {
    return different;
  }
  const others = right.readings.value;
  return left.readings.value.some((node) => others.some((match) => matches(node, match))) ? equalBy("same value") : different;
}

/** Decimals of four places stand for what rounds to them; numbers further apart than that are different. */
const furthest = 1e-4;

function isApart(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) > furthest + 1e-6 * Math.abs(a);
}

/**
 * True or false when both answers are options ("B", "(B) 12", "选B") or yes/no words; undefined when they are not. An option with its content is
 * compared by the letter with another option, and is left to other rules against anything else.
 */
function sameChoice(a: ReadAnswer, b: ReadAnswer): boolean | undefined {
  const [left, right] = [a.choice.value, b.choice.value];
  if (left && right) {
    return left.letters === right.letters;
  }
  const [yes, no] = [a.verdict.value, b.verdict.value];
  return yes !== undefined && no !== undefined ? yes === no : undefined;
}
