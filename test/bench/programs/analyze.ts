/** Measures analysis, comparison and equivalence in CPU time, and prints the figures. Argument: folder of public records, which may be absent. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { diffWords } from "diff";
import { analyze } from "../../../src/core/analyze";
import { equivalent } from "../../../src/core/answer/equivalent";
import { compareTraces } from "../../../src/core/compare/compareTraces";
import { chooseImporter, importRecord } from "../../../src/core/import/registry";
import { readSentences, visitFeatures } from "../../../src/core/segment/features";
import { splitSentences } from "../../../src/core/segment/sentences";
import type { Json, Trace } from "../../../src/core/trace";
import { borrowTraceTokens } from "../../../src/core/words/tokens";

const [samplesFile = "", data = ""] = process.argv.slice(2);

/** CPU seconds of one run; wall time says little on a busy machine. */
function cpu(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const median = (values: readonly number[]): number => sorted(values)[values.length >> 1] ?? 0;
const medianOf = (runs: number, run: () => void): number => median(Array.from({ length: runs }, () => cpu(run)));

function recordsOf(file: string): Json[] {
  const text = readFileSync(file, "utf8");
  const parsed: Json = file.endsWith(".jsonl")
    ? text.split("\n").flatMap((line): Json[] => (line ? [JSON.parse(line)] : []))
    : JSON.parse(text);
  return Array.isArray(parsed) ? parsed : [parsed];
}

function tracesOf(file: string): Trace[] {
  const records = recordsOf(file);
  const { importer } = chooseImporter(records.slice(0, 20));
  return records.flatMap((record, index) => importRecord(importer, record, { record: index, line: index + 1, fileName: "" }));
}

const own = tracesOf(samplesFile);
const publicFiles = [
  "trace-topology/deepseek-r1_math500.jsonl",
  "mip-overthinking/math_normal_deepseekR1.json",
  "mip-overthinking/math_normal_QwQ.json",
  "skythought/sky-t1-27b_math500.jsonl",
].map((name) => join(data, name));
const real = publicFiles.every((file) => existsSync(file)) ? publicFiles.flatMap(tracesOf) : [];

const bytes = (traces: readonly Trace[]): number => traces.reduce((sum, trace) => sum + Buffer.byteLength(trace.text), 0);

/** Runs until the engine has compiled what it will: until two runs in a row are hardly faster than the best before, twelve at most. */
function warmUp(run: () => void): void {
  let best = Number.POSITIVE_INFINITY;
  for (let runs = 0, settled = 0; runs < 12 && settled < 2; runs += 1) {
    const time = cpu(run);
    settled = time > best * 0.97 ? settled + 1 : 0;
    best = Math.min(best, time);
  }
}

/** Megabytes of reasoning a second on one core, warmed up; at least so many bytes a run. */
function speed(traces: readonly Trace[], least: number, work: (trace: Trace) => void = analyze): number {
  const all: Trace[] = [];
  while (traces.length > 0 && bytes(all) < least) all.push(...traces);
  const run = (): void => {
    for (const trace of all) work(trace);
  };
  warmUp(run);
  return bytes(all) / 1e6 / medianOf(5, run);
}

let active = 0;

/** From text to the features of its sentences, by which their functions are scored. */
function featurePass(trace: Trace): void {
  const { text, question } = trace;
  const tokens = borrowTraceTokens(trace);
  const sentences = splitSentences(text);
  const readings = readSentences(text, sentences, tokens);
  const count = (_sentence: number, _feature: number, value: number): void => {
    active += value;
  };
  visitFeatures(text, sentences, readings, question, count, tokens);
}

/** A trace of so many characters: reasoning of many traces one after the other, so that the text stays natural. */
function traceOfLength(length: number): Trace {
  const source = real.length > 0 ? real : own;
  const base = source[0];
  if (!base) throw new Error("no trace to measure");
  let text = "";
  for (let i = 0; text.length < length; i += 1) text += `${source[i % source.length]?.text ?? ""}\n\n`;
  text = text.slice(0, length);
  return { ...base, text, parts: [{ kind: "reasoning", start: 0, end: length, path: ["text"], fieldStart: 0, glue: 0 }] };
}

/** Nanoseconds a character at each length; as many traces as make 400,000 characters. */
function perCharacter(length: number): number {
  const trace = traceOfLength(length);
  const times = Math.max(1, Math.round(400_000 / length));
  const run = (): void => {
    for (let i = 0; i < times; i += 1) analyze(trace);
  };
  run();
  return (medianOf(5, run) / (times * length)) * 1e9;
}

/** Words in a fixed pseudo-random order, in sentences. */
function words(count: number, seed: number): string {
  const vocabulary = own.flatMap((trace) => trace.text.split(/\s+/));
  let state = seed;
  let text = "";
  for (let i = 1; i <= count; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += vocabulary[state % vocabulary.length] ?? "";
    text += i % 60 === 0 ? ".\n\n" : i % 12 === 0 ? ". " : " ";
  }
  return text;
}

function compared(text: string): { trace: Trace; analysis: ReturnType<typeof analyze> } {
  const trace: Trace = {
    ...traceOfLength(1),
    text,
    parts: [{ kind: "reasoning", start: 0, end: text.length, path: ["text"], fieldStart: 0, glue: 0 }],
  };
  return { trace, analysis: analyze(trace) };
}

function comparison(): { dissimilar: number; near: number } {
  const one = words(30_000, 1);
  const [a, near, other] = [compared(one), compared(one.replaceAll("10", "11")), compared(words(30_000, 2))];
  const time = (b: typeof a): number => {
    compareTraces(a, b);
    return medianOf(5, () => void compareTraces(a, b));
  };
  return { dissimilar: time(other), near: time(near) };
}

/** Seconds of the alignment and of jsdiff's `diffWords` on one pair of 8,000 words that have little in common. */
function againstJsdiff(): { ours: number; jsdiff: number } {
  const [one, other] = [words(8_000, 3), words(8_000, 4)];
  const [a, b] = [compared(one), compared(other)];
  compareTraces(a, b);
  return { ours: medianOf(5, () => void compareTraces(a, b)), jsdiff: cpu(() => void diffWords(one, other)) };
}

/** Milliseconds a pair of answers at the 95th percentile, each pair of answers seen for the first time. */
function equivalenceP95(): number {
  const pairsFile = join(data, "math-verify/pairs.jsonl");
  const stated = [...own, ...real.slice(0, 200)].flatMap((trace) => analyze(trace).candidates.map((candidate) => candidate.answer));
  const fallback = stated.flatMap((answer, i): [string, string][] => [[`${answer} `, `${stated[(i * 7 + 3) % stated.length] ?? ""}  `]]);
  const pairs = existsSync(pairsFile)
    ? recordsOf(pairsFile).map((row): [string, string] => {
        const { gold, pred } = row as { gold?: unknown; pred?: unknown };
        return [String(gold), String(pred)];
      })
    : fallback;
  for (const [a, b] of fallback.slice(0, 300)) equivalent(a, b);
  const times = pairs.map(([a, b]) => cpu(() => void equivalent(a, b)) * 1000);
  return sorted(times)[Math.floor(times.length * 0.95)] ?? 0;
}

console.log(
  JSON.stringify({
    own: speed(own, 2_000_000),
    real: real.length > 0 ? speed(real, 2_000_000) : null,
    features: speed(real.length > 0 ? real : own, 2_000_000, featurePass),
    activeFeatures: active,
    perCharacter: [1_000, 10_000, 100_000, 1_000_000].map((length) => [length, perCharacter(length)]),
    comparison: comparison(),
    jsdiff: againstJsdiff(),
    equivalence: equivalenceP95(),
  }),
);
