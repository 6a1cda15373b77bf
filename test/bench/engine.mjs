// Files of any size: index, first rows, memory, compression, jobs.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/process.mjs";
import { freeBytes, writeRecords, writeShortLines, writeSparse } from "./data.mjs";
import { figures, median, program, ratio, row, scratch, seconds } from "./measure.mjs";

const GB = 2 ** 30;
const MB = 2 ** 20;
const worker = join(root, "dist/worker.js");
const cli = join(root, "dist/cli.js");
const times = (value) => `${value.toFixed(2)}×`;

export function rows() {
  const big = join(scratch, "big.jsonl");
  const small = join(scratch, "small.jsonl");
  const short = join(scratch, "short.jsonl");
  const sparse = join(scratch, "sparse.jsonl");
  if (freeBytes(scratch) < 3 * GB) return [row("files of any size", "", "not measured: less than 3 GB free", undefined)];
  const records = writeRecords(big, GB);
  writeRecords(small, 50_000);
  writeShortLines(short, 256 * MB);
  writeSparse(sparse, 40 * GB);
  const index = program("index");
  try {
    return [
      warmIndex(index, big),
      coldIndex(index, big),
      shortLines(index, short),
      indexMemory(index, program("bareRead"), big, records),
      ...firstRows(program("firstRows"), { big, small, sparse }),
      plainViewer(program("firstRows"), program("parseEveryLine"), big),
      ...gzip(index, program("jumps"), join(scratch, "half.jsonl")),
      ...jobs(join(scratch, "jobs.jsonl")),
      duckdb(index, big),
    ];
  } finally {
    for (const file of [big, small, short, sparse]) rmSync(file, { force: true });
  }
}

/** Of the index loop alone: starting Node is not part of opening a file in a running editor. */
function warmIndex(index, file) {
  seconds("wc", "-l", file);
  const found = ratio(
    5,
    () => seconds("wc", "-l", file),
    () => figures(index, file).seconds,
  );
  return row(
    "index 1 GB of 2–60 KB records, warm",
    "≥ 0.8× wc -l",
    `${times(found.ratio)} (${(found.b * 1000).toFixed(0)} ms)`,
    found.ratio >= 0.8,
  );
}

/** Drops a file's pages from the cache without touching others. */
const forget = (file) => spawnSync("dd", [`of=${file}`, "oflag=nocache", "conv=notrunc,fdatasync", "count=0"], { stdio: "ignore" });

function coldIndex(index, file) {
  const cold = (work) => {
    forget(file);
    return work();
  };
  const own = () => cold(() => figures(index, file).seconds);
  const plain = () => cold(() => seconds("dd", `if=${file}`, "of=/dev/null", "bs=1M"));
  // The disk is still busy with what was just written to it.
  ratio(1, own, plain);
  const found = ratio(9, own, plain);
  return row("same, cold file", "≤ 1.25× dd", times(found.ratio), found.ratio <= 1.25);
}

function shortLines(index, file) {
  seconds("wc", "-l", file);
  const found = ratio(
    5,
    () => seconds("wc", "-l", file),
    () => figures(index, file).seconds,
  );
  return row("index of ~170-byte lines", "≥ 0.45× wc -l", times(found.ratio), found.ratio >= 0.45);
}

function indexMemory(index, bare, file, records) {
  const extra = median([0, 1, 2].map(() => figures(index, file).peak)) - median([0, 1, 2].map(() => figures(bare, file).peak));
  const bound = 32 * MB + 16 * records;
  return row(
    "index memory over a bare read",
    "≤ 32 MB + 16 bytes a record",
    `${(extra / MB).toFixed(0)} MB at ${records} records`,
    extra <= bound,
  );
}

/** The extension's storage as any start but the first after an update finds it: with the engine's compiled code, with nothing of the files. */
function usedStorage(program, small) {
  const folder = join(scratch, "storage");
  figures(program, worker, small, folder, "stay");
  return folder;
}

function firstRows(program, { big, small, sparse }) {
  const storage = usedStorage(program, small);
  const first = (file) => figures(program, worker, file, storage).first;
  const against = (file) =>
    ratio(
      7,
      () => first(file),
      () => first(small),
    );
  const atOne = against(big);
  const atForty = against(sparse);
  const memory =
    median([0, 1, 2].map(() => figures(program, worker, big).peak)) - median([0, 1, 2].map(() => figures(program, worker, small).peak));
  return [
    row("first rows, 1 GB vs 50 KB", "≤ 1.5×", `${times(atOne.ratio)} (${(atOne.a * 1000).toFixed(0)} ms)`, atOne.ratio <= 1.5),
    row("first rows, 40 GB (sparse) vs 50 KB", "≤ 1.5×", times(atForty.ratio), atForty.ratio <= 1.5),
    row("memory to the first document, 1 GB over 50 KB", "< 200 MB", `${(memory / MB).toFixed(0)} MB`, memory < 200 * MB),
  ];
}

