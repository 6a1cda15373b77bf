/** What random access to packed files needs, kept in a folder between sessions: a packed file is read from front to back once as long as it stays the same. */
import { renameSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileKey } from "./fileKey";
import { type FileSource, openSource } from "./fileSource";
import { fingerprint } from "./fingerprint";
import { keepLatest } from "./latestFiles";
import type { Keeper } from "./spillStore";

/** Bytes of all kept files together; those used longest ago go first. */
export const mostKeptBytes = 4 * 2 ** 30;
const ending = ".trace-unpacked";
/** What is kept, and in which layout: part of the key. */
const restarts = "restart points 1";

/** What is kept of one packed file, in its state of now. */
export class KeptFile implements Keeper {
  readonly folder: string;
  readonly #packed: string;
  readonly #limit: number;
  readonly #key: string;

  /** Throws when the packed file cannot be read. */
  constructor(folder: string, packed: string, limit = mostKeptBytes) {
    this.folder = folder;
    this.#packed = packed;
    this.#limit = limit;
    this.#key = fileKey(packed, restarts);
  }

  /** What is kept, if there is something. */
  find(): FileSource | undefined {
    const path = this.#path();
    const found = openSource(path);
    if (!found.ok) return undefined;
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // It only counts as used longer ago.
    }
    return found.value;
  }

  /** Takes over a file of the folder. False when it is not kept: it is too large, or the packed file is another one by now. */
  keep(draft: string): boolean {
    try {
      if (statSync(draft).size > this.#limit || fileKey(this.#packed, restarts) !== this.#key) return false;
      renameSync(draft, this.#path());
      keepLatest(this.folder, ending, this.#limit);
      return true;
    } catch {
      return false;
    }
  }

  #path(): string {
    return join(this.folder, `${fingerprint(this.#key)}${ending}`);
  }
}
