import { appendFileSync } from "node:fs";
import { constants, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import type { RecordProvider } from "../../src/core/container/recordProvider";
import { foundRecords, openFound } from "../../src/platform/foundRecords";
import { openAll, testFolder } from "../core/container/open";

const folder = testFolder();
const count = 30_000;
const lines = Array.from({ length: count }, (_, i) => `{"n": ${i}, "pad": "${"x".repeat(600)}"}\n`).join("");

/** As another thread opens the file. */
async function again(path: string, records: RecordProvider): Promise<RecordProvider> {
  const found = foundRecords(records);
  if (!found) throw new Error("nothing was found");
  const opened = openFound(path, found);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

const numbersOf = (records: RecordProvider): unknown[] => [0, 12_345, count - 1].map((record) => JSON.parse(records.read(record).text).n);

it("spares another thread the search for records", async () => {
  const path = folder.write("plain.jsonl", lines);
  const other = await again(path, await openAll(path));
  expect(other).toMatchObject({ done: true, count });
  expect(numbersOf(other)).toEqual([0, 12_345, count - 1]);
});

it("spares another thread the first pass through a packed file", async () => {
  const path = folder.write("large.jsonl.gz", gzipSync(lines));
  const other = await again(path, await openAll(path));
  expect(other).toMatchObject({ done: true, count, packing: "gzip" });
  expect(numbersOf(other)).toEqual([0, 12_345, count - 1]);
});

it("shares what is kept in a file, too", async () => {
  const path = folder.write("fixed.jsonl.gz", gzipSync(lines.repeat(3), { strategy: constants.Z_FIXED }));
  const records = await openAll(path);
  expect(foundRecords(records)).toMatchObject({ kept: expect.any(Number) });
  expect(numbersOf(await again(path, records))).toEqual([0, 12_345, count - 1]);
});

it("says nothing of a damaged packed file", async () => {
  const packed = gzipSync(lines.slice(0, 100_000));
  expect(foundRecords(await openAll(folder.write("cut.jsonl.gz", packed.subarray(0, packed.length >> 1))))).toBeUndefined();
});

it("is of no use once the file has changed", async () => {
  const path = folder.write("growing.jsonl", lines);
  const first = await openAll(path);
  appendFileSync(path, '{"n": "new"}\n');
  const other = await again(path, first);
  while (other.indexMore(1 << 20));
  expect(other.count).toBe(count + 1);
});
