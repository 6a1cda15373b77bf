import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/core/trace";
import { type FixtureRecord, importAll } from "./fixtures";
import { wellFormed } from "./wellFormed";

const root = join(import.meta.dirname, "../../../shared/data");

/** What a file must give: its importer, the share of traces with text and the facts nearly every trace has. */
interface Expected {
  readonly path: string;
  readonly importer: string;
  readonly withText: number;
  readonly has: readonly ("question" | "reference" | "model" | "givenSteps" | "recordedCorrect")[];
}

const files: readonly Expected[] = [
  { path: "claude-code-log/representative-messages.jsonl", importer: "session-lines", withText: 0.5, has: [] },
  { path: "claude-code-log/edge-cases.jsonl", importer: "session-lines", withText: 0.2, has: [] },
  { path: "gaokao-bench/gpt4_math-open_zh.json", importer: "record-list", withText: 1, has: ["question", "reference", "model"] },
  {
    path: "grade-school-math/example-model-solutions.jsonl",
    importer: "several-answers",
    withText: 1,
    has: ["question", "reference", "model", "recordedCorrect"],
  },
  { path: "inspect-ai/security-guide_log.json", importer: "inspect-log", withText: 1, has: ["question", "reference", "model"] },
  { path: "marco-o1/cot-demo.json", importer: "flat", withText: 1, has: ["question"] },
  { path: "mip-overthinking/data_gsm8k.json", importer: "flat", withText: 1, has: ["question"] },
  { path: "mip-overthinking/data_math.json", importer: "flat", withText: 1, has: ["question", "reference"] },
  { path: "mip-overthinking/gsm8k_normal_Qwen32.json", importer: "flat", withText: 1, has: ["question", "reference"] },
  { path: "mip-overthinking/gsm8k_normal_deepseekR1.json", importer: "model-key", withText: 1, has: ["question", "reference", "model"] },
  { path: "mip-overthinking/math_MiP_DSQ.json", importer: "flat", withText: 1, has: ["question", "reference"] },
  { path: "mip-overthinking/math_MiP_Qwen32.json", importer: "flat", withText: 1, has: ["question", "reference"] },
  { path: "mip-overthinking/math_MiP_deepseekR1.json", importer: "model-key", withText: 1, has: ["question", "reference", "model"] },
  { path: "mip-overthinking/math_MiP_gpt4o.json", importer: "model-key", withText: 1, has: ["question", "reference", "model"] },
  { path: "mip-overthinking/math_normal_QwQ.json", importer: "flat", withText: 1, has: ["reference"] },
  { path: "mip-overthinking/math_normal_Qwen32.json", importer: "flat", withText: 1, has: ["reference"] },
  { path: "mip-overthinking/math_normal_deepseekR1.json", importer: "model-key", withText: 1, has: ["question", "reference", "model"] },
  { path: "prm800k/phase1-train.example.json", importer: "step-arrays", withText: 1, has: ["question", "reference", "givenSteps"] },
  { path: "prm800k/phase2-train.example.jsonl", importer: "step-arrays", withText: 1, has: ["question", "reference", "givenSteps"] },
  { path: "prmbench/redundancy_test-p2.jsonl", importer: "step-arrays", withText: 1, has: ["question", "givenSteps"] },
  {
    path: "skythought/keyed-by-question_qwen2.5-32b_aime.json",
    importer: "keyed-responses",
    withText: 1,
    has: ["question", "reference", "recordedCorrect"],
  },
  {
    path: "skythought/qwen2.5-14b-instruct_math500.jsonl",
    importer: "harness",
    withText: 1,
    has: ["question", "reference", "recordedCorrect"],
  },
  { path: "skythought/sky-t1-27b_math500.jsonl", importer: "harness", withText: 1, has: ["question", "reference", "recordedCorrect"] },
  { path: "skythought/sky-t1-wrong-14b_aime24.jsonl", importer: "harness", withText: 1, has: ["question", "reference", "recordedCorrect"] },
  { path: "swe-agent/crypto-katy.traj", importer: "agent-log", withText: 1, has: ["question"] },
  { path: "swe-agent/marshmallow-1867_xml.traj", importer: "agent-log", withText: 1, has: ["question", "model"] },
  { path: "tora/tora-70b_gsm8k.jsonl", importer: "harness", withText: 1, has: ["question", "reference"] },
  {
    path: "trace-topology/deepseek-r1_math500.jsonl",
    importer: "flat",
    withText: 1,
    has: ["question", "reference", "model", "recordedCorrect"],
  },
  {
    path: "trace-topology/r1-distill-llama-8b_math500.jsonl",
    importer: "flat",
    withText: 1,
    has: ["question", "reference", "model", "recordedCorrect"],
  },
  {
    path: "trace-topology/r1-distill-qwen-7b_math500.jsonl",
    importer: "flat",
    withText: 1,
    has: ["question", "reference", "model", "recordedCorrect"],
  },
  { path: "tree-of-thought/game24_cot-100-samples.json", importer: "several-answers", withText: 1, has: ["recordedCorrect"] },
  { path: "zeroeval/o1-mini_math-l5.json", importer: "several-answers", withText: 0.94, has: ["question", "reference", "model"] },
];

/** Records of a file whatever its container: JSON Lines, a list, an object keyed by question, objects one after another. */
function recordsOf(text: string): FixtureRecord[] {
  const whole = parse(text);
  if (Array.isArray(whole)) return whole.map((value) => ({ value }));
  if (whole !== undefined) return entriesByQuestion(whole) ?? [{ value: whole }];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const parsed = lines.map(parse);
  if (parsed.every((value) => value !== undefined)) return parsed.map((value) => ({ value }));
  return text.split(/^(?=\{)/m).flatMap((piece) => {
    const value = parse(piece);
    return value === undefined ? [] : [{ value }];
  });
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function entriesByQuestion(value: Json): FixtureRecord[] | undefined {
  const entries = Object.entries(value as Record<string, Json>);
  const keyed = entries.length > 1 && entries.every(([key, item]) => key.includes(" ") && typeof item === "object");
  return keyed ? entries.map(([key, item]) => ({ key, value: item })) : undefined;
}

describe.skipIf(!existsSync(root))("real files (skipped where ../shared/data is absent)", () => {
  test.each(files)("$path", { timeout: 60_000 }, ({ path, importer, withText, has }) => {
    const records = recordsOf(readFileSync(join(root, path), "utf8"));
    const result = importAll(records, path);
    expect(result.importer).toBe(importer);
    const { traces } = result;
    const share = (test: (trace: (typeof traces)[number]) => boolean) => traces.filter(test).length / traces.length;
    expect(share((trace) => trace.text.trim() !== "")).toBeGreaterThanOrEqual(withText);
    for (const field of has) expect([field, share((trace) => trace[field] !== undefined && trace[field] !== "")]).toEqual([field, 1]);
    for (const trace of traces.slice(0, 60)) wellFormed(trace, records[trace.record]?.value ?? null);
  });

  test("thought-anchors: a whole file is one trace with a step a chunk", { timeout: 60_000 }, () => {
    const folder = join(root, "thought-anchors");
    for (const name of readdirSync(folder)) {
      const value: Json = JSON.parse(readFileSync(join(folder, name), "utf8"));
      const { importer, traces } = importAll([{ value }], name);
      expect(importer).toBe("step-arrays");
      expect(traces).toHaveLength(1);
      expect(traces[0]?.givenSteps?.length).toBe((value as Json[]).length);
      for (const trace of traces) wellFormed(trace, value);
    }
  });
});
