/** What V8 compiled of a bundle, kept between sessions: a worker's first answer needs hundreds of functions, and compiling them takes as long as running them. */
import { mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";
import { threadId } from "node:worker_threads";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { keepLatest } from "./latestFiles";

const ending = ".trace-code";
/** Bytes of all kept code together: two bundles of a few versions. */
const mostCodeBytes = 8 << 20;
/** Functions are compiled when they are first called: by then, the first document was shown. */
const settledMs = 5000;

/**
 * Runs a CommonJS bundle and gives its exports, with the code in `folder` that was compiled of it before; bundles beside it that it requires are run in the same way. Without
 * a folder, as `require` does. Code of another bundle or another V8, or damaged code, is as good as none; what cannot be kept is left.
 */
export function loadCompiled(file: string, folder: string | undefined): unknown {
  const require = createRequire(file);
  if (folder === undefined) return require(file);
  const kept = new KeptCode(file, folder);
  const cachedData = kept.load();
  const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, "utf8")}\n})`;
  const script = new Script(source, { filename: file, ...(cachedData ? { cachedData } : {}) });
  if (!cachedData || script.cachedDataRejected) setTimeout(() => kept.save(script.createCachedData()), settledMs).unref();
  const requireBeside = (id: string): unknown =>
    id.startsWith("./") ? loadCompiled(join(dirname(file), `${basename(id)}.js`), folder) : require(id);
  const module = { exports: {} };
  const run: unknown = script.runInThisContext();
  if (typeof run === "function") run(module.exports, requireBeside, module, file, dirname(file));
  return module.exports;
}

/** The file that holds a bundle's code. V8 itself tells its own version, but of the source only the length, and not whether the code is whole. */
class KeptCode {
  readonly #folder: string;
  readonly #path: string;

  constructor(file: string, folder: string) {
    const { size, mtimeMs } = statSync(file);
    this.#folder = folder;
    this.#path = join(folder, `${basename(file, ".js")}-${process.versions.v8}-${size}-${Math.round(mtimeMs)}${ending}`);
  }

  load(): Buffer | undefined {
    try {
      const code = gunzipSync(readFileSync(this.#path));
      const now = new Date();
      utimesSync(this.#path, now, now);
      return code;
    } catch {
      return undefined;
    }
  }

  /** Not packed: gzip is there for its checksum. */
  save(code: Buffer): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
      const draft = `${this.#path}.${process.pid}.${threadId}`;
      writeFileSync(draft, gzipSync(code, { level: constants.Z_NO_COMPRESSION }));
      renameSync(draft, this.#path);
      keepLatest(this.#folder, ending, mostCodeBytes);
    } catch {
      // Code that cannot be kept is compiled again.
    }
  }
}
