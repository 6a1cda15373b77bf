/** The function of each sentence: a linear-chain model over named features, decoded by posterior. */
import { Fractions } from "../scratch";
import { readTraceTokens, type TraceTokens } from "../words/tokens";
import { type CueClass, cueBits } from "./cues";
import { type FeatureSink, featureNames, type Readings, readSentences, visitFeatures } from "./features";
import type { Sentence } from "./sentences";
import { type ScoredFunction, scoredFunctions, transitions, weights } from "./weights";

const count = scoredFunctions.length;

/** Sums worked out side by side: each waits for its last addition, so four take hardly longer than one. Divides {@link count}. */
const lanes = 4;
if (count % lanes !== 0) throw new RangeError("the functions are scored four at a time");

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
const factors = { inside: factorTable("inside"), across: factorTable("across") };

/** The same with rows and columns exchanged: `to * count + from`. */
const transposed = { inside: transposedTable(factors.inside), across: transposedTable(factors.across) };

function transposedTable(table: Float64Array): Float64Array {
  return table.map((_, i) => table[(i % count) * count + Math.floor(i / count)]!);
}

function factorTable(place: "inside" | "across"): Float64Array {
  const table = new Float64Array(count * count);
  scoredFunctions.forEach((from, i) => {
    scoredFunctions.forEach((to, k) => {
      table[i * count + k] = Math.exp(transitions[place][from]?.[to] ?? 0);
    });
  });
  return table;
}

/** What a sentence that opens with all these cues can do; the first row that fits decides. Such openings decide the meaning, so the neighbours must not outvote them. */
const openingAllows: readonly (readonly [readonly CueClass[], readonly ScoredFunction[]])[] = [
  [["wait", "backtrack", "error"], ["switch"]],
  [
    ["wait", "error"],
    ["switch", "doubt"],
  ],
  [["error"], ["switch", "verify", "doubt", "derive"]],
  [
    ["verify", "switch"],
    ["verify", "switch"],
  ],
  [
    ["verify", "setup"],
    ["verify", "setup", "doubt"],
  ],
  [["verify"], ["verify", "doubt"]],
  [["switch"], ["switch", "verify", "doubt"]],
  [["backtrack"], ["switch", "verify", "doubt"]],
  [["wait"], ["switch", "verify", "doubt"]],
  [["affirm"], ["verify", "conclude", "derive", "doubt"]],
  [["setup"], ["setup", "plan", "recall", "derive", "verify", "doubt", "switch"]],
];

const constraints = openingAllows.map(([cues, allowed]) => ({
  bits: cueBits(...cues),
  factor: scoredFunctions.map((name) => (allowed.includes(name) ? 1 : 1e-12)),
}));

/** Factor of each function for a sentence with these opening cues, near 0 where the opening rules it out; undefined when it rules nothing out. */
export function openingFactor(opening: number): readonly number[] | undefined {
  for (const { bits, factor } of constraints) if ((opening & bits) === bits) return factor;
  return undefined;
}

/** A conclusion ends what was before it, however likely that goes on. */
const conclusion = scoredFunctions.indexOf("conclude");

/**
 * Inside a paragraph (inside a line) the function of the sentence before is kept while its posterior is at least this share of the best one:
 * what keeps a paragraph from being cut for a sentence that is only slightly more likely to be something else. Set by hand so that a trace of 2,300
 * tokens has about 30 steps.
 */
const keepShare = { line: 0.85, lineStart: 0.95 };

/** The functions of a trace's sentences; entry i is sentence i's. */
export interface Labelling {
  readonly functions: readonly ScoredFunction[];
  /** Posterior probability of the function, 0 to 1. */
  readonly confidence: Float64Array;
  /** Cue classes that open the sentence, as bits. */
  readonly opening: Int32Array;
}

/** Labels every sentence: forward–backward posteriors, then one pass that does not change function lightly. Linear in the text. */
export function labelSentences(
  text: string,
  sentences: readonly Sentence[],
  question: string,
  tokens: TraceTokens = readTraceTokens({ question, text }),
): Labelling {
  const readings = readSentences(text, sentences, tokens);
  const posterior = scoreSentences(text, sentences, readings, question, tokens);
  forwardBackward(sentences, posterior);
  const functions: ScoredFunction[] = [];
  const confidence = new Float64Array(sentences.length);
  let previous = 0;
  for (let i = 0; i < sentences.length; i++) {
    let best = 0;
    for (let k = 1; k < count; k++) if (posterior[i * count + k]! > posterior[i * count + best]!) best = k;
    const share = best === conclusion ? 1 : readings.lineStart[i] === 1 ? keepShare.lineStart : keepShare.line;
    const keeps = !sentences[i]!.paragraphStart && posterior[i * count + previous]! >= share * posterior[i * count + best]!;
    const chosen = keeps ? previous : best;
    functions.push(scoredFunctions[chosen] ?? "derive");
    confidence[i] = posterior[i * count + chosen]!;
    previous = chosen;
  }
  return { functions, confidence, opening: readings.opening };
}

