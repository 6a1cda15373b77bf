/** Scores of the evaluation, each under its usual name. */

/** Counts behind an F1. */
export interface Counts {
  readonly hit: number;
  readonly predicted: number;
  readonly gold: number;
}

/** F1 of counts, 0 to 1; 0 when nothing was found or nothing was there. */
export function f1({ hit, predicted, gold }: Counts): number {
  return hit === 0 ? 0 : (2 * hit) / (predicted + gold);
}

/** Sum of counts (micro average). */
export function addCounts(all: readonly Counts[]): Counts {
  return all.reduce((sum, one) => ({ hit: sum.hit + one.hit, predicted: sum.predicted + one.predicted, gold: sum.gold + one.gold }), {
    hit: 0,
    predicted: 0,
    gold: 0,
  });
}

/** Matches predicted to gold positions one to one within `slack`, both ascending, greedily from the left (optimal on a line). */
export function matchPositions(predicted: readonly number[], gold: readonly number[], slack: number): Counts {
  let hit = 0;
  let i = 0;
  let j = 0;
  while (i < predicted.length && j < gold.length) {
    const distance = (predicted[i] ?? 0) - (gold[j] ?? 0);
    if (Math.abs(distance) <= slack) {
      hit++;
      i++;
      j++;
    } else if (distance < 0) i++;
    else j++;
  }
  return { hit, predicted: predicted.length, gold: gold.length };
}

/** Pk (Beeferman): share of windows of half a mean segment whose ends are wrongly told to be in one segment. Borders are indices of segment starts after 0. */
export function pk(predicted: ReadonlySet<number>, gold: ReadonlySet<number>, n: number): number {
  return windows(predicted, gold, n, (a, b) => a > 0 !== b > 0);
}

/** WindowDiff (Pevzner and Hearst): share of windows with a different number of borders. */
export function windowDiff(predicted: ReadonlySet<number>, gold: ReadonlySet<number>, n: number): number {
  return windows(predicted, gold, n, (a, b) => a !== b);
}

function windows(predicted: ReadonlySet<number>, gold: ReadonlySet<number>, n: number, wrong: (a: number, b: number) => boolean): number {
  const k = Math.max(1, Math.round(n / (gold.size + 1) / 2));
  if (n <= k) return 0;
  let errors = 0;
  for (let i = 0; i + k < n; i++) {
    let a = 0;
    let b = 0;
    for (let border = i + 1; border <= i + k; border++) {
      if (predicted.has(border)) a++;
      if (gold.has(border)) b++;
    }
    if (wrong(a, b)) errors++;
  }
  return errors / (n - k);
}

/** Area under the ROC curve of scores for positives against negatives; ties count half. NaN when a side is empty. */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  const all = [...positives.map((score) => ({ score, positive: true })), ...negatives.map((score) => ({ score, positive: false }))];
  all.sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j]?.score === all[i]?.score) j++;
    for (let k = i; k < j; k++) if (all[k]?.positive) rankSum += (i + j + 1) / 2;
    i = j;
  }
  const p = positives.length;
  return (rankSum - (p * (p + 1)) / 2) / (p * negatives.length);
}

/** Mean of F1 over classes, from parallel lists of labels. */
export function macroF1(gold: readonly string[], predicted: readonly string[]): number {
  const classes = [...new Set(gold)];
  const scores = classes.map((name) =>
    f1({
      hit: gold.filter((label, i) => label === name && predicted[i] === name).length,
      predicted: predicted.filter((label) => label === name).length,
      gold: gold.filter((label) => label === name).length,
    }),
  );
  return mean(scores);
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
