/** Rows on other people's records in the data directory beside the repository, and on repeats made from our own traces. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Analysis, redundancyRules } from "../../src/core/analysis";
import { analyze } from "../../src/core/analyze";
import { equivalent } from "../../src/core/answer/equivalent";
import { compareTraces } from "../../src/core/compare/compareTraces";
import type { Trace } from "../../src/core/trace";
import { traceOf } from "../core/segment/traceOf";
import type { LabelledTrace } from "./labels";
import type { Row } from "./row";
import { addCounts, auroc, type Counts, f1, macroF1, mean } from "./score";
import { dataDirectory } from "./silver";

function readText(...names: readonly string[]): string | undefined {
  const file = path.join(dataDirectory, ...names);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function readLines(...names: readonly string[]): Fields[] {
  const rows: unknown[] = (readText(...names) ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  return rows.filter(isFields);
}

/** A trace whose steps the record gives, joined by blank lines. */
function traceOfSteps(steps: readonly string[], question: string): Trace {
  const givenSteps: { start: number; end: number }[] = [];
  let text = "";
  steps.forEach((step, i) => {
    const start = text.length;
    text += i < steps.length - 1 ? `${step}\n\n` : step;
    givenSteps.push({ start, end: text.length });
  });
  return traceOf(text, { question, givenSteps });
}

/** Steps that the redundancy rules mark, on the step itself or on its unit. */
function markedSteps(analysis: Analysis): Set<number> {
  const marked = new Set(analysis.steps.flatMap((step, i) => (step.redundant ? [i] : [])));
  for (const flag of analysis.flags) if (flag.level === "step" && redundancyRules.includes(flag.rule)) marked.add(flag.index);
  return marked;
}

const highest = (analysis: Analysis): number => Math.max(0, ...analysis.steps.map((step) => step.redundancy));

/** A step of a clean solution said again later, word for word; every step equal to an earlier one is to be found. */
function repeatCounts(steps: readonly string[], question: string, seed: number): Counts {
  const source = (seed * 7) % Math.max(1, steps.length - 1);
  const at = Math.min(steps.length - 1, source + 1 + (seed % 3));
  const text = [...steps.slice(0, at), steps[source] ?? "", ...steps.slice(at)];
  const gold = new Set(text.flatMap((step, i) => (text.indexOf(step) < i ? [i] : [])));
  const flags = analyze(traceOfSteps(text, question)).flags.filter((flag) => flag.level === "step" && flag.rule === "repeat");
  const found = new Set(flags.map((flag) => flag.index));
  return { hit: [...found].filter((i) => gold.has(i)).length, predicted: found.size, gold: gold.size };
}

