import type { Flag } from "../analysis";
import { Fractions, Scratch } from "../scratch";
import type { Span } from "../trace";
import { earlierPassage, type FlagContext, wordsOfStep, wordsOfUnit } from "./context";
import { areParallel, contentWords } from "./discourse";
import { percentOf } from "./phrasing";
import type { FlagRule } from "./rule";
import { sharedSpans } from "./shared";
import { type Match, ShingleIndex } from "./similar";
import { cosine, mathsAgree, weighWords } from "./vectors";
import { findFirstEqual, keyOfWords } from "./wordKeys";
import type { Words } from "./words";

/** Words of substance that a near repeat needs, and a repeat word for word. */
const contentNear = 4;
const contentVerbatim = 2;

/** Below this overlap of shingles a high cosine means the same vocabulary in another order: parallel cases of one argument. */
const leastForCosine = 0.4;

interface Likeness {
  readonly index: number;
  readonly value: number;
  readonly how: string;
}

/** Weights of words, worked out when first needed: most traces have no pair that comes so near. */
type LazyWeights = () => Float64Array;

const judge = (context: FlagContext, here: Span, match: Match, there: Span, weights: LazyWeights): Likeness | undefined => {
  const { repeatOverlap, repeatCosine } = context.thresholds;
  if (match.overlap < Math.min(leastForCosine, repeatOverlap)) return undefined;
  if (contentWords(context.words, here, contentNear) < contentNear || !mathsAgree(context, here, there)) return undefined;
  if (areParallel(context.words, here, there)) return undefined;
  if (match.overlap >= repeatOverlap)
    return {
      index: match.index,
      value: match.overlap,
      how: `5-word overlap ${match.overlap.toFixed(2)}, threshold ${repeatOverlap.toFixed(2)}`,
    };
  const angle = cosine(context.words, here, there, weights());
  if (angle < repeatCosine) return undefined;
  return { index: match.index, value: angle, how: `TF-IDF cosine ${angle.toFixed(2)}, threshold ${repeatCosine.toFixed(2)}` };
};

interface Passages {
  readonly level: "step" | "unit";
  readonly count: number;
  /** The record divides its text so: a passage word for word the same is a repeat however short. */
  readonly given: boolean;
  range(index: number): Span;
  span(index: number): Span;
  /** The earlier passage most like it. */
  match(index: number): Match | undefined;
  skip(index: number): boolean;
}

const memory = { keys: new Fractions(), first: new Scratch() };

/** For each passage the first that is word for word the same, itself where none is before it. Passages of fewer words than `least` are left out. */
const firstOfEach = (words: Words, passages: Passages, least: number): Int32Array => {
  const keys = memory.keys.filled(passages.count, 0);
  for (let index = 0; index < passages.count; index++) {
    const { start, end } = passages.range(index);
    if (end - start >= least) keys[index] = keyOfWords(words, start, end);
  }
  const first = memory.first.take(passages.count);
  findFirstEqual(keys, passages.count, first);
  return first;
};

/** The earlier passage that a passage says again: the first one word for word the same, else the most alike. */
const findLikeness = (context: FlagContext, passages: Passages, index: number, verbatim: number, weights: LazyWeights) => {
  const { words } = context;
  const here = passages.range(index);
  if (
    verbatim < index &&
    (passages.given || contentWords(words, here, contentVerbatim) >= contentVerbatim) &&
    mathsAgree(context, here, passages.range(verbatim))
  )
    return { index: verbatim, value: 1, how: "word for word the same" };
  const match = passages.match(index);
  return match && judge(context, here, match, passages.range(match.index), weights);
};

const flagOf = (context: FlagContext, passages: Passages, index: number, likeness: Likeness): Flag => {
  const here = passages.range(index);
  const { start, end } = passages.span(index);
  const shared = sharedSpans(context.words, here, context.words, passages.range(likeness.index));
  return {
    rule: "repeat",
    level: passages.level,
    index,
    start,
    end,
    evidence: {
      words: `repeats ${passages.level} ${likeness.index + 1} · ${percentOf(likeness.value)}`,
      detail: `${likeness.how}; ${here.end - here.start} words`,
      earlier: earlierPassage(context.text, passages.level, likeness.index, passages.span(likeness.index)),
      similarity: likeness.value,
      here: shared.here,
      there: shared.there,
    },
  };
};

