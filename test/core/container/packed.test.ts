import { appendFileSync } from "node:fs";
import { constants, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openRecords } from "../../../src/core/bytes/records";
import { gzip } from "../../../src/platform/gzip";
import { pause } from "../../../src/platform/pause";
import { SpillStore } from "../../../src/platform/spillStore";
import { zstd } from "../../../src/platform/zstd";
import { openAll, readAll, settled, testFolder, texts, traceLine, traceLines } from "./open";
import { zstdFrame } from "./pack";
import { packedSource } from "./packedSource";

const folder = testFolder();
const lines = traceLines(0, 50);
const plain = Array.from({ length: 50 }, (_, i) => traceLine(i));

describe("gzip", () => {
  it("is known by its first bytes, not by its name", async () => {
    const records = await openAll(folder.write("a.bin", gzipSync(lines)));
    expect(texts(records)).toEqual(plain);
    expect(records).toMatchObject({ container: "jsonl", packing: "gzip", notices: [], done: true });
    expect(records.progress).toEqual({ read: gzipSync(lines).length, total: gzipSync(lines).length });
  });

  it("has several members", async () => {
    const members = [traceLines(0, 20), traceLines(20, 21), "", traceLines(21, 50)].map((text) => gzipSync(text));
    expect(texts(await openAll(folder.write("members.jsonl.gz", Buffer.concat(members))))).toEqual(plain);
  });

  it("that is cut off gives what could be unpacked, and says so", async () => {
    const noise = Array.from({ length: 400 }, (_, i) => `{"n": ${i}, "text": "${Math.sin(i)}${Math.cos(i)}"}\n`).join("");
    const whole = gzipSync(noise);
    const { reader, contents } = await readAll(folder.write("cut.jsonl.gz", whole.subarray(0, whole.length >> 1)));
    expect(reader.records.notices).toEqual([
      expect.stringMatching(/gzip data ends in the middle, after [\d,]+ unpacked bytes: the file was cut off/),
    ]);
    expect(contents.length).toBeGreaterThan(100);
    expect(contents.slice(0, -1).every(({ kind }) => kind === "traces")).toBe(true);
    expect(contents.at(-1)).toMatchObject({ problem: { message: expect.stringContaining("the file ends here") } });
  });

  it("that is damaged gives what stands before, and says so", async () => {
    const bytes = gzipSync(lines);
    const damaged = Buffer.concat([bytes, Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9])]);
    const records = await openAll(folder.write("damaged.gz", damaged));
    expect(records.count).toBeGreaterThan(45);
    expect(texts(records).slice(0, 45)).toEqual(plain.slice(0, 45));
    expect(records.notices).toEqual([expect.stringMatching(/damaged after/)]);
  });

  it("with something else after it is read without that", async () => {
    const path = folder.write("padded.gz", Buffer.concat([gzipSync(lines), Buffer.alloc(100_000)]));
    expect(texts(await openAll(path))).toEqual(plain);
  });

  it("is analysed like the plain file", async () => {
    const packed = await settled(folder.write("same.jsonl.gz", gzipSync(lines)));
    const own = await settled(folder.write("same.jsonl", lines));
    const parts = ["records", "traces", "analysed", "hasTraces", "malformed", "importer", "indexed"] as const;
    for (const part of parts) expect(packed.info[part]).toEqual(own.info[part]);
    expect(packed.info.packing).toBe("gzip");
    const first = { file: 0, record: 7, rollout: 0 };
    expect(await packed.session.document(first)).toEqual(await own.session.document(first));
    packed.session.close();
    own.session.close();
  });

  it("is unpacked anew when it changes", async () => {
    const path = folder.write("grown.jsonl.gz", gzipSync(traceLines(0, 3)));
    const { session, info } = await settled(path);
    expect(info.records).toBe(3);
    appendFileSync(path, gzipSync(traceLines(3, 5)));
    session.poll();
    for (let records = 3; records !== 5; records = (await session.info()).records) await pause();
    session.close();
  });

  it("can be read at random when it is large", async () => {
    const count = 40_000;
    const path = folder.write(
      "large.jsonl.gz",
      gzipSync(Array.from({ length: count }, (_, i) => `{"n": ${i}, "pad": "${"x".repeat(600)}"}\n`).join("")),
    );
    const records = await openAll(path);
    expect(records.count).toBe(count);
    for (const record of [count - 1, 0, 12_345]) expect(JSON.parse(records.read(record).text)).toMatchObject({ n: record });
    records.close();
  });
});

describe("Zstandard", () => {
  /** As zlib without Zstandard leaves it to fzstd. */
  const unpack = async (bytes: Uint8Array) => {
    const { second: unpacker = zstd.unpacker } = zstd;
    const records = openRecords(packedSource(bytes, { ...zstd, unpacker }).source);
    while (records.indexMore(1 << 20)) await records.arrival();
    return records;
  };

  it("has several frames", async () => {
    const frames = [traceLines(0, 20), traceLines(20, 50)].map((text) => zstdFrame(Buffer.from(text), 1000));
    const bytes = Buffer.concat(frames);
    expect(texts(await openAll(folder.write("a.jsonl.zst", bytes)))).toEqual(plain);
    expect(texts(await unpack(bytes))).toEqual(plain);
  });

  it("that is cut off gives what could be unpacked, and says so", async () => {
    const bytes = zstdFrame(Buffer.from(lines), 1000);
    const cut = bytes.subarray(0, bytes.length >> 1);
    for (const records of [await unpack(cut), await openAll(folder.write("cut.jsonl.zst", cut))]) {
      expect(texts(records)[0]).toBe(plain[0]);
      expect(records.count).toBeGreaterThan(10);
      expect(records.notices).toEqual([expect.stringMatching(/ends in the middle|damaged/)]);
    }
  });
});

describe("UTF-16", () => {
  it.each([
    ["little", (bytes: Buffer) => bytes],
    ["big", (bytes: Buffer) => bytes.swap16()],
  ])("of %s-endian order is read as text", async (order, swap) => {
    const path = folder.write(`${order}.jsonl`, swap(Buffer.from(`\ufeff${lines.replaceAll("We add", "Wé ädd 加")}`, "utf16le")));
    const { reader, contents } = await readAll(path);
    expect(reader.records.packing).toBe("UTF-16");
    expect(contents).toHaveLength(50);
    expect(contents[0]).toMatchObject({ kind: "traces", traces: [{ text: expect.stringContaining("Wé ädd 加") }] });
  });
});

it("a store that is full keeps what fits, and says so", async () => {
  const kept = new SpillStore({}, 1 << 20);
  const noise = Array.from({ length: 40 }, (_, i) => `"${String(i).repeat(1 << 19)}"\n`).join("");
  const { source } = packedSource(gzipSync(noise, { strategy: constants.Z_FIXED }), gzip, { kept });
  const records = openRecords(source);
  while (records.indexMore(1 << 20)) await records.arrival();
  expect(records.count).toBeGreaterThan(3);
  expect(records.notices).toEqual([expect.stringMatching(/^Only the first .* of the unpacked file are shown/)]);
});
