/** How a record's own numbers are drawn: height in the lane and strength of the underline. Pure. */
import type { Signal } from "../../src/core/trace";

/** A signal with its scale. */
export interface SignalScale {
  readonly signal: Signal;
  /** What the lane shows, in words: "−ln p, 0 to 4". */
  readonly words: string;
  /** What the underlines mean: one word a strength, weakest first. Empty for numbers over steps. */
  readonly shades: readonly string[];
  /** True for natural-log probabilities. */
  readonly isLogprob: boolean;
  /** Height in the lane, 0 to 1. */
  height(value: number): number;
  /** Strength of the underline: 0 for none, 1 to 4. */
  shade(value: number): number;
}

/** −ln p at the lane's top. */
const surprisalTop = 4;
/** Probabilities under which an underline grows stronger. */
const probabilities = [0.9, 0.6, 0.35, 0.1] as const;
/** Shares of the values, highest first, that are underlined where the numbers are no probabilities. */
const quantiles = [0.5, 0.75, 0.9, 0.97] as const;

const short = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** A number of a signal as the interface writes it: at most three digits that count. */
export const signalNumber = (value: number): string => short.format(value).replace("-", "−");

const isLogprobs = (signal: Signal): boolean =>
  signal.level === "token" && /log_?prob/i.test(signal.name) && signal.values.every((value) => value <= 0.001);

/** The scale of a signal. Values that are no finite numbers count as the lowest. */
export function scaleOf(signal: Signal): SignalScale {
  return isLogprobs(signal) ? logprobScale(signal) : plainScale(signal);
}

function logprobScale(signal: Signal): SignalScale {
  return {
    signal,
    words: `−ln p, 0 to ${surprisalTop}`,
    shades: probabilities.map((limit) => String(limit).replace(/^0/, "")),
    isLogprob: true,
    height: (value) => clamp(-value / surprisalTop),
    shade: (value) => probabilities.filter((limit) => Math.exp(value) < limit).length,
  };
}

/** From the lowest value, or from 0 where none is below, to the highest. */
function plainScale(signal: Signal): SignalScale {
  const sorted = Float64Array.from(signal.values.filter(Number.isFinite)).sort();
  const least = Math.min(0, sorted[0] ?? 0);
  const most = Math.max(sorted.at(-1) ?? 1, least + Number.EPSILON);
  const limits = quantiles.map((share) => sorted[Math.floor(share * sorted.length)] ?? most);
  return {
    signal,
    words: `${signal.name}, ${signalNumber(least)} to ${signalNumber(most)}`,
    shades: signal.level === "token" ? quantiles.map((share) => `top ${Math.round((1 - share) * 100)} %`) : [],
    isLogprob: false,
    height: (value) => clamp((value - least) / (most - least)),
    shade: (value) => (sorted[0] === sorted.at(-1) ? 0 : limits.filter((limit) => value >= limit).length),
  };
}

const clamp = (share: number): number => (Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0);

/** Index of the entry that holds an offset: the last that starts at or before it; −1 when none does. */
export function entryAt(signal: Signal, offset: number): number {
  let low = 0;
  let high = signal.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((signal.starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Mean of the values, and the highest in the lane with its entry. */
export function summary(scale: SignalScale): { readonly mean: number; readonly peak: number; readonly at: number } | undefined {
  const { values } = scale.signal;
  if (values.length === 0) return undefined;
  let sum = 0;
  let at = 0;
  values.forEach((value, index) => {
    sum += value;
    if (scale.height(value) > scale.height(values[at] ?? 0)) at = index;
  });
  const sign = scale.isLogprob ? -1 : 1;
  return { mean: (sign * sum) / values.length, peak: sign * (values[at] ?? 0), at };
}
