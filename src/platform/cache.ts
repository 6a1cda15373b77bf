/** What is known of files, kept in a folder between sessions. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { analysisVersion } from "../core/analyze";
import { seal, unseal } from "../core/cache/envelope";
import type { SessionCache } from "../core/session";
import { openSource } from "./fileSource";

/** Bytes of all caches together, unless told; those used longest ago go first. */
export const defaultCacheBytes = 512 << 20;
/** Bytes at either end of a file that must be the same for a cache to hold. */
const probeBytes = 1 << 16;
const ending = ".trace-cache";

/**
 * The cache of one file. `options`: all that the content depends on besides the file, as text. Content about another state of the file, of another version or with
 * other options is as good as none. Never throws: what cannot be read or written is left.
 * Content larger than a quarter of the limit is not kept.
 */
export function openCache(folder: string, path: string, options: string, limitBytes = defaultCacheBytes): SessionCache {
  const name = createHash("sha256").update(`${path}\0${options}`).digest("hex").slice(0, 32);
  const file = join(folder, `${name}${ending}`);
  return {
    load: () => {
      try {
        const content = unseal(keyOf(path, options), readFileSync(file));
        const now = new Date();
        if (content) utimesSync(file, now, now);
        else rmSync(file, { force: true });
        return content;
      } catch {
        return undefined;
      }
    },
    save: (content, bytes) => {
      try {
        if (statSync(path).size !== bytes || content.length > limitBytes / 4) return;
        mkdirSync(folder, { recursive: true });
        const draft = `${file}.${process.pid}`;
        writeFileSync(draft, seal(keyOf(path, options), content));
        renameSync(draft, file);
        trim(folder, limitBytes);
      } catch {
        // A cache that cannot be written is no loss.
      }
    },
  };
}

/** Removes all caches of a folder. */
export function clearCache(folder: string): void {
  for (const { path } of cachesOf(folder)) rmSync(path, { force: true });
}

/** Size, time of change and both ends of a file. Throws when it cannot be read. */
function keyOf(path: string, options: string): string {
  const { size, mtimeMs } = statSync(path);
  const source = openSource(path);
  if (!source.ok) throw new Error(source.error.message);
  const hash = createHash("sha256");
  hash.update(source.value.read(0, probeBytes));
  hash.update(source.value.read(Math.max(0, size - probeBytes), probeBytes));
  source.value.close();
  return JSON.stringify([path, size, mtimeMs, hash.digest("hex"), String(analysisVersion), options]);
}

function cachesOf(folder: string): { readonly path: string; readonly bytes: number; readonly usedAt: number }[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.includes(ending))
      .map((name) => {
        const path = join(folder, name);
        const { size, mtimeMs } = statSync(path);
        return { path, bytes: size, usedAt: mtimeMs };
      });
  } catch {
    return [];
  }
}

function trim(folder: string, limitBytes: number): void {
  let total = 0;
  for (const { path, bytes } of cachesOf(folder).sort((a, b) => b.usedAt - a.usedAt)) {
    total += bytes;
    if (total > limitBytes) rmSync(path, { force: true });
  }
}
