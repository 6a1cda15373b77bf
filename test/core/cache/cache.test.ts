import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { BinaryReader, BinaryWriter } from "../../../src/core/cache/binary";
import { seal, unseal } from "../../../src/core/cache/envelope";
import { TraceSession } from "../../../src/core/session";
import type { SessionCache } from "../../../src/core/session/host";
import type { FileInfo } from "../../../src/core/session/types";
import { clearCache, openCache } from "../../../src/platform/cache";
import { KeptFile } from "../../../src/platform/keptFile";
import { openFile } from "../../../src/platform/openFile";
import { pause } from "../../../src/platform/pause";
import { loadAnalyst } from "../../support/analyst";
import { testFolder, traceLine, traceLines } from "../container/open";

const folder = testFolder();
const caches = join(folder.path, "caches");
const padding = `{"pad": "${"x".repeat(1 << 20)}"}\n`;

function open(path: string, cache: SessionCache): TraceSession {
  const records = openFile(path);
  if (!records.ok) throw new Error(records.error.message);
  return new TraceSession(records.value, { pause, loadAnalyst, openPeer: (peer) => openFile(peer), cache });
}

async function portrait(session: TraceSession): Promise<unknown> {
  const { id } = await session.view({ query: "", matchCase: false, regex: false, sort: { key: "tokens", descending: true } });
  for (;;) {
    const info = await session.info();
    if (info.indexed && info.analysed >= info.records && (await session.viewInfo(id)).complete) break;
    await pause();
  }
  const document = await session.document({ file: 0, record: 3, rollout: 0 });
  return { info: await session.info(), rows: await session.rows(id, 0, 100), document };
}

/** Waits until the session has saved. */
async function saved(count: number): Promise<void> {
  while (!existsSync(caches) || readdirSync(caches).length < count) await pause();
}

/** A file with traces, a broken line and a plain record of 1 MB. */
const write = (name: string): string => folder.write(name, `${traceLines(0, 30)}{"broken\n${padding}${traceLines(30, 40)}`);

describe("a file that is opened again", () => {
  it("is known at once, just as it was", async () => {
    const path = write("again.jsonl");
    const first = open(path, openCache(caches, path, ""));
    const before = await portrait(first);
    await saved(1);
    first.close();
    const second = open(path, openCache(caches, path, ""));
    await second.setBackground(false);
    expect((await second.info()) satisfies FileInfo).toMatchObject({ indexed: true, records: 42, analysed: 42, malformed: 1 });
    expect(await portrait(second)).toEqual(before);
    appendFileSync(path, `${traceLine(50)}\n`);
    second.poll();
    await second.setBackground(true);
    while ((await second.info()).records !== 43 || (await second.info()).analysed !== 43) await pause();
    second.close();
  });
});

describe("a packed file that is opened again", () => {
  const kept = join(folder.path, "kept");
  const content = (pads: number): string => `${traceLines(0, 30)}${padding.repeat(pads)}${traceLines(30, 40)}`;
  const openPacked = (path: string): TraceSession => {
    const records = openFile(path, { keptFolder: kept });
    if (!records.ok) throw new Error(records.error.message);
    return new TraceSession(records.value, { pause, loadAnalyst, openPeer: (peer) => openFile(peer), cache: openCache(kept, path, "") });
  };
  const keptFiles = (): string[] => (existsSync(kept) ? readdirSync(kept).filter((name) => name.endsWith(".trace-unpacked")) : []);

  it.each([
    ["in memory", 2],
    ["on the disk", 20],
  ])("is not unpacked again, and known at once: first unpacked %s", async (_, pads) => {
    rmSync(kept, { recursive: true, force: true });
    const path = folder.write(`packed${pads}.jsonl.gz`, gzipSync(content(pads)));
    const first = openPacked(path);
    const before = await portrait(first);
    while (readdirSync(kept).length < 2) await pause();
    first.close();
    expect(readdirSync(kept).length).toBe(2);
    const records = openFile(path, { keptFolder: kept });
    expect(records.ok && records.value.progress.read).toBe(statSync(path).size);
    if (records.ok) records.value.close();
    const second = openPacked(path);
    await second.setBackground(false);
    expect(await second.info()).toMatchObject({ indexed: true, packing: "gzip", analysed: 40 + pads });
    expect(await portrait(second)).toEqual(before);
    writeFileSync(path, gzipSync(content(1)));
    await second.setBackground(true);
    second.poll();
    while ((await second.info()).records !== 41) await pause();
    second.close();
  });

  it("is kept only whole, and only as long as there is room", async () => {
    rmSync(kept, { recursive: true, force: true });
    const packed = gzipSync(content(3));
    const cut = folder.write("cut.jsonl.gz", packed.subarray(0, packed.length - 9));
    const session = openPacked(cut);
    while (!(await session.info()).indexed) await pause();
    session.close();
    expect(keptFiles()).toEqual([]);
    const whole = folder.write("whole.jsonl.gz", packed);
    const size = 3 << 20;
    for (const limit of [size / 2, size * 2]) {
      const draft = folder.write("draft", new Uint8Array(size));
      mkdirSync(kept, { recursive: true });
      expect(new KeptFile(kept, whole, limit).keep(draft)).toBe(limit > size);
    }
    expect(keptFiles()).toHaveLength(1);
    utimesSync(join(kept, keptFiles()[0] ?? ""), 1, 1);
    const other = folder.write("other.jsonl.gz", gzipSync(content(1)));
    new KeptFile(kept, other, size * 1.5).keep(folder.write("draft", new Uint8Array(size)));
    expect(keptFiles()).toHaveLength(1);
    expect(new KeptFile(kept, whole).find()).toBeUndefined();
  });
});

