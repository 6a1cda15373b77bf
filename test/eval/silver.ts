/** Chains of thought in sentence chunks with function tags by a model (Thought Anchors, MIT): silver labels. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { StepFunction } from "../../src/core/analysis";

/** One tagged chunk; offsets are UTF-16 code units in the trace's text. */
export interface SilverChunk {
  readonly start: number;
  readonly end: number;
  readonly tag: string;
}

/** A tagged trace. The chunks came without the white space between them, so they are joined by a space and paragraphs are unknown. */
export interface SilverTrace {
  readonly file: string;
  readonly text: string;
  readonly chunks: readonly SilverChunk[];
}

/** Functions that count as agreeing with a tag; the first is the usual one. */
export const functionsOfTag: Readonly<Record<string, readonly StepFunction[]>> = {
  problem_setup: ["setup"],
  plan_generation: ["plan"],
  fact_retrieval: ["recall", "setup"],
  active_computation: ["derive"],
  result_consolidation: ["conclude", "derive"],
  uncertainty_management: ["doubt", "switch"],
  final_answer_emission: ["conclude"],
  self_checking: ["verify"],
};

/** Problems kept out of fitting; the table's silver rows are on these only. */
export const heldOutProblems = ["2189", "3448", "6998", "scenario"];

/** Where other people's traces lie: beside the repository, never in it. */
export const dataDirectory = path.resolve(import.meta.dirname, "../../../shared/data");

/** The silver traces, the held-out ones or the others; none when the data is absent. */
export function readSilver(heldOut: boolean): SilverTrace[] {
  const directory = path.join(dataDirectory, "thought-anchors");
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith(".json") && heldOutProblems.some((problem) => file.includes(problem)) === heldOut)
    .map((file) => ({ file, ...joinChunks(JSON.parse(readFileSync(path.join(directory, file), "utf8"))) }));
}

function joinChunks(rows: unknown): { text: string; chunks: SilverChunk[] } {
  const chunks: SilverChunk[] = [];
  let text = "";
  for (const row of Array.isArray(rows) ? rows : []) {
    const chunk = String(row?.chunk ?? "");
    const tag = String(row?.function_tags?.[0] ?? "unknown");
    if (chunk === "") continue;
    if (text !== "") text += " ";
    chunks.push({ start: text.length, end: text.length + chunk.length, tag });
    text += chunk;
  }
  return { text, chunks };
}
