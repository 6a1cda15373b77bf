// Timing for the benchmarks: whole processes, several runs in turn, medians. Ratios within one run hold where the machine's speed drifts.
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "../support/process.mjs";

/** Where bundles and data files of this run live. */
export const scratch = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), "rti-bench-"));

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Bundles a measuring program of test/bench/programs for Node; gives its path. */
export function program(name) {
  const outfile = join(scratch, `${name}.cjs`);
  esbuild.buildSync({
    entryPoints: [join(root, "test/bench/programs", `${name}.ts`)],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    outfile,
    logLevel: "error",
  });
  return outfile;
}

/** Runs a program that prints one JSON object with its own figures. */
export function figures(path, ...args) {
  const done = spawnSync(process.execPath, ["--expose-gc", path, ...args], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(`${path}: ${done.stderr.slice(0, 2000)}`);
  return JSON.parse(done.stdout.trim().split("\n").at(-1));
}

/** Seconds that a command takes, its output thrown away. */
export function seconds(command, ...args) {
  const begun = process.hrtime.bigint();
  const done = spawnSync(command, args, { stdio: "ignore" });
  if (done.error) throw done.error;
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

/** Runs two measurements in turn and gives the median of their ratios a / b, with both medians. */
export function ratio(runs, a, b) {
  const pairs = Array.from({ length: runs }, () => [a(), b()]);
  return { ratio: median(pairs.map(([x, y]) => x / y)), a: median(pairs.map(([x]) => x)), b: median(pairs.map(([, y]) => y)) };
}

/** One row of the table. `holds` undefined: not measured here, with the reason as the figure. */
export const row = (measure, bound, figure, holds) => ({ measure, bound, figure, holds });
