/** The function of each sentence: a linear score per function, then the best sequence that does not change function lightly. */
import type { FeatureRow } from "./features";
import { featureNames } from "./features";
import type { Sentence } from "./sentences";
import { type ScoredFunction, scoredFunctions, weights } from "./weights";

const count = scoredFunctions.length;

/** Score lost when the function changes inside a paragraph, so that a step is not cut for one weak word. */
const changeCost = 1.1;
/** The same at a paragraph start, where changes are common. */
const paragraphChangeCost = 0.25;

const matrix: Float64Array = (() => {
  const table = new Float64Array(featureNames.length * count);
  featureNames.forEach((name, feature) => {
    scoredFunctions.forEach((label, k) => {
      table[feature * count + k] = weights[name]?.[label] ?? 0;
    });
  });
  return table;
})();

/** A sentence's function and how sure it is, 0 to 1. */
export interface Labelled {
  readonly function: ScoredFunction;
  readonly confidence: number;
}

/** Score of every function for a sentence, in the order of {@link scoredFunctions}. */
export function scoreRow(row: FeatureRow, into: Float64Array, offset: number): void {
  for (let j = 0; j < row.index.length; j++) {
    const base = (row.index[j] ?? 0) * count;
    const value = row.value[j] ?? 0;
    for (let k = 0; k < count; k++) into[offset + k] = (into[offset + k] ?? 0) + value * (matrix[base + k] ?? 0);
  }
}

/** Labels every sentence by Viterbi decoding over the scores with a cost for each change. Linear. */
export function labelSentences(sentences: readonly Sentence[], rows: readonly FeatureRow[]): Labelled[] {
  const n = sentences.length;
  const scores = new Float64Array(n * count);
  rows.forEach((row, i) => {
    scoreRow(row, scores, i * count);
  });
  const path = bestPath(sentences, scores);
  return sentences.map((_, i) => {
    const best = path[i] ?? 0;
    return { function: scoredFunctions[best] ?? "derive", confidence: share(scores, i * count, best) };
  });
}

/** Softmax share of one function among all, 0 to 1. */
function share(scores: Float64Array, offset: number, chosen: number): number {
  const top = scores[offset + chosen] ?? 0;
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp(Math.min(50, (scores[offset + k] ?? 0) - top));
  return 1 / sum;
}

function bestPath(sentences: readonly Sentence[], scores: Float64Array): Uint8Array {
  const n = sentences.length;
  const from = new Uint8Array(n * count);
  const total = new Float64Array(count);
  const next = new Float64Array(count);
  for (let i = 0; i < n; i++) {
    const cost = sentences[i]?.paragraphStart ? paragraphChangeCost : changeCost;
    let best = 0;
    for (let k = 1; k < count; k++) if ((total[k] ?? 0) > (total[best] ?? 0)) best = k;
    const changed = (total[best] ?? 0) - cost;
    for (let k = 0; k < count; k++) {
      const stays = (total[k] ?? 0) >= changed;
      from[i * count + k] = stays ? k : best;
      next[k] = (stays ? (total[k] ?? 0) : changed) + (scores[i * count + k] ?? 0);
    }
    total.set(next);
  }
  const path = new Uint8Array(n);
  let state = 0;
  for (let k = 1; k < count; k++) if ((total[k] ?? 0) > (total[state] ?? 0)) state = k;
  for (let i = n - 1; i >= 0; i--) {
    path[i] = state;
    state = from[i * count + state] ?? 0;
  }
  return path;
}
