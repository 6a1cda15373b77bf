/** Entry of the worker: a few lines that load the engine, with what was compiled of it the last time. */
import { join } from "node:path";
import { workerData } from "node:worker_threads";
import { loadCompiled } from "../platform/compiledCode";

const optionsOf = (data: unknown): unknown => (typeof data === "object" && data !== null && "options" in data ? data.options : undefined);

function cacheFolder(options: unknown): string | undefined {
  if (typeof options !== "object" || options === null || !("cacheFolder" in options)) return undefined;
  return typeof options.cacheFolder === "string" ? options.cacheFolder : undefined;
}

loadCompiled(join(__dirname, "engine.js"), cacheFolder(optionsOf(workerData)));
