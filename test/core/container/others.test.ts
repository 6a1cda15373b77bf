import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { naturalOrder } from "../../../src/core/container/naturalOrder";
import { rowText } from "../../../src/core/container/parquetRecords";
import { openFile } from "../../../src/platform/openFile";
import { openAll, readAll, settled, testFolder, texts, traceLine, traceLines } from "./open";
import { zip } from "./pack";

const folder = testFolder();
const fixture = (name: string): string => join(__dirname, "../../fixtures/container", name);

describe("Parquet", () => {
  it("gives rows of all row groups, in any order", async () => {
    const records = await openAll(fixture("flat.parquet"));
    expect(records).toMatchObject({ count: 40, container: "parquet", done: true });
    for (const row of [39, 0, 17]) expect(JSON.parse(records.read(row).text)).toMatchObject({ id: row, answer: String(2 * row) });
  });

  it("keeps what JSON cannot hold as text, with a notice", async () => {
    const { text, notices } = (await openAll(fixture("flat.parquet"))).read(3);
    expect(JSON.parse(text)).toMatchObject({ big: "1152921504606846979", blob: "ff00", when: "2025-01-04T00:00:00.000Z", score: "NaN" });
    expect(notices.map(({ kind }) => kind)).toEqual(["number", "encoding", "number"]);
    expect(rowText({ a: 5n, b: new Float64Array([1, 2]), c: undefined, d: new TextEncoder().encode("é") })).toEqual({
      text: '{"a":5,"b":[1,2],"c":null,"d":"é"}',
      notices: [],
    });
  });

  it("reads nested columns, packed by Zstandard, as traces", async () => {
    const { session, info } = await settled(fixture("nested.parquet"));
    expect(info).toMatchObject({ container: "parquet", importer: "chat", records: 40, traces: 40, analysed: 40, hasTraces: true });
    expect(await session.document({ file: 0, record: 20, rollout: 0 })).toMatchObject({ trace: { question: "What is 20 plus 20?" } });
    session.close();
  });

  it("packed by LZ4 is the same rows", async () => {
    expect(texts(await openAll(fixture("flatLz4.parquet")))).toEqual(texts(await openAll(fixture("flat.parquet"))));
  });

  it("without its footer cannot be opened", () => {
    const path = folder.write("cut.parquet", "PAR1 and then nothing");
    expect(openFile(path)).toMatchObject({ ok: false, error: { code: "damaged", message: expect.stringContaining("cut off") } });
  });
});

describe("an Inspect log archive", () => {
  const sample = (n: number): string =>
    JSON.stringify({ id: n, epoch: 1, input: `What is ${n}?`, target: "1", messages: [], output: { model: "m", choices: [] } });
  const archive = zip([
    { name: "header.json", text: "{}", method: "stored" },
    { name: "samples/10_epoch_1.json", text: sample(10), method: "deflate" },
    { name: "samples/2_epoch_1.json", text: sample(2), method: "zstd" },
    { name: "samples/3_epoch_1.json", text: sample(3), method: "stored" },
    { name: "samples/4_epoch_1.json", text: sample(4), method: "lzma" },
    { name: "summaries.json", text: "[]", method: "deflate" },
  ]);

  it("gives its samples in the order of their names", async () => {
    const { reader, contents } = await readAll(folder.write("log.eval", archive));
    expect(reader.records).toMatchObject({ container: "inspect-archive", count: 4 });
    expect(texts(reader.records)).toEqual([sample(2), sample(3), "", sample(10)]);
    expect(reader.choice?.importer).toBe("inspect-log");
    expect(contents[2]).toMatchObject({
      kind: "broken",
      problem: { part: "samples/4_epoch_1.json", message: expect.stringContaining("packed by method 14") },
    });
  });

  it("without its directory cannot be opened", () => {
    const path = folder.write("cut.eval", archive.subarray(0, archive.length - 30));
    expect(openFile(path)).toMatchObject({ ok: false, error: { code: "damaged" } });
  });
});

