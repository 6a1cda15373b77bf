/**
 * The same alignment, byte for byte, in this process, through the worker and from the command line; and equal to the committed file. After a wanted change:
 * `npm run golden`.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openTraces } from "../../src/cli/files";
import { analyze } from "../../src/core/analyze";
import { compareTraces } from "../../src/core/compare/compareTraces";
import { normalizeQuestion, pairTraces } from "../../src/core/compare/pairing";
import { type DiffSide, diffJson } from "../../src/core/export/diffJson";
import type { Trace } from "../../src/core/trace";
import { startWorker } from "../../src/platform/node";

const root = join(__dirname, "../..");
const folder = join(root, "media/samples");
const file = "samples.jsonl";
const golden = join(root, "test/fixtures/golden/diff.jsonl");
const [teacher, student] = ["atlas-large", "atlas-mini"];

async function inProcess(): Promise<string[]> {
  const opened = await openTraces(join(folder, file));
  if (!opened.ok) throw new Error(opened.error.message);
  const all: Trace[] = [];
  for (let record = 0; record < opened.value.records.count; record++) {
    const content = opened.value.read(record);
    if (content.kind === "traces") all.push(...content.traces);
  }
  const [left, right] = [teacher, student].map((model) => all.filter((trace) => trace.model === model));
  const item = ({ id, question, record, rollout }: Trace) => ({ id, question: normalizeQuestion(question), index: record, rollout });
  const side = (trace: Trace): DiffSide => ({ file, trace, analysis: analyze(trace) });
  return pairTraces((left ?? []).map(item), (right ?? []).map(item)).pairs.flatMap(([t, s]) => {
    const [one, other] = [left?.[t], right?.[s]].map((trace) => trace && side(trace));
    return one && other ? [JSON.stringify(diffJson(one, other, compareTraces(one, other)))] : [];
  });
}

async function throughWorker(): Promise<readonly string[]> {
  const engine = startWorker(join(root, "dist/worker.js"), join(folder, file));
  const request = { teacher: { file: 0, model: teacher }, student: { file: 0, model: student }, key: "auto", query: "" } as const;
  const lines: string[] = [];
  for (let start: number | undefined = 0; start !== undefined; ) {
    const page = await engine.pairLines(request, start);
    lines.push(...page.lines);
    start = page.next;
  }
  engine.dispose();
  return lines;
}

const fromCommandLine = (): string[] =>
  execFileSync(process.execPath, [join(root, "dist/cli.js"), "diff", file, "--teacher", teacher, "--student", student], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  })
    .trim()
    .split("\n");

describe("golden alignment", () => {
  let expected: string[];

  beforeAll(async () => {
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, `${(await inProcess()).join("\n")}\n`);
    expected = readFileSync(golden, "utf8").trim().split("\n");
  });

  it("in this process", async () => expect(await inProcess()).toEqual(expected));
  it("through the worker", async () => expect(await throughWorker()).toEqual(expected));
  it("from the command line", () => expect(fromCommandLine()).toEqual(expected));
});