describe("a cache", () => {
  const path = write("state.jsonl");
  const content = new Uint8Array([1, 2, 3]);
  const save = (options = ""): void => openCache(caches, path, options).save(content, statSync(path).size);

  it("holds for the same file and options only", () => {
    save();
    expect(openCache(caches, path, "").load()).toEqual(content);
    expect(openCache(caches, path, "other").load()).toBeUndefined();
    const [first] = readFileSync(path);
    writeFileSync(path, Buffer.concat([Buffer.from([(first ?? 0) ^ 1]), readFileSync(path).subarray(1)]));
    expect(openCache(caches, path, "").load()).toBeUndefined();
  });

  it("is not written about a file that has changed meanwhile", () => {
    clearCache(caches);
    openCache(caches, path, "").save(content, statSync(path).size - 1);
    expect(openCache(caches, path, "").load()).toBeUndefined();
  });

  it("that is damaged in any place is thrown away without a word", () => {
    save();
    const file = join(caches, readdirSync(caches).find((name) => name.endsWith(".trace-cache")) ?? "");
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      writeFileSync(file, damaged);
      expect(openCache(caches, path, "").load() ?? content).toEqual(content);
    }
    writeFileSync(file, "something else");
    expect(openCache(caches, path, "").load()).toBeUndefined();
    expect(readdirSync(caches)).toEqual([]);
  });

  it("takes no more than the limit, the one used last stays, and all can be cleared", () => {
    for (const options of ["a", "b", "c", "d", "e"]) openCache(caches, path, options, 2400).save(new Uint8Array(500), statSync(path).size);
    const files = readdirSync(caches);
    expect(files.length).toBeGreaterThan(0);
    expect(files.reduce((sum, name) => sum + statSync(join(caches, name)).size, 0)).toBeLessThanOrEqual(2400);
    expect(openCache(caches, path, "e").load()).toHaveLength(500);
    clearCache(caches);
    expect(readdirSync(caches)).toEqual([]);
  });
});

it("a seal holds its content, and nothing else is taken for one", () => {
  const sealed = seal("key", new Uint8Array([1, 2]));
  expect(unseal("key", sealed)).toEqual(new Uint8Array([1, 2]));
  expect(unseal("another", sealed)).toBeUndefined();
  for (let length = 0; length < sealed.length; length++) expect(unseal("key", sealed.subarray(0, length))).toBeUndefined();
});

it("what was written is read in the same order", () => {
  const writer = new BinaryWriter();
  writer.number(2 ** 53);
  writer.text("é\ud83d\ude00");
  writer.array(new Uint32Array([1, 2 ** 32 - 1]));
  const reader = new BinaryReader(writer.bytes());
  expect([reader.number(), reader.text(), ...new Uint32Array(reader.buffer())]).toEqual([2 ** 53, "é😀", 1, 2 ** 32 - 1]);
  expect(() => reader.number()).toThrow(RangeError);
});
