/**
 * Fits the function scorer: a linear-chain conditional random field over the named features, by penalised maximum likelihood. It starts from the
 * weights set by hand and is drawn back to them (a Gaussian prior around each). Trained on the tune halves of our own labels, on own and on public traces, and on the silver
 * tags that are not held out, nothing else. Run: `node test/eval/run.mjs --fit`, which prints the tables of `src/core/segment/weights.ts`.
 */
import { type CueClass, matchCues } from "../../src/core/segment/cues";
import { featureNames, readSentences, visitFeatures } from "../../src/core/segment/features";
import { openingFactor } from "../../src/core/segment/functions";
import { splitSentences } from "../../src/core/segment/sentences";
import { scoredFunctions } from "../../src/core/segment/weights";
import { handTransition, handWeights } from "./handWeights";
import { type LabelledTrace, readLabels } from "./labels";
import { readPublicLabels } from "./publicLabels";
import { functionsOfTag, readSilver } from "./silver";

interface Item {
  readonly index: number[];
  readonly value: number[];
  readonly paragraphStart: boolean;
  /** 1 for each allowed function; all 1 where the label is unknown. */
  readonly allowed: readonly number[];
  /** Near 0 for each function that the opening rules out. */
  readonly possible: readonly number[];
}

/** A trace to learn from. */
export interface Chain {
  readonly id: string;
  readonly items: readonly Item[];
  readonly weight: number;
}

const count = scoredFunctions.length;
const across = featureNames.length * count;
const inside = across + count * count;
const size = inside + count * count;

function chainOf(id: string, text: string, question: string, allowedAt: (offset: number) => readonly string[], weight: number): Chain {
  const sentences = splitSentences(text);
  const readings = readSentences(text, sentences);
  const items: Item[] = sentences.map((sentence, i) => {
    const lead = text.slice(sentence.start, sentence.end).match(/^\s*/)?.[0].length ?? 0;
    const names = allowedAt(sentence.start + lead);
    return {
      index: [],
      value: [],
      paragraphStart: sentence.paragraphStart,
      allowed: scoredFunctions.map((name) => (names.length === 0 || names.includes(name) ? 1 : 0)),
      possible: openingFactor(readings.opening[i] ?? 0) ?? scoredFunctions.map(() => 1),
    };
  });
  visitFeatures(text, sentences, readings, question, (sentence, feature, value) => {
    items[sentence]?.index.push(feature);
    items[sentence]?.value.push(value);
  });
  return { id, items, weight };
}

function holding<T extends { readonly start: number; readonly end: number }>(spans: readonly T[], offset: number): T | undefined {
  return spans.find((span) => span.start <= offset && offset < span.end);
}

/** Weight of a trace as written, with a paragraph a sentence, and as one paragraph: the words shall tell, not one layout. */
const layoutWeights = [0.7, 0.15, 0.15];

type Laid = Pick<LabelledTrace, "text" | "steps">;

function layoutsOf(trace: LabelledTrace): Laid[] {
  return [trace, laidOut(trace, "\n\n"), laidOut(trace, trace.facts["lang"] === "zh" ? "" : " ")];
}

/** The trace with `joint` between all its sentences; formulas and listings keep their lines. */
function laidOut(trace: LabelledTrace, joint: string): Laid {
  let text = "";
  const steps = trace.steps.map((step) => {
    const body = trace.text.slice(step.start, step.end);
    const start = text.length;
    text += splitSentences(body)
      .map((sentence) => body.slice(sentence.start, sentence.end).trim() + joint)
      .join("");
    return { ...step, start, end: text.length };
  });
  return { text, steps };
}