const flagPassages = (context: FlagContext, passages: Passages, weights: LazyWeights): Flag[] => {
  const { words, thresholds } = context;
  const flags: Flag[] = [];
  const least = passages.given ? 1 : Math.max(1, thresholds.repeatWords);
  const firstEqual = firstOfEach(words, passages, least);
  for (let index = 0; index < passages.count; index++) {
    const here = passages.range(index);
    if (here.end - here.start < least || passages.skip(index)) continue;
    const long = here.end - here.start >= thresholds.repeatWords;
    const verbatim = firstEqual[index]!;
    const likeness = findLikeness(context, passages, index, verbatim, weights);
    if (likeness && (long || likeness.value === 1)) flags.push(flagOf(context, passages, index, likeness));
  }
  return flags;
};

/** Share of shingles below which a step has nothing of an earlier one, and share of such steps below which a unit cannot be a repeat. */
const stepAlike = 0.25;
const unitAlike = 0.4;

const mayRepeat = (context: FlagContext, unit: number): boolean => {
  const { firstStep = 0, endStep = 0 } = context.units[unit] ?? {};
  const all = wordsOfUnit(context, unit);
  let alike = 0;
  for (let step = firstStep; step < endStep; step++) {
    if ((context.stepMatches[step]?.overlap ?? 0) >= stepAlike)
      alike += (context.stepWords[step + 1] ?? 0) - (context.stepWords[step] ?? 0);
  }
  return alike > (all.end - all.start) * unitAlike;
};

/** The earlier unit most like each unit; nothing is indexed where no unit is made of steps that came before. */
const matchUnits = (context: FlagContext): readonly (Match | undefined)[] => {
  const { units, grams, words } = context;
  if (!units.some((_, unit) => mayRepeat(context, unit))) return [];
  const index = new ShingleIndex(grams, words.count, units.length);
  return units.map((_, unit) => index.addAndFind(wordsOfUnit(context, unit), unit));
};

/** Verbatim or near repeats of an earlier step or unit. */
export const repeat: FlagRule = {
  id: "repeat",
  title: "Repeats an earlier passage",
  description:
    "A step or unit says an earlier one again, word for word or nearly: 5-word shingles overlap (Jaccard) or TF-IDF vectors point the same way, and the numbers are the same.",
  redundant: true,
  integrity: false,
  find: (context) => {
    const { steps, units } = context;
    let weighed: Float64Array | undefined;
    const weights = (): Float64Array => {
      weighed ??= weighWords(context);
      return weighed;
    };
    const lastUnit = units.length - 1;
    const closing = units[lastUnit]?.role === "conclude" ? lastUnit : -1;
    // The last step has to say the answer, in whatever words it was said before.
    const states = new Set(context.candidates.map((candidate) => candidate.step));
    const unitMatches = matchUnits(context);
    const onSteps = flagPassages(
      context,
      {
        level: "step",
        count: steps.length,
        given: (context.trace.givenSteps?.length ?? 0) > 0,
        range: (index) => wordsOfStep(context, index),
        span: (index) => ({ start: steps[index]?.start ?? 0, end: steps[index]?.end ?? 0 }),
        match: (index) => (context.unitOfStep[index] === closing ? undefined : context.stepMatches[index]),
        // A loop is one mark: its steps have none each.
        skip: (index) =>
          context.looped[index] === 1 ||
          steps[index]?.function === "observation" ||
          (index === steps.length - 1 && index > 0 && states.has(index)),
      },
      weights,
    );
    const onUnits = flagPassages(
      context,
      {
        level: "unit",
        count: units.length,
        given: false,
        range: (index) => wordsOfUnit(context, index),
        span: (index) => ({ start: units[index]?.start ?? 0, end: units[index]?.end ?? 0 }),
        match: (index) => unitMatches[index],
        skip: (index) => index === closing || context.loopedUnits[index] === 1,
      },
      weights,
    );
    return [...onSteps, ...onUnits];
  },
};