/** PRMBench: redundant steps injected into clean solutions (Apache-2.0); `error_steps` counts from 1. */
export function injectedRows(): Row[] {
  const gold: string[] = [];
  const ours: string[] = [];
  const clean: number[] = [];
  const changed: Counts[] = [];
  const plain: Counts[] = [];
  const repeats: Counts[] = [];
  const scores: { readonly redundant: number[]; readonly needed: number[] } = { redundant: [], needed: [] };
  const solutions: { readonly modified: number[]; readonly original: number[] } = { modified: [], original: [] };
  const rows = readLines("prmbench", "redundancy_test-p2.jsonl");
  for (const row of rows) {
    const question = String(row["original_question"] ?? "");
    const [before, after] = [strings(row["original_process"]), strings(row["modified_process"])];
    const wrong = new Set((Array.isArray(row["error_steps"]) ? row["error_steps"] : []).map((step) => Number(step) - 1));
    const [original, modified] = [traceOfSteps(before, question), traceOfSteps(after, question)];
    const [first, second] = [analyze(original), analyze(modified)];
    const marked = markedSteps(second);
    after.forEach((_, i) => {
      gold.push(wrong.has(i) ? "redundant" : "needed");
      ours.push(marked.has(i) ? "redundant" : "needed");
      scores[wrong.has(i) ? "redundant" : "needed"].push(second.steps[i]?.redundancy ?? 0);
    });
    solutions.modified.push(highest(second));
    solutions.original.push(highest(first));
    repeats.push(repeatCounts(before, question, repeats.length));
    const onClean = markedSteps(first);
    before.forEach((_, i) => {
      clean.push(onClean.has(i) ? 1 : 0);
    });
    const diff = compareTraces({ trace: original, analysis: first }, { trace: modified, analysis: second });
    const found = diff.steps.flatMap((step) => (step.kind !== "same" && step.student !== undefined ? [step.student] : []));
    changed.push({ hit: found.filter((i) => wrong.has(i)).length, predicted: found.length, gold: wrong.size });
    const unseen = after.flatMap((step, i) => (before.includes(step) ? [] : [i]));
    plain.push({ hit: unseen.filter((i) => wrong.has(i)).length, predicted: unseen.length, gold: wrong.size });
  }
  const none = gold.map(() => "needed");
  return [
    {
      measure: "redundant step, PRMBench, macro-F1 of the marks (weights seen in development)",
      n: gold.length,
      floor: macroF1(gold, none),
      ours: macroF1(gold, ours),
      goal: 0.77,
    },
    {
      measure: "the same by redundancy score, AUROC",
      n: gold.length,
      floor: 0.5,
      ours: auroc(scores.redundant, scores.needed),
      goal: 0.68,
    },
    {
      measure: "solution with redundant steps against the clean one, highest score, AUROC",
      n: 2 * rows.length,
      floor: 0.5,
      ours: auroc(solutions.modified, solutions.original),
      goal: 0.66,
    },
    {
      measure: "verbatim repeat of a step put into clean solutions (PRMBench), F1",
      n: repeats.length,
      floor: undefined,
      ours: f1(addCounts(repeats)),
      goal: 0.995,
    },
    {
      measure: "the same, firing rate of all marks of redundancy on clean steps (lower is better)",
      n: clean.length,
      floor: undefined,
      ours: mean(clean),
      goal: 0.02,
    },
    {
      measure: "changed steps found by the diff, PRMBench, F1",
      n: rows.length,
      floor: f1(addCounts(plain)),
      ours: f1(addCounts(changed)),
      goal: 0.79,
    },
  ];
}

/** One step of each of our traces said again, word for word, before its last step. */
export function repeatRow(traces: readonly LabelledTrace[]): Row {
  const counts = traces.flatMap((trace) => {
    const steps = trace.steps.map((step) => trace.text.slice(step.start, step.end));
    const source = steps.findIndex((step, i) => i > 0 && step.length >= 40);
    if (source < 0 || source >= steps.length - 1 || trace.steps.some((step) => step.flags.includes("repeat"))) return [];
    const at = steps.length - 1;
    const repeated = traceOfSteps([...steps.slice(0, at), steps[source] ?? "", ...steps.slice(at)], trace.facts["question"] ?? "");
    const found = analyze(repeated).flags.filter((flag) => flag.level === "step" && (flag.rule === "repeat" || flag.rule === "loop"));
    return [{ hit: found.some((flag) => flag.index === at) ? 1 : 0, predicted: new Set(found.map((flag) => flag.index)).size, gold: 1 }];
  });
  return {
    measure: "verbatim repeat of a step, own traces, F1",
    n: counts.length,
    floor: undefined,
    ours: f1(addCounts(counts)),
    goal: 0.995,
  };
}

const twins = [
  { model: "DeepSeek-R1", posed: "math_normal_deepseekR1.json", illPosed: "math_MiP_deepseekR1.json" },
  { model: "R1-distill-Qwen-32B against QwQ", posed: "math_normal_QwQ.json", illPosed: "math_MiP_DSQ.json" },
  { model: "Qwen2.5-32B", posed: "math_normal_Qwen32.json", illPosed: "math_MiP_Qwen32.json" },
  { model: "GPT-4o against Qwen2.5-32B", posed: "math_normal_Qwen32.json", illPosed: "math_MiP_gpt4o.json" },
];

