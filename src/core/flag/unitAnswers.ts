/** Which units state the answer of an earlier one, keep it unstated, or change it. */
import type { FlagContext } from "./context";

/** Answers of units: the unit that first gave each, those that kept one unstated, those that changed it. */
export interface Answers {
  /** For a unit that states an answer stated before: the unit that first gave it; −1 otherwise. */
  readonly sameAs: Int32Array;
  /** For a unit that states none, where the answer before and after it is one: the unit that first gave that; −1 otherwise. */
  readonly kept: Int32Array;
  /** 1 for a unit whose answer is not the one stated before it. */
  readonly changes: Uint8Array;
}

/** First unit that states each different answer; a later unit with the same answer points back to it. */
const firstUnits = (context: FlagContext): { readonly sameAs: Int32Array; readonly changes: Uint8Array } => {
  const sameAs = new Int32Array(context.units.length).fill(-1);
  const changes = new Uint8Array(context.units.length);
  const distinct: number[] = [];
  let latest: string | undefined;
  context.units.forEach((unit, index) => {
    const { answer } = unit;
    if (answer === undefined) return;
    if (latest !== undefined && !context.sameAnswer(latest, answer)) changes[index] = 1;
    latest = answer;
    const first = distinct.find((other) => context.sameAnswer(context.units[other]?.answer ?? "", answer));
    if (first !== undefined) sameAs[index] = first;
    else if (distinct.length < distinctAnswers) distinct.push(index);
  });
  return { sameAs, changes };
};

/** Different answers remembered: more than any real trace states, and a bound on the comparisons. */
const distinctAnswers = 64;

/**
 * For every unit without an answer of its own: the unit that first gave the answer stated before it, when the next answer stated, or the final one, is
 * the same; −1 otherwise.
 */
const keptAnswers = (context: FlagContext, sameAs: Int32Array): Int32Array => {
  const { units } = context;
  const kept = new Int32Array(units.length).fill(-1);
  const next: (string | undefined)[] = [];
  let later = context.finalAnswer;
  for (let index = units.length - 1; index >= 0; index--) {
    next[index] = later;
    later = units[index]?.answer ?? later;
  }
  let latest = -1;
  units.forEach((unit, index) => {
    if (unit.answer !== undefined) {
      latest = (sameAs[index] ?? -1) >= 0 ? (sameAs[index] ?? -1) : index;
      return;
    }
    const before = units[latest]?.answer;
    const after = next[index];
    if (before !== undefined && after !== undefined && context.sameAnswer(before, after)) kept[index] = latest;
  });
  return kept;
};

/** Reads the answers of all units. */
export const readAnswers = (context: FlagContext): Answers => {
  const { sameAs, changes } = firstUnits(context);
  return { sameAs, changes, kept: keptAnswers(context, sameAs) };
};
