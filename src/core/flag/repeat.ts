import type { Flag } from "../analysis";
import type { Span } from "../trace";
import { earlierPassage, type FlagContext, wordsOfStep, wordsOfUnit } from "./context";
import { areParallel, contentWords } from "./discourse";
import { percentOf } from "./phrasing";
import type { FlagRule } from "./rule";
import { sharedSpans } from "./shared";
import { type Match, ShingleIndex } from "./similar";
import { cosine, mathsAgree, weighWords } from "./vectors";
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
  if (contentWords(context.words, here, contentNear) < contentNear || !mathsAgree(context.text, context.words, here, there))
    return undefined;
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

const wordKey = ({ ids }: Words, range: Span): number => {
  let high = 0x811c9dc5 | 0;
  let low = 0x9747b28c | 0;
  for (let at = range.start; at < range.end; at++) {
    const id = ids[at]!;
    high = Math.imul(high ^ id, 0x01000193);
    low = Math.imul(low ^ id, 0x5bd1e995) ^ (low >>> 13);
  }
  return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
};

/** The earlier passage that a passage says again: the first one word for word the same, else the most alike. */
const findLikeness = (context: FlagContext, passages: Passages, index: number, verbatim: number | undefined, weights: LazyWeights) => {
  const { words, text } = context;
  const here = passages.range(index);
  if (
    verbatim !== undefined &&
    (passages.given || contentWords(words, here, contentVerbatim) >= contentVerbatim) &&
    mathsAgree(text, words, here, passages.range(verbatim))
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
  const firstWith = new Map<number, number>();
  for (let index = 0; index < passages.count; index++) {
    const here = passages.range(index);
    const long = here.end - here.start >= thresholds.repeatWords;
    if (here.end === here.start || !(long || passages.given)) continue;
    const key = wordKey(words, here);
    const verbatim = firstWith.get(key);
    if (verbatim === undefined) firstWith.set(key, index);
    if (passages.skip(index)) continue;
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
  const { units, grams } = context;
  if (!units.some((_, unit) => mayRepeat(context, unit))) return [];
  const index = new ShingleIndex(grams, units.length);
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
