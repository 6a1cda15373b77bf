/**
 * Fits the function scorer: a linear-chain conditional random field over the named features, by penalised maximum likelihood. It starts from the
 * weights set by hand and is drawn back to them (a Gaussian prior around each). Trained on the tune half of our own labels and on the silver tags
 * that are not held out, nothing else. Run: `node test/eval/run.mjs --fit`, which prints the tables of `src/core/segment/weights.ts`.
 */
import { type CueClass, matchCues } from "../../src/core/segment/cues";
import { featureNames, readSentences, visitFeatures } from "../../src/core/segment/features";
import { openingFactor } from "../../src/core/segment/functions";
import { splitSentences } from "../../src/core/segment/sentences";
import { scoredFunctions } from "../../src/core/segment/weights";
import { handTransition, handWeights } from "./handWeights";
import { type LabelledTrace, readLabels } from "./labels";
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
const layoutWeights = [0.5, 0.3, 0.2];

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
  const own = readLabels("tune").flatMap((trace) =>
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
    for (const chain of chains) {
      addExpectations(chain, weights, gradient, true, chain.weight);
      addExpectations(chain, weights, gradient, false, -chain.weight);
    }
    for (let i = 0; i < size; i++) {
      const slope = (gradient[i] ?? 0) - prior * ((weights[i] ?? 0) - (start[i] ?? 0));
      squares[i] = (squares[i] ?? 0) + slope * slope;
      weights[i] = (weights[i] ?? 0) + (0.2 * slope) / Math.sqrt(squares[i] ?? 1);
    }
  }
  return weights;
}

/** Adds `sign` × the expected feature counts of a chain, with or without the labels known. */
function addExpectations({ items }: Chain, weights: Float64Array, gradient: Float64Array, labelled: boolean, sign: number): void {
  const n = items.length;
  const potential = items.map((item) => {
    const scores = new Float64Array(count);
    for (let j = 0; j < item.index.length; j++) {
      const at = item.index[j]! * count;
      for (let k = 0; k < count; k++) scores[k] = scores[k]! + item.value[j]! * weights[at + k]!;
    }
    const top = Math.max(...scores);
    return scores.map((score, k) => Math.exp(score - top) * (item.possible[k] ?? 1) * (labelled ? (item.allowed[k] ?? 1) : 1) + 1e-300);
  });
  const base = items.map((item) => (item.paragraphStart ? across : inside));
  const factors = new Map([across, inside].map((at) => [at, weights.slice(at, at + count * count).map(Math.exp)]));
  const factor = (i: number, from: number, to: number): number => factors.get(base[i]!)![from * count + to]!;
  const forward: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const before = forward[i - 1];
    forward.push(
      normalised(
        Float64Array.from({ length: count }, (_, k) => {
          let reach = 0;
          if (!before) reach = 1;
          else for (let from = 0; from < count; from++) reach += (before[from] ?? 0) * factor(i, from, k);
          return reach * (potential[i]?.[k] ?? 0);
        }),
      ),
    );
  }
  let backward = new Float64Array(count).fill(1);
  for (let i = n - 1; i >= 0; i--) {
    const here = forward[i] ?? backward;
    const posterior = normalised(here.map((value, k) => value * (backward[k] ?? 0)));
    items[i]?.index.forEach((feature, j) => {
      const value = sign * (items[i]?.value[j] ?? 0);
      for (let k = 0; k < count; k++) gradient[feature * count + k] = (gradient[feature * count + k] ?? 0) + value * (posterior[k] ?? 0);
    });
    const after = potential[i]?.map((value, k) => value * (backward[k] ?? 0));
    const before = forward[i - 1];
    if (!before || !after) continue;
    const pairs = new Float64Array(count * count);
    const reach = new Float64Array(count);
    for (let from = 0; from < count; from++) {
      for (let to = 0; to < count; to++) {
        const flow = factor(i, from, to) * (after[to] ?? 0);
        reach[from] = (reach[from] ?? 0) + flow;
        pairs[from * count + to] = (before[from] ?? 0) * flow;
      }
    }
    normalised(pairs).forEach((value, k) => {
      const at = (base[i] ?? 0) + k;
      gradient[at] = (gradient[at] ?? 0) + sign * value;
    });
    backward = normalised(reach);
  }
}

function normalised(values: Float64Array): Float64Array<ArrayBuffer> {
  const sum = values.reduce((total, value) => total + value, 0);
  return Float64Array.from(values, (value) => value / sum);
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
