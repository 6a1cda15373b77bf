import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type ByteSource, memorySource } from "../../src/core/bytes/byteSource";
import { openRecords, type RecordFile } from "../../src/core/bytes/records";
import { openSource } from "../../src/platform/fileSource";
import { scanBytes, scanMemory } from "../../src/platform/scanMemory";

const folder = mkdtempSync(join(tmpdir(), "newlines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Newlines counted in the plain way. */
const plainly = (bytes: Uint8Array): number[] => [...bytes.keys()].filter((at) => bytes[at] === 10);

const found = (bytes: Uint8Array): number[] => {
  const memory = scanMemory();
  if (!memory) throw new Error("There is no SIMD here");
  memory.bytes.set(bytes);
  return [...memory.newlines(bytes.length)];
};

/** Mostly newlines and neighbours of theirs, so that masks of every form occur. */
const dense = fc.array(fc.constantFrom(10, 10, 9, 11, 0, 138, 255), { maxLength: 300 }).map((bytes) => Uint8Array.from(bytes));

describe("newlines", () => {
  it("are all found, and no others", () => {
    fc.assert(
      fc.property(fc.oneof(dense, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        expect(found(bytes)).toEqual(plainly(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it("are not found in what was there before", () => {
    expect(found(new Uint8Array(1000).fill(10)).length).toBe(1000);
    expect(found(Uint8Array.of(97))).toEqual([]);
    expect(found(new Uint8Array(0))).toEqual([]);
  });

  it("fill the whole memory", () => expect(found(new Uint8Array(scanBytes).fill(10)).length).toBe(scanBytes));
});

/** A source over memory whose newlines are found, `most` bytes at a time. */
const findingSource = (bytes: Uint8Array, most: number): ByteSource => ({
  ...memorySource("test.jsonl", bytes),
  readLines: (offset, length) => {
    const piece = bytes.subarray(offset, offset + Math.min(length, most));
    return { bytes: piece, newlines: Uint32Array.from(plainly(piece)) };
  },
});

function recordsOf(source: ByteSource): { start: number; end: number; line: number }[] {
  const file: RecordFile = openRecords(source);
  while (file.indexMore(1 << 20));
  const all = Array.from({ length: file.count }, (_, i) => ({ ...file.range(i), line: file.line(i) }));
  file.close();
  return all;
}

const lines = fc
  .array(fc.constantFrom('{"a":1}', "", " ", "\r", ' {"b":2}\r', '{"c": "x"}\r', "\t\r", "\u0000", "ä"), { maxLength: 30 })
  .map((all) => Buffer.from(`{"a":1}\n{"a":2}\n${all.join("\n")}`));

describe("lines of a source that finds newlines", () => {
  it("are those of one that does not, however they are cut into pieces", () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 40 }), (bytes, most) => {
        expect(recordsOf(findingSource(bytes, most))).toEqual(recordsOf(memorySource("test.jsonl", bytes)));
      }),
      { numRuns: 1000 },
    );
  });

  it("are found in a file of several reads, with blank lines and records longer than a read", () => {
    const path = join(folder, "long.jsonl");
    const long = `{"text":"${"x".repeat(scanBytes + 5)}"}`;
    const short = Array.from({ length: 90_000 }, (_, i) => (i % 1000 === 0 ? "" : `{"i":${i}}`));
    const bytes = Buffer.from([...short, long, ...short, long].join("\n"));
    writeFileSync(path, bytes);
    const opened = openSource(path);
    if (!opened.ok) throw new Error(opened.error.message);
    const records = recordsOf(opened.value);
    expect(records.length).toBe(89_910 * 2 + 2);
    expect(records).toEqual(recordsOf(memorySource("long.jsonl", bytes)));
  });
});