/** All training chains. `ownWeight`: how much one trace of ours counts against a silver one. */
export function trainingSet(ownWeight: number): Chain[] {
  const own = [...readLabels("tune"), ...readPublicLabels("tune")].flatMap((trace) =>
    layoutsOf(trace).map(({ text, steps }, variant) =>
      chainOf(
        trace.id,
        text,
        trace.facts["question"] ?? "",
        (offset) => {
          const step = holding(steps, offset);
          return step ? [step.function] : [];
        },
        ownWeight * (layoutWeights[variant] ?? 0),
      ),
    ),
  );
  const silver = readSilver(false).map((trace) =>
    chainOf(
      trace.file,
      trace.text,
      "",
      (offset) => {
        const chunk = holding(trace.chunks, offset);
        return chunk ? silverTarget(chunk.tag, matchCues(trace.text.slice(chunk.start, chunk.end))) : [];
      },
      1,
    ),
  );
  return [...own, ...silver];
}

const turns: readonly CueClass[] = ["wait", "backtrack", "error", "switch"];
const unsure: readonly CueClass[] = ["doubt", "premise", "contrast"];

/**
 * What a silver tag allows. The tag for uncertainty covers doubt, turning away and mere hedges, that for plans also a change of approach: the opening
 * tells which. A "fact" may be one of the question or a deduction.
 */
function silverTarget(tag: string, opening: readonly CueClass[]): readonly string[] {
  if (opening.includes("switch")) return ["switch", "verify"];
  if (tag === "self_checking") return opening.includes("wait") ? ["verify", "switch", "doubt"] : ["verify"];
  if (opening.some((cue) => turns.includes(cue))) return ["switch", "verify", "doubt"];
  if (tag === "uncertainty_management")
    return opening.some((cue) => unsure.includes(cue)) ? ["doubt"] : ["doubt", "derive", "plan", "verify"];
  if (tag === "fact_retrieval") return ["recall", "setup", "derive"];
  return functionsOfTag[tag] ?? [];
}

function startingPoint(): Float64Array {
  const start = new Float64Array(size);
  featureNames.forEach((name, feature) => {
    scoredFunctions.forEach((label, k) => {
      start[feature * count + k] = handWeights[name]?.[label] ?? 0;
    });
  });
  for (let k = 0; k < count; k++) {
    start[inside + k * count + k] = handTransition.inside;
    start[across + k * count + k] = handTransition.across;
  }
  return start;
}

/** Fits by AdaGrad with a fixed number of passes; deterministic. `prior`: strength of the pull to the starting point. */
export function fit(chains: readonly Chain[], prior: number, passes = 100): Float64Array {
  const start = startingPoint();
  const weights = Float64Array.from(start);
  const squares = new Float64Array(size).fill(1e-6);
  for (let pass = 0; pass < passes; pass++) {
    const gradient = new Float64Array(size);
    const factors = { across: weights.slice(across, inside).map(Math.exp), inside: weights.slice(inside, size).map(Math.exp) };
    for (const chain of chains) {
      const free = potentialsOf(chain, weights);
      const known = free.map((value, at) => value * (chain.items[Math.floor(at / count)]?.allowed[at % count] ?? 1) + 1e-300);
      addExpectations(chain, known, factors, gradient, chain.weight);
      addExpectations(chain, free, factors, gradient, -chain.weight);
    }
    for (let i = 0; i < size; i++) {
      const slope = gradient[i]! - prior * (weights[i]! - start[i]!);
      squares[i] = squares[i]! + slope * slope;
      weights[i] = weights[i]! + (0.2 * slope) / Math.sqrt(squares[i]!);
    }
  }
  return weights;
}

/** exp(score − highest score) of every function of every sentence; entry `i * count + k`. */
function potentialsOf({ items }: Chain, weights: Float64Array): Float64Array {
  const potentials = new Float64Array(items.length * count);
  const scores = new Float64Array(count);
  items.forEach(({ index, value, possible }, i) => {
    scores.fill(0);
    for (let j = 0; j < index.length; j++) {
      const at = index[j]! * count;
      for (let k = 0; k < count; k++) scores[k] = scores[k]! + value[j]! * weights[at + k]!;
    }
    const top = Math.max(...scores);
    for (let k = 0; k < count; k++) potentials[i * count + k] = Math.exp(scores[k]! - top) * possible[k]! + 1e-300;
  });
  return potentials;
}