describe("a folder", () => {
  const at = join(folder.path, "shards");
  mkdirSync(at);
  folder.write("shards/part-2.jsonl", `${traceLines(3, 5)}{"broken\n`);
  folder.write("shards/part-10.jsonl.gz", gzipSync(traceLines(5, 7)));
  folder.write("shards/part-1.jsonl", traceLines(0, 3));
  folder.write("shards/config.json", "{}");
  folder.write("shards/.hidden.jsonl", "{}");

  it("is one file, its files in the order of their names", async () => {
    const { reader, contents } = await readAll(at);
    expect(reader.records).toMatchObject({ container: "folder", count: 8, done: true });
    expect(texts(reader.records).filter((_, i) => i !== 5)).toEqual(Array.from({ length: 7 }, (_, i) => traceLine(i)));
    expect(contents[5]).toMatchObject({ kind: "broken", problem: { part: "part-2.jsonl", line: 3, record: 5 } });
    expect(reader.records.progress.read).toBe(reader.records.progress.total);
  });

  it("is chosen from by a pattern", async () => {
    expect((await openAll(join(at, "part-?.jsonl"))).count).toBe(6);
    expect(openFile(join(at, "none-*.jsonl"))).toMatchObject({ ok: false, error: { code: "no-records" } });
  });

  it("is analysed, and followed when its last file grows or another comes", async () => {
    const growing = join(folder.path, "growing");
    mkdirSync(growing);
    const last = folder.write("growing/2.jsonl", traceLines(1, 2));
    folder.write("growing/1.jsonl", traceLines(0, 1));
    const { session, info } = await settled(growing);
    expect(info).toMatchObject({ records: 2, analysed: 2, container: "folder" });
    appendFileSync(last, traceLines(2, 4));
    session.poll();
    expect((await session.info()).records).toBeGreaterThanOrEqual(2);
    while ((await session.info()).records !== 4) await new Promise((resolve) => setImmediate(resolve));
    folder.write("growing/3.jsonl", traceLines(4, 5));
    session.poll();
    while ((await session.info()).records !== 5) await new Promise((resolve) => setImmediate(resolve));
    session.close();
  });

  it("that holds only folders is read with them, and a pattern goes as deep as it says", async () => {
    const root = join(folder.path, "tree");
    for (const deep of ["a/b", "c/.hidden"]) mkdirSync(join(root, deep), { recursive: true });
    folder.write("tree/a/b/x.jsonl", traceLines(0, 1));
    folder.write("tree/a/y.jsonl", traceLines(1, 3));
    folder.write("tree/c/z.ndjson", traceLines(3, 6));
    folder.write("tree/c/.hidden/w.jsonl", traceLines(6, 9));
    const parts = async (pattern: string): Promise<string[]> => {
      const records = await openAll(join(root, pattern));
      return [...new Set(Array.from({ length: records.count }, (_, i) => records.part(i) ?? ""))];
    };
    expect(await parts("")).toEqual(["a/b/x.jsonl", "a/y.jsonl", "c/z.ndjson"]);
    expect(await parts("**/*.jsonl")).toEqual(["a/b/x.jsonl", "a/y.jsonl"]);
    expect(await parts("*/?.*")).toEqual(["a/y.jsonl", "c/z.ndjson"]);
    expect(await parts("a/**")).toEqual(["b/x.jsonl", "y.jsonl"]);
    expect(await parts("A/*.JSONL".toLowerCase())).toEqual(["y.jsonl"]);
    expect(openFile(join(root, "*/*.parquet"))).toMatchObject({ ok: false, error: { code: "no-records" } });
    expect(openFile(join(root, "missing/**"))).toMatchObject({ ok: false, error: { code: "not-found" } });
  });

  it("without traces cannot be opened", () => {
    mkdirSync(join(folder.path, "empty"));
    expect(openFile(join(folder.path, "empty"))).toMatchObject({ ok: false, error: { code: "no-records" } });
  });
});

it("names are ordered as people order them", () => {
  expect(["b10", "b2", "a", "b", "b02x", "10", "9"].sort(naturalOrder)).toEqual(["9", "10", "a", "b", "b2", "b02x", "b10"]);
});
