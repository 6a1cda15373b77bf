/**
 * The same analysis, byte for byte, in this process, through the worker and from the command line; and equal to the committed file, so that a change of the analysis
 * is seen in review. After a wanted change: `npm run golden`.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openTraces } from "../../src/cli/files";
import { analyze } from "../../src/core/analyze";
import { analysisJson } from "../../src/core/export/analysisJson";
import { startWorker } from "../../src/platform/node";
import { isTraceDocument } from "../../src/protocol/engine";

const root = join(__dirname, "../..");
const golden = join(root, "test/fixtures/golden/analysis.jsonl");
const files = ["media/samples/samples.jsonl", "media/samples/rollouts.jsonl", "media/samples/agent.jsonl"];
const options = (file: string) => ({ file, withText: false, offsets: "utf16" as const });

async function inProcess(): Promise<string[]> {
  const all = files.map(async (file) => {
    const opened = await openTraces(join(root, file));
    if (!opened.ok) throw new Error(opened.error.message);
    const lines: string[] = [];
    for (let record = 0; record < opened.value.records.count; record++) {
      const content = opened.value.read(record);
      if (content.kind === "traces")
        for (const trace of content.traces) lines.push(JSON.stringify(analysisJson(trace, analyze(trace), options(file))));
    }
    return lines;
  });
  return (await Promise.all(all)).flat();
}

async function throughWorker(): Promise<string[]> {
  const lines: string[] = [];
  for (const file of files) {
    const engine = startWorker(join(root, "dist/worker.js"), join(root, file));
    const view = await engine.view({ query: "", matchCase: false, regex: false, sort: { key: "file", descending: false } });
    for (let rows = 0; rows === 0; rows = (await engine.info()).indexed ? 1 : 0);
    const { rows: count } = await engine.viewInfo(view.id);
    for (const row of await engine.rows(view.id, 0, count)) {
      const document = await engine.document({ file: 0, record: row.record, rollout: row.rollout });
      if (isTraceDocument(document)) lines.push(JSON.stringify(analysisJson(document.trace, document.analysis, options(file))));
    }
    engine.dispose();
  }
  return lines;
}

const fromCommandLine = (...extra: string[]): string[] =>
  files.flatMap((file) =>
    execFileSync(process.execPath, [join(root, "dist/cli.js"), "analyze", file, ...extra], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    })
      .trim()
      .split("\n"),
  );

describe("golden analysis", () => {
  let expected: string[];

  beforeAll(async () => {
    for (const bundle of ["worker.js", "cli.js"])
      if (!existsSync(join(root, "dist", bundle))) throw new Error(`dist/${bundle} is missing: npm run build`);
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, `${(await inProcess()).join("\n")}\n`);
    expected = readFileSync(golden, "utf8").trim().split("\n");
  });

  it("in this process", async () => expect(await inProcess()).toEqual(expected));
  it("through the worker", async () => expect(await throughWorker()).toEqual(expected));
  it("from the command line", () => expect(fromCommandLine()).toEqual(expected));
  it("from the command line with two jobs", () => expect(fromCommandLine("--jobs", "2")).toEqual(expected));
});
