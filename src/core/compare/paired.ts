/** Statistics over pairs of traces: deltas, correctness transitions, McNemar's test, bootstrap interval. Pure and deterministic. */

/** What changed from teacher to student in one pair's correctness. */
export type Transition = "right→right" | "right→wrong" | "wrong→right" | "wrong→wrong" | "unknown";

/** The transition of a pair; unknown when one side has no verdict. */
export function transitionOf(teacher: boolean | undefined, student: boolean | undefined): Transition {
  if (teacher === undefined || student === undefined) {
    return "unknown";
  }
  return `${teacher ? "right" : "wrong"}→${student ? "right" : "wrong"}`;
}

/** Number of pairs by transition. */
export function countTransitions(
  pairs: readonly (readonly [teacher: boolean | undefined, student: boolean | undefined])[],
): Record<Transition, number> {
  const counts: Record<Transition, number> = { "right→right": 0, "right→wrong": 0, "wrong→right": 0, "wrong→wrong": 0, unknown: 0 };
  for (const [teacher, student] of pairs) {
    counts[transitionOf(teacher, student)] += 1;
  }
  return counts;
}

/**
 * McNemar's exact test, two-sided: the probability of a split of the discordant pairs at least as uneven when both models are equally good.
 * `b` and `c` are the counts of right→wrong and wrong→right. 1 when there are none.
 */
export function mcnemarExact(b: number, c: number): number {
  const n = b + c;
  const least = Math.min(b, c);
  let logTerm = -n * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= least; k += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * sum);
}

/** A mean with its percentile-bootstrap interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Mulberry32: a small generator with a fixed seed, so that the same pairs always give the same interval. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Values drawn between two pauses of {@link bootstrapSteps}. */
const drawsAStep = 20_000;

/** The work of {@link bootstrapMean} in steps of a millisecond or less, for callers that must let others in between. */
export function* bootstrapSteps(values: readonly number[], rounds = 1000, seed = 20_240_601): Generator<void, Interval | undefined> {
  const usable = values.filter(Number.isFinite);
  const n = usable.length;
  if (n === 0) {
    return undefined;
  }
  const mean = usable.reduce((sum, value) => sum + value, 0) / n;
  const random = generator(seed);
  const means = new Float64Array(rounds);
  let drawn = 0;
  for (let round = 0; round < rounds; round += 1) {
    let sum = 0;
    for (let i = 0; i < n; i += 1) {
      sum += usable[Math.floor(random() * n)] ?? 0;
    }
    means[round] = sum / n;
    drawn += n;
    if (drawn >= drawsAStep) {
      drawn = 0;
      yield;
    }
  }
  means.sort();
  const at = (share: number): number => means[Math.min(rounds - 1, Math.max(0, Math.round(share * (rounds - 1))))] ?? mean;
  return { mean, low: at(0.025), high: at(0.975), n };
}

/**
 * Mean of paired differences and its 95 % percentile-bootstrap interval over `rounds` resamples of whole pairs. Undefined without values; not
 * finite values are left out. The result depends on the values and their order only.
 */
export function bootstrapMean(values: readonly number[], rounds = 1000, seed = 20_240_601): Interval | undefined {
  const steps = bootstrapSteps(values, rounds, seed);
  for (;;) {
    const step = steps.next();
    if (step.done) {
      return step.value;
    }
  }
}

/** One figure of both sides over all pairs: its means, and the mean of student − teacher with its interval. */
export interface PairedMeasure {
  readonly teacher: number;
  readonly student: number;
  readonly delta: Interval;
}

/**
 * The measure of pairs of values, teacher's first, in steps as {@link bootstrapSteps}. Pairs with a value that is not finite are left out; undefined
 * when none is left.
 */
export function* measureSteps(
  pairs: readonly (readonly [teacher: number, student: number])[],
  rounds = 1000,
): Generator<void, PairedMeasure | undefined> {
  const usable = pairs.filter(([teacher, student]) => Number.isFinite(teacher) && Number.isFinite(student));
  const delta = yield* bootstrapSteps(
    usable.map(([teacher, student]) => student - teacher),
    rounds,
  );
  if (!delta) {
    return undefined;
  }
  const mean = (side: 0 | 1): number => usable.reduce((sum, pair) => sum + pair[side], 0) / usable.length;
  return { teacher: mean(0), student: mean(1), delta };
}
