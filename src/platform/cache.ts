/** What is known of files, kept in a folder between sessions. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { analysisVersion } from "../core/analysisVersion";
import { seal, unseal } from "../core/cache/envelope";
import type { SessionCache } from "../core/session/host";
import { fileKey } from "./fileKey";
import { fingerprint } from "./fingerprint";
import { keepLatest, latestFirst } from "./latestFiles";

/** Bytes of all caches together, unless told; those used longest ago go first. */
export const defaultCacheBytes = 512 << 20;
const ending = ".trace-cache";

/**
 * The cache of one file. `options`: all that the content depends on besides the file, as text. Content about another state of the file, of another version or with
 * other options is as good as none. Never throws: what cannot be read or written is left.
 * Content larger than a quarter of the limit is not kept.
 */
export function openCache(folder: string, path: string, options: string, limitBytes = defaultCacheBytes): SessionCache {
  const file = join(folder, `${fingerprint(`${path}\0${options}`)}${ending}`);
  return {
    load: () => {
      try {
        const sealed = readFileSync(file);
        const content = unseal(fileKey(path, `${analysisVersion} ${options}`), sealed);
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
        writeFileSync(draft, seal(fileKey(path, `${analysisVersion} ${options}`), content));
        renameSync(draft, file);
        keepLatest(folder, ending, limitBytes);
      } catch {
        // A cache that cannot be written is no loss.
      }
    },
  };
}

/** Removes all caches of a folder. */
export function clearCache(folder: string): void {
  for (const { path } of latestFirst(folder, ending)) rmSync(path, { force: true });
}
