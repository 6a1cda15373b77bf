/** The function of each sentence: a linear-chain model over named features, decoded by posterior. */
import type { CueClass } from "./cues";
import type { FeatureRow } from "./features";
import { featureNames } from "./features";
import type { Sentence } from "./sentences";
import { type ScoredFunction, scoredFunctions, transitions, weights } from "./weights";

const count = scoredFunctions.length;

const matrix: Float64Array = (() => {
  const table = new Float64Array(featureNames.length * count);
  featureNames.forEach((name, feature) => {
    scoredFunctions.forEach((label, k) => {
      table[feature * count + k] = weights[name]?.[label] ?? 0;
    });
  });
  return table;
})();

/** exp of the transition weights, `from * count + to`, inside a paragraph and across a paragraph break. */
const factors = {
  inside: factorTable("inside"),
  across: factorTable("across"),
};

function factorTable(place: "inside" | "across"): Float64Array {
  const table = new Float64Array(count * count);
  scoredFunctions.forEach((from, i) => {
    scoredFunctions.forEach((to, k) => {
      table[i * count + k] = Math.exp(transitions[place][from]?.[to] ?? 0);
    });
  });
  return table;
}

/**
 * What a sentence with this opening can do. Such openings decide the meaning, so the neighbours must not outvote them.
 */
const openingAllows: readonly (readonly [CueClass, readonly ScoredFunction[]])[] = [
  ["wait", ["switch", "verify", "doubt"]],
  ["backtrack", ["switch", "verify", "doubt"]],
  ["switch", ["switch", "verify", "plan", "doubt"]],
  ["error", ["switch", "verify", "doubt", "derive"]],
];

/** Functions a sentence's opening leaves possible; undefined when it rules nothing out. */
export function allowedFunctions(row: FeatureRow): readonly ScoredFunction[] | undefined {
  return openingAllows.find(([cue]) => row.opening.includes(cue))?.[1];
}

/** A sentence's function and its posterior probability, 0 to 1. */
export interface Labelled {
  readonly function: ScoredFunction;
  readonly confidence: number;
}

/** Labels every sentence: forward–backward posteriors, then the best path that does not change function lightly. Linear in the sentences. */
export function labelSentences(sentences: readonly Sentence[], rows: readonly FeatureRow[]): Labelled[] {
  const potentials = new Float64Array(sentences.length * count);
  rows.forEach((row, i) => {
    fillPotentials(row, potentials, i * count);
  });
  const posterior = forwardBackward(sentences, potentials);
  const path = smoothPath(sentences, rows, posterior);
  return sentences.map((_, i) => {
    const chosen = path[i] ?? 0;
    return { function: scoredFunctions[chosen] ?? "derive", confidence: posterior[i * count + chosen] ?? 0 };
  });
}

/**
 * Log-probability given up rather than change function inside a paragraph: what keeps a paragraph from being cut for a sentence that is only
 * slightly more likely to be something else. Set by hand so that a trace of 2,300 tokens has about 30 steps.
 */
const changeCost = 0.6;

/** The path of highest posterior, less the cost of each change inside a paragraph. */
function smoothPath(sentences: readonly Sentence[], rows: readonly FeatureRow[], posterior: Float64Array): Uint8Array {
  const n = sentences.length;
  const from = new Uint8Array(n * count);
  const total = new Float64Array(count);
  const next = new Float64Array(count);
  for (let i = 0; i < n; i++) {
    const cost = sentences[i]?.paragraphStart ? 0 : rows[i]?.lineStart ? changeCost / 2 : changeCost;
    const best = largest(total);
    const changed = (total[best] ?? 0) - cost;
    for (let k = 0; k < count; k++) {
      const stays = (total[k] ?? 0) >= changed;
      from[i * count + k] = stays ? k : best;
      next[k] = (stays ? (total[k] ?? 0) : changed) + Math.log((posterior[i * count + k] ?? 0) + 1e-9);
    }
    total.set(next);
  }
  const path = new Uint8Array(n);
  let state = largest(total);
  for (let i = n - 1; i >= 0; i--) {
    path[i] = state;
    state = from[i * count + state] ?? 0;
  }
  return path;
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if ((values[k] ?? 0) > (values[best] ?? 0)) best = k;
  return best;
}

/** exp(score − largest score) of every function, so that no sentence over- or underflows. */
function fillPotentials(row: FeatureRow, into: Float64Array, offset: number): void {
  for (let j = 0; j < row.index.length; j++) {
    const base = (row.index[j] ?? 0) * count;
    const value = row.value[j] ?? 0;
    for (let k = 0; k < count; k++) into[offset + k] = (into[offset + k] ?? 0) + value * (matrix[base + k] ?? 0);
  }
  let top = into[offset] ?? 0;
  for (let k = 1; k < count; k++) top = Math.max(top, into[offset + k] ?? 0);
  for (let k = 0; k < count; k++) into[offset + k] = Math.exp(Math.max(-60, (into[offset + k] ?? 0) - top));
  const allowed = allowedFunctions(row);
  if (!allowed) return;
  scoredFunctions.forEach((name, k) => {
    if (!allowed.includes(name)) into[offset + k] = 1e-12 * (into[offset + k] ?? 0);
  });
}

/** Posterior of every function at every sentence; each sentence's messages are scaled to sum to 1. */
function forwardBackward(sentences: readonly Sentence[], potentials: Float64Array): Float64Array {
  const n = sentences.length;
  const forward = new Float64Array(n * count);
  for (let i = 0; i < n; i++) {
    const table = sentences[i]?.paragraphStart ? factors.across : factors.inside;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      let reach = i === 0 ? 1 : 0;
      if (i > 0) for (let from = 0; from < count; from++) reach += (forward[(i - 1) * count + from] ?? 0) * (table[from * count + k] ?? 0);
      const value = reach * (potentials[i * count + k] ?? 0);
      forward[i * count + k] = value;
      sum += value;
    }
    for (let k = 0; k < count; k++) forward[i * count + k] = (forward[i * count + k] ?? 0) / sum;
  }
  const backward = new Float64Array(count).fill(1);
  const next = new Float64Array(count);
  for (let i = n - 1; i >= 0; i--) {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      next[k] = (backward[k] ?? 0) * (potentials[i * count + k] ?? 0);
      const value = (forward[i * count + k] ?? 0) * (backward[k] ?? 0);
      forward[i * count + k] = value;
      sum += value;
    }
    for (let k = 0; k < count; k++) forward[i * count + k] = (forward[i * count + k] ?? 0) / sum;
    const table = sentences[i]?.paragraphStart ? factors.across : factors.inside;
    let scale = 0;
    for (let from = 0; from < count; from++) {
      let reach = 0;
      for (let k = 0; k < count; k++) reach += (table[from * count + k] ?? 0) * (next[k] ?? 0);
      backward[from] = reach;
      scale += reach;
    }
    for (let from = 0; from < count; from++) backward[from] = (backward[from] ?? 0) / scale;
  }
  return forward;
}
