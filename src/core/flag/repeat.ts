import type { Flag } from "../analysis";
import type { Span } from "../trace";
import { type FlagContext, trimmed, wordsOfStep, wordsOfUnit } from "./context";
import { percentOf } from "./phrasing";
import type { FlagRule } from "./rule";
import { sharedSpans } from "./shared";
import { type Match, ShingleIndex } from "./similar";
import { cosine, mathsAgree, weighWords } from "./vectors";
import { type Words, wordKinds } from "./words";

const leastContent = 4;

/** Words that tell one passage from another: numbers, signs and words of four letters and more. "Wait, let me see" has none to spare. */
const hasContent = (words: Words, range: Span): boolean => {
  let content = 0;
  for (let at = range.start; at < range.end && content < leastContent; at++) {
    const kind = words.kinds[at];
    if (kind !== wordKinds.word || (words.ends[at] ?? 0) - (words.starts[at] ?? 0) >= 4) content++;
  }
  return content >= leastContent;
};

/** Below this overlap of shingles a high cosine means the same vocabulary in another order: parallel cases of one argument. */
const leastForCosine = 0.4;

interface Likeness {
  readonly index: number;
  readonly value: number;
  readonly how: string;
}

const judge = (context: FlagContext, here: Span, match: Match, there: Span, weights: Float64Array): Likeness | undefined => {
  const { repeatOverlap, repeatCosine } = context.thresholds;
  if (!mathsAgree(context.text, context.words, here, there)) return undefined;
  if (match.overlap === 1 && here.end - here.start === there.end - there.start)
    return { index: match.index, value: 1, how: "word for word the same" };
  if (match.overlap >= repeatOverlap)
    return {
      index: match.index,
      value: match.overlap,
      how: `5-word overlap ${match.overlap.toFixed(2)}, threshold ${repeatOverlap.toFixed(2)}`,
    };
  if (match.overlap < leastForCosine) return undefined;
  const angle = cosine(context.words, here, there, weights);
  if (angle < repeatCosine) return undefined;
  return { index: match.index, value: angle, how: `TF-IDF cosine ${angle.toFixed(2)}, threshold ${repeatCosine.toFixed(2)}` };
};

interface Passages {
  readonly level: "step" | "unit";
  readonly count: number;
  range(index: number): Span;
  span(index: number): Span;
  skip(index: number): boolean;
}

const wordKey = (words: Words, range: Span): number => {
  let high = 0x811c9dc5 | 0;
  let low = 0x9747b28c | 0;
  for (let at = range.start; at < range.end; at++) {
    const id = words.ids[at] ?? 0;
    high = Math.imul(high ^ id, 0x01000193);
    low = Math.imul(low ^ id, 0x5bd1e995) ^ (low >>> 13);
  }
  return (high >>> 0) * 0x200000 + ((low >>> 0) & 0x1fffff);
};

/** The earlier passage that a passage says again: the first one word for word the same, else the most alike. */
const findLikeness = (
  context: FlagContext,
  passages: Passages,
  index: number,
  verbatim: number | undefined,
  match: Match | undefined,
  weights: Float64Array,
) => {
  const { words, text } = context;
  const here = passages.range(index);
  if (verbatim !== undefined && mathsAgree(text, words, here, passages.range(verbatim)))
    return { index: verbatim, value: 1, how: "word for word the same" };
  return match && judge(context, here, match, passages.range(match.index), weights);
};

const flagOf = (context: FlagContext, passages: Passages, index: number, likeness: Likeness): Flag => {
  const here = passages.range(index);
  return {
    rule: "repeat",
    level: passages.level,
    index,
    ...passages.span(index),
    evidence: {
      words: `repeats ${passages.level} ${likeness.index + 1} · ${percentOf(likeness.value)}`,
      detail: `${likeness.how}; ${here.end - here.start} words`,
      earlier: { level: passages.level, index: likeness.index, ...trimmed(context.text, passages.span(likeness.index)) },
      similarity: likeness.value,
      ...sharedSpans(context.words, here, context.words, passages.range(likeness.index)),
    },
  };
};

const flagPassages = (context: FlagContext, passages: Passages, weights: Float64Array): Flag[] => {
  const { words, thresholds } = context;
  const flags: Flag[] = [];
  const shingles = new ShingleIndex(words, passages.count);
  const firstWith = new Map<number, number>();
  for (let index = 0; index < passages.count; index++) {
    const here = passages.range(index);
    if (here.end - here.start < thresholds.repeatWords || !hasContent(words, here)) continue;
    const match = shingles.addAndFind(here, index);
    const key = wordKey(words, here);
    const verbatim = firstWith.get(key);
    if (verbatim === undefined) firstWith.set(key, index);
    if (passages.skip(index)) continue;
    const likeness = findLikeness(context, passages, index, verbatim, match, weights);
    if (likeness) flags.push(flagOf(context, passages, index, likeness));
  }
  return flags;
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
    const weights = weighWords(context);
    const lastUnit = units.length - 1;
    const closing = units[lastUnit]?.role === "conclude" ? lastUnit : -1;
    const onSteps = flagPassages(
      context,
      {
        level: "step",
        count: steps.length,
        range: (index) => wordsOfStep(context, index),
        span: (index) => ({ start: steps[index]?.start ?? 0, end: steps[index]?.end ?? 0 }),
        skip: (index) => steps[index]?.function === "observation" || context.unitOfStep[index] === closing,
      },
      weights,
    );
    const onUnits = flagPassages(
      context,
      {
        level: "unit",
        count: units.length,
        range: (index) => wordsOfUnit(context, index),
        span: (index) => ({ start: units[index]?.start ?? 0, end: units[index]?.end ?? 0 }),
        skip: (index) => index === closing || context.loopedUnits[index] === 1,
      },
      weights,
    );
    return [...onSteps, ...onUnits];
  },
};