/** Memory of the trace that is being labelled. */
const memory = { scores: new Fractions(), forward: new Fractions(), message: new Float64Array(count), next: new Float64Array(count) };

/** The features of the sentence that is being scored, each with its value. */
const active = { features: new Int32Array(featureNames.length), values: new Float64Array(featureNames.length) };

/** Writes the scores of a sentence with the first `length` of {@link active} at `to`. */
function sumScores(length: number, scores: Float64Array, to: number): void {
  const { features, values } = active;
  for (let k = 0; k < count; k += lanes) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < length; i++) {
      const from = features[i]! * count + k;
      const value = values[i]!;
      a += value * matrix[from]!;
      b += value * matrix[from + 1]!;
      c += value * matrix[from + 2]!;
      d += value * matrix[from + 3]!;
    }
    scores[to + k] = a;
    scores[to + k + 1] = b;
    scores[to + k + 2] = c;
    scores[to + k + 3] = d;
  }
}

/** exp(score − largest score) of every function of every sentence, so that none over- or underflows. */
function scoreSentences(
  text: string,
  sentences: readonly Sentence[],
  readings: Readings,
  question: string,
  tokens: TraceTokens,
): Float64Array {
  const scores = memory.scores.take(sentences.length * count);
  const { features, values } = active;
  let current = 0;
  let length = 0;
  const add: FeatureSink = (sentence, feature, value) => {
    if (sentence !== current) {
      sumScores(length, scores, current * count);
      current = sentence;
      length = 0;
    }
    features[length] = feature;
    values[length] = value;
    length++;
  };
  visitFeatures(text, sentences, readings, question, add, tokens);
  sumScores(length, scores, current * count);
  for (let i = 0; i < sentences.length; i++) {
    const at = i * count;
    let top = scores[at]!;
    for (let k = 1; k < count; k++) top = Math.max(top, scores[at + k]!);
    const factor = openingFactor(readings.opening[i]!);
    for (let k = 0; k < count; k++) scores[at + k] = Math.exp(Math.max(-60, scores[at + k]! - top)) * (factor ? factor[k]! : 1);
  }
  return scores;
}
/** Turns the potentials into posteriors in place; every message is scaled to sum to 1. */
function forwardBackward(sentences: readonly Sentence[], potentials: Float64Array): void {
  const n = sentences.length;
  const forward = memory.forward.take(n * count);
  const { message, next } = memory;
  message.fill(1);
  for (let i = 0; i < n; i++) {
    if (i > 0) pass(message, sentences[i]!.paragraphStart ? transposed.across : transposed.inside, next);
    else next.fill(1);
    multiply(next, potentials, i * count, message);
    for (let k = 0; k < count; k++) forward[i * count + k] = message[k]!;
  }
  message.fill(1);
  for (let i = n - 1; i >= 0; i--) {
    const at = i * count;
    for (let k = 0; k < count; k++) forward[at + k] = forward[at + k]! * message[k]!;
    multiply(message, potentials, at, next);
    pass(next, sentences[i]!.paragraphStart ? factors.across : factors.inside, message);
  }
  for (let i = 0; i < n; i++) {
    const at = i * count;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += forward[at + k]!;
    for (let k = 0; k < count; k++) potentials[at + k] = forward[at + k]! / sum;
  }
}

/** `into[k]` = sum over `from` of `message[from] * table[k, from]`. */
function pass(message: Float64Array, table: Float64Array, into: Float64Array): void {
  for (let k = 0; k < count; k += lanes) {
    const row = k * count;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let from = 0; from < count; from++) {
      const weight = message[from]!;
      a += weight * table[row + from]!;
      b += weight * table[row + count + from]!;
      c += weight * table[row + 2 * count + from]!;
      d += weight * table[row + 3 * count + from]!;
    }
    into[k] = a;
    into[k + 1] = b;
    into[k + 2] = c;
    into[k + 3] = d;
  }
}

/** `into` = `message` times the potentials at `at`, scaled to sum to 1. */
function multiply(message: Float64Array, potentials: Float64Array, at: number, into: Float64Array): void {
  let sum = 0;
  for (let k = 0; k < count; k++) {
    into[k] = message[k]! * potentials[at + k]!;
    sum += into[k]!;
  }
  for (let k = 0; k < count; k++) into[k] = into[k]! / sum;
}
