import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { TraceSession } from "../../src/core/session";
import type { TraceRef } from "../../src/core/session/types";
import { type EngineClient, openFile, pause, startWorker } from "../../src/platform/node";
import type { Engine } from "../../src/protocol/engine";
import { failureOf } from "../../src/protocol/rpc";
import { loadAnalyst } from "../support/analyst";

const folder = mkdtempSync(join(tmpdir(), "engine-"));
const script = join(folder, "worker.js");
const path = join(folder, "traces.jsonl");
const clients: EngineClient[] = [];

beforeAll(async () => {
  await esbuild.build({
    entryPoints: { worker: "src/worker/main.ts", engine: "src/worker/engine.ts" },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  });
  const thinking =
    "<think>\nWe add. 1 + 1 = 2. The answer is 2.\n\nWait, let me check: 1 + 1 = 2. So the answer is 2.\n</think>\n\\boxed{2}";
  const lines = Array.from({ length: 30 }, (_, i) =>
    JSON.stringify({ id: `r${i}`, question: `Sum ${i}?`, model: i % 2 ? "a" : "b", response: thinking, answer: "2" }),
  );
  mkdirSync(join(folder, "empty"));
  writeFileSync(path, `${lines.join("\n")}\n{"broken\n`);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(file = path, worker = script): EngineClient {
  const client = startWorker(worker, file);
  clients.push(client);
  return client;
}

/** Everything an engine says of a file, once it is settled. */
async function portrait(engine: Engine): Promise<unknown> {
  const { id } = await engine.view({ query: "", matchCase: false, regex: false, sort: { key: "file", descending: false } });
  for (;;) {
    const info = await engine.info();
    if (info.indexed && info.analysed >= info.records) break;
    await pause();
  }
  const first: TraceRef = { file: 0, record: 0, rollout: 0 };
  const sides = { teacher: { file: 0, model: "a" }, student: { file: 0, model: "b" }, key: "index" as const, query: "" };
  return {
    info: await engine.info(),
    view: await engine.viewInfo(id),
    rows: await engine.rows(id, 0, 100),
    document: await engine.document(first),
    broken: await engine.document({ ...first, record: 30 }),
    text: await engine.recordText(first, 1000),
    pairs: await engine.pairs(sides),
    comparison: await engine.compare(first, { ...first, record: 1 }),
    completions: await engine.complete("", 0, id),
  };
}

it("says in a worker what it says in process", async () => {
  const records = openFile(path);
  if (!records.ok) throw new Error(records.error.message);
  const session = new TraceSession(records.value, { pause, loadAnalyst, openPeer: (peer) => openFile(peer) });
  const inProcess = await portrait(session);
  session.close();
  expect(await portrait(start())).toEqual(structuredClone(inProcess));
});

it("reads a packed file, joins another, and keeps what it knows", async () => {
  const bare = join(folder, "bare.jsonl.gz");
  const questions = join(folder, "questions.jsonl");
  const cacheFolder = join(folder, "caches");
  const count = 30;
  const lines = (make: (i: number) => object) => Array.from({ length: count }, (_, i) => `${JSON.stringify(make(i))}\n`).join("");
  writeFileSync(bare, gzipSync(lines((i) => ({ model_answer: `<think>It is ${i}.</think>${i}` }))));
  writeFileSync(
    questions,
    lines((i) => ({ question: `What is ${i}?` })),
  );
  const client = startWorker(script, bare, { joinPath: questions, cacheFolder });
  clients.push(client);
  expect(await client.document({ file: 0, record: 7, rollout: 0 })).toMatchObject({ trace: { question: "What is 7?", text: "It is 7." } });
  expect(await client.info()).toMatchObject({ packing: "gzip", records: count });
  const lost = startWorker(script, bare, { joinPath: join(folder, "nowhere.jsonl") });
  clients.push(lost);
  await expect(lost.info()).rejects.toMatchObject({ code: "not-found", message: expect.stringContaining("nowhere.jsonl") });
});

it("sends progress and rows that were analysed", async () => {
  const client = start();
  const analysed = new Set<number>();
  client.onAnalysed((from, to) => {
    for (let record = from; record <= to; record++) analysed.add(record);
  });
  let told = 0;
  const stop = client.onProgress(() => {
    told += 1;
  });
  await portrait(client);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(told).toBeGreaterThan(0);
  expect(analysed.has(0) && analysed.has(29)).toBe(true);
  stop();
});

it.each([
  ["a missing file", () => join(folder, "nowhere.jsonl"), "not-found", /there is no such file/],
  ["a folder without traces", () => join(folder, "empty"), "no-records", /holds no traces/],
  ["a path through a file", () => join(path, "x.jsonl"), "not-found", /not a folder/],
])("rejects every request on %s", async (_, where, code, message) => {
  mkdirSync(folder, { recursive: true });
  const client = start(where());
  await expect(client.info()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  await expect(client.rows(1, 0, 1)).rejects.toMatchObject({ code });
});

it("rejects requests under way when the worker ends, and tells", async () => {
  const dying = join(folder, "dying.js");
  writeFileSync(dying, "setTimeout(() => process.exit(3), 50); require('node:worker_threads').parentPort.on('message', () => {});");
  const client = start(path, dying);
  const exits: string[] = [];
  client.onExit((failure) => exits.push(failure.code));
  await expect(client.info()).rejects.toMatchObject({ code: "worker-exit", message: expect.stringContaining("3") });
  expect(exits).toEqual(["worker-exit"]);
  await expect(client.info()).rejects.toMatchObject({ code: "worker-exit" });
});

it("tells an exception in the worker with its words", async () => {
  const throwing = join(folder, "throwing.js");
  writeFileSync(throwing, "throw new Error('out of luck');");
  await expect(start(path, throwing).info()).rejects.toMatchObject({
    code: "worker-failed",
    message: expect.stringContaining("out of luck"),
  });
});

it("rejects requests under way on disposal, without telling of an exit", async () => {
  const client = start();
  let exits = 0;
  client.onExit(() => {
    exits += 1;
  });
  const waiting = client.info().catch((error: unknown) => failureOf(error).code);
  client.dispose();
  expect(await waiting).toBe("disposed");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(exits).toBe(0);
});

it("drops requests that were aborted", async () => {
  const client = start();
  const controller = new AbortController();
  const stale = client.withSignal(controller.signal).info();
  controller.abort();
  await expect(stale).rejects.toMatchObject({ code: "aborted" });
  expect((await client.info()).records).toBe(31);
});
