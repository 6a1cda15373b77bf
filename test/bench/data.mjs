// Big files for the benchmarks, made from our own sample traces. Written to a folder outside the repository and deleted by the caller.
import { closeSync, ftruncateSync, openSync, readFileSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/process.mjs";

const samples = readFileSync(join(root, "media/samples/samples.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

/** A small generator with a fixed seed, so that every run makes the same file. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One record of about `bytes` bytes: a sample whose thinking is followed by the thinking of others. */
function record(index, bytes) {
  const base = samples[index % samples.length];
  let response = base.response.split("</think>")[0];
  for (let next = index + 1; response.length < bytes; next++)
    response += samples[next % samples.length].response.split("</think>")[0].replace("<think>", "");
  return `${JSON.stringify({ ...base, id: `${base.id}/${index}`, response: `${response.slice(0, bytes)}</think>${base.response.split("</think>")[1] ?? ""}` })}\n`;
}

/** Writes at least `bytes` bytes of records between `least` and `most` bytes; gives the number of records. */
export function writeRecords(path, bytes, least = 2_000, most = 60_000) {
  const next = random(7);
  const pool = Array.from({ length: 400 }, (_, index) => Buffer.from(record(index, Math.round(least + next() * (most - least)))));
  const file = openSync(path, "w");
  let written = 0;
  let records = 0;
  while (written < bytes) {
    written += writeSync(file, pool[Math.floor(next() * pool.length)]);
    records += 1;
  }
  closeSync(file);
  return records;
}

/** Lines of about 170 bytes, as training logs have them. */
export function writeShortLines(path, bytes) {
  const block = Buffer.from(
    Array.from(
      { length: 5000 },
      (_, step) => `${JSON.stringify({ step, loss: 1 / (step + 1), reward: step / 5000, note: "x".repeat(110) })}\n`,
    ).join(""),
  );
  const file = openSync(path, "w");
  for (let written = 0; written < bytes; ) written += writeSync(file, block);
  closeSync(file);
}

/** A file of `bytes` bytes that begins with real records; the rest is a hole, which takes no space on disk. */
export function writeSparse(path, bytes) {
  writeRecords(path, 1 << 20);
  const file = openSync(path, "r+");
  ftruncateSync(file, bytes);
  closeSync(file);
}

/** Free bytes where a path lives. */
export function freeBytes(path) {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}