function plainViewer(first, parse, file) {
  const storage = join(scratch, "storage");
  const against = (...args) =>
    ratio(
      3,
      () => figures(parse, file).seconds,
      () => median([0, 1, 2].map(() => figures(first, worker, file, ...args).first)),
    );
  const [used, fresh] = [against(storage), against()];
  const words = `${used.ratio.toFixed(0)}× (${(used.b * 1000).toFixed(0)} ms; ${fresh.ratio.toFixed(0)}× at the first start after an update)`;
  return row("first screen vs JSON.parse of every line, 1 GB", "≥ 100× sooner", words, used.ratio >= 100);
}

function gzip(index, jumps, file) {
  writeRecords(file, 512 * MB);
  spawnSync("gzip", ["-1", "-f", "-k", file]);
  const packed = `${file}.gz`;
  const open = ratio(
    5,
    () => seconds("gzip", "-dc", packed),
    () => figures(index, packed).seconds,
  );
  const runs = [0, 1, 2].map(() => figures(jumps, packed));
  const [usual, longest] = [median(runs.map((run) => run.median)), median(runs.map((run) => run.longest))];
  const plain = median([0, 1, 2].map(() => figures(jumps, file).median));
  const { kept, unpacked } = runs[0];
  for (const path of [file, packed]) rmSync(path, { force: true });
  return [
    row(".gz open", "≥ 2× gzip -dc", times(open.ratio), open.ratio >= 2),
    row(
      "a record anywhere in a .gz of 512 MB, after the first pass",
      "≤ 150 ms, the longest of 60",
      `${longest.toFixed(0)} ms, usually ${usual.toFixed(1)} ms (plain file: ${plain.toFixed(2)} ms)`,
      longest <= 150,
    ),
    row(
      "kept for it",
      "≤ 0.2 % of the content",
      `${((kept / unpacked) * 100).toFixed(3)} % (${(kept / 1000).toFixed(0)} KB)`,
      kept / unpacked <= 0.002,
    ),
  ];
}

function jobs(own) {
  const real = join(root, "../shared/data/trace-topology/deepseek-r1_math500.jsonl");
  writeRecords(own, 200 * MB);
  const run = (file, count) => seconds(process.execPath, cli, "analyze", file, "--jobs", String(count));
  // Long enough to need no repetition; every thread compiles the analysis for itself, which takes a second or two.
  const two = ratio(
    1,
    () => run(own, 1),
    () => run(own, 2),
  );
  const rate = statSync(own).size / MB / two.a;
  const rows = [
    row("analyze --jobs 2, 200 MB", "≥ 1.7× one job", times(two.ratio), two.ratio >= 1.7),
    row("whole-file analyze, own traces, one job", "≥ 25 MB/s", `${rate.toFixed(2)} MB/s`, rate >= 25),
  ];
  if (existsSync(real)) {
    // The same records over and over, so that starting Node and warming up count for little; one file of them is analysed faster than Node is warm.
    const text = readFileSync(real);
    writeFileSync(own, Buffer.concat(Array.from({ length: Math.ceil((32 * MB) / text.length) }, () => text)));
    const speed = statSync(own).size / MB / median([0, 1, 2].map(() => run(own, 1)));
    const once = median([0, 1, 2].map(() => run(real, 1)));
    const words = `${speed.toFixed(2)} MB/s (${(statSync(own).size / MB).toFixed(0)} MB; ${(text.length / 1000).toFixed(0)} KB alone take ${once.toFixed(1)} s with start-up)`;
    rows.push(row("whole-file analyze, real R1 traces, one job", "≥ 25 MB/s", words, speed >= 25));
  }
  rmSync(own, { force: true });
  return rows;
}

/** A folder with an independent peer installed: `npm i --prefix FOLDER --no-save @duckdb/node-api`, outside the checkout. */
const peers = process.env.BENCH_PEERS ?? join(tmpdir(), "bench-peers");

function duckdb(index, file) {
  const script = `const{DuckDBInstance}=require("@duckdb/node-api");(async()=>{const c=await(await DuckDBInstance.create()).connect();const t=process.hrtime.bigint();
    await c.runAndReadAll("select count(*) from read_ndjson('${file}', maximum_object_size=100000000)");console.log(JSON.stringify({seconds:Number(process.hrtime.bigint()-t)/1e9}))})()`;
  const ask = () => spawnSync(process.execPath, ["-e", script], { cwd: existsSync(peers) ? peers : root, encoding: "utf8" });
  const first = ask();
  if (first.status !== 0)
    return row(
      "counting records vs DuckDB read_ndjson",
      "≥ 5×",
      "not measured: install @duckdb/node-api in the folder BENCH_PEERS",
      undefined,
    );
  const found = ratio(
    3,
    () => JSON.parse(ask().stdout).seconds,
    () => figures(index, file).seconds,
  ).ratio;
  return row("counting records vs DuckDB read_ndjson", "≥ 5×", `${found.toFixed(1)}×`, found >= 5);
}