type Factors = Readonly<Record<"across" | "inside", Float64Array>>;

/** Adds `sign` × the expected feature counts of a chain under these potentials. */
function addExpectations({ items }: Chain, potentials: Float64Array, factors: Factors, gradient: Float64Array, sign: number): void {
  const n = items.length;
  const forward = new Float64Array(n * count);
  for (let i = 0; i < n; i++) {
    const factor = items[i]!.paragraphStart ? factors.across : factors.inside;
    for (let k = 0; k < count; k++) {
      let reach = i === 0 ? 1 : 0;
      if (i > 0) for (let from = 0; from < count; from++) reach += forward[(i - 1) * count + from]! * factor[from * count + k]!;
      forward[i * count + k] = reach * potentials[i * count + k]!;
    }
    normalise(forward, i * count, count);
  }
  const backward = new Float64Array(count).fill(1);
  const posterior = new Float64Array(count);
  const pairs = new Float64Array(count * count);
  for (let i = n - 1; i >= 0; i--) {
    const { index, value, paragraphStart } = items[i]!;
    for (let k = 0; k < count; k++) posterior[k] = forward[i * count + k]! * backward[k]!;
    normalise(posterior, 0, count);
    for (let j = 0; j < index.length; j++) {
      const at = index[j]! * count;
      for (let k = 0; k < count; k++) gradient[at + k] = gradient[at + k]! + sign * value[j]! * posterior[k]!;
    }
    if (i === 0) return;
    const factor = paragraphStart ? factors.across : factors.inside;
    const after = backward.map((reach, k) => reach * potentials[i * count + k]!);
    for (let from = 0; from < count; from++) {
      backward[from] = 0;
      for (let to = 0; to < count; to++) {
        const flow = factor[from * count + to]! * after[to]!;
        backward[from] = backward[from]! + flow;
        pairs[from * count + to] = forward[(i - 1) * count + from]! * flow;
      }
    }
    normalise(pairs, 0, count * count);
    normalise(backward, 0, count);
    const at = paragraphStart ? across : inside;
    for (let k = 0; k < count * count; k++) gradient[at + k] = gradient[at + k]! + sign * pairs[k]!;
  }
}

/** Scales `length` values from `at` on to sum to 1, in place. */
function normalise(values: Float64Array, at: number, length: number): void {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += values[at + k]!;
  for (let k = 0; k < length; k++) values[at + k] = values[at + k]! / sum;
}

/** The weights as TypeScript tables, entries under 0.05 left out. */
export function tableSource(weights: Float64Array): string {
  const row = (at: number): string =>
    scoredFunctions
      .flatMap((label, k) => (Math.abs(weights[at + k] ?? 0) < 0.05 ? [] : [`${label}: ${Number((weights[at + k] ?? 0).toFixed(2))}`]))
      .join(", ");
  const features = featureNames.flatMap((name, feature) => {
    const entries = row(feature * count);
    return entries === "" ? [] : [`  ${JSON.stringify(name)}: { ${entries} },`];
  });
  const chain = (name: string, at: number): string[] => [
    `  ${name}: {`,
    ...scoredFunctions.map((label, k) => `    ${label}: { ${row(at + k * count)} },`),
    "  },",
  ];
  return [
    "/** Weight of each named feature for each function. */",
    "export const weights: Readonly<Record<string, Row>> = {",
    ...features,
    "};",
    "",
    "/** Weight of one function following another, inside a paragraph and across a paragraph break: the row is the function before. */",
    'export const transitions: Readonly<Record<"inside" | "across", Readonly<Record<ScoredFunction, Row>>>> = {',
    ...chain("inside", inside),
    ...chain("across", across),
    "};",
  ].join("\n");
}