/** Well-posed questions without twins: the flag should be silent on all of them. */
const soundOnly = ["gsm8k_normal_deepseekR1.json", "gsm8k_normal_Qwen32.json"];

/** Premise doubt on ill-posed questions against their well-posed twins (MiP-Overthinking, MIT), and how the flag tells them apart. */
export function premiseRows(): Row[] {
  const ill = new Map(twins.map(({ model, illPosed }) => [model, readDoubts(illPosed, "insufficient_question")]));
  const well = new Map([...twins.map(({ posed }) => posed), ...soundOnly].map((file) => [file, readDoubts(file, "question")]));
  const rankings = twins.map(({ model, posed }): Row => {
    const [sound, flawed] = [well.get(posed) ?? [], ill.get(model) ?? []];
    return {
      measure: `ill-posed against well-posed by premise doubt, ${model}, AUROC (phrases seen in development)`,
      n: sound.length + flawed.length,
      floor: 0.5,
      ours: auroc(
        flawed.map(({ score }) => score),
        sound.map(({ score }) => score),
      ),
      goal: 0.95,
    };
  });
  const flaggedOf = (doubts: readonly Doubt[]): number => doubts.filter(({ flagged }) => flagged).length;
  const flawed = [...ill.values()].flat();
  const alone = soundOnly.flatMap((file) => well.get(file) ?? []);
  const falsely = flaggedOf([...well.values()].flat()) - flaggedOf(alone);
  const rightly = flaggedOf(flawed);
  return [
    ...rankings,
    {
      measure: "flag premise on the questions with and without their premise: precision (questions' labels)",
      n: rightly + falsely,
      floor: undefined,
      ours: rightly / (rightly + falsely),
      goal: 0.8,
    },
    {
      measure: "flag premise on the same: recall (questions' labels; a third of the answers never doubt)",
      n: flawed.length,
      floor: undefined,
      ours: rightly / flawed.length,
      goal: 0.6,
    },
    {
      measure: "flag premise, firing rate on GSM8K, some of whose questions are unclear (lower is better)",
      n: alone.length,
      floor: undefined,
      ours: flaggedOf(alone) / alone.length,
      goal: 0.05,
    },
  ];
}

interface Doubt {
  readonly score: number;
  readonly flagged: boolean;
}

const closingTag = "</think>";

function readDoubts(file: string, questionKey: string): Doubt[] {
  const rows: unknown = JSON.parse(readText("mip-overthinking", file) ?? "[]");
  return (Array.isArray(rows) ? rows : []).filter(isFields).flatMap((row) => {
    const key = Object.keys(row).find((name) => name === "model_answer" || name.includes(`(${questionKey})`));
    const text = String(row[key ?? ""] ?? "");
    if (text === "") return [];
    const close = text.indexOf(closingTag);
    const thought = close < 0 ? text : text.slice(0, close);
    const response = close < 0 ? "" : text.slice(close + closingTag.length);
    const { measures, flags } = analyze(traceOf(thought, { question: String(row[questionKey] ?? ""), response }));
    return [{ score: measures.premiseDoubtPer1k, flagged: flags.some(({ rule }) => rule === "premise") }];
  });
}

/** Answer pairs of Math-Verify's tests (Apache-2.0), as facts. */
export function equivalenceRows(): Row[] {
  const pairs = readLines("math-verify", "pairs.jsonl");
  const right = pairs.filter((pair) => equivalent(String(pair["gold"]), String(pair["pred"])).equal === (pair["equal"] === true));
  const same = pairs.filter((pair) => (pair["gold"] === pair["pred"]) === (pair["equal"] === true));
  const falsely = pairs.filter((pair) => pair["equal"] !== true && equivalent(String(pair["gold"]), String(pair["pred"])).equal);
  return [
    {
      measure: "answer equivalence, Math-Verify pairs, share right",
      n: pairs.length,
      floor: same.length / pairs.length,
      ours: right.length / pairs.length,
      goal: 248 / 268,
    },
    { measure: "the same, false positives (lower is better)", n: pairs.length, floor: undefined, ours: falsely.length, goal: 2 },
  ];
}
