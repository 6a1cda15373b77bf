/** Bundles the evaluation and runs it: `node test/eval/run.mjs [--tune | --fit]`. */
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = import.meta.dirname;
const directory = mkdtempSync(path.join(here, ".run-"));
try {
  const outfile = path.join(directory, "eval.mjs");
  await build({
    entryPoints: [path.join(here, "main.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outfile,
    logLevel: "error",
    define: { "import.meta.dirname": JSON.stringify(here) },
  });
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
