/** Unpacked files kept in a folder between sessions, so that a packed file is unpacked once as long as it stays the same. */
import { renameSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileKey } from "./fileKey";
import { type FileSource, openSource } from "./fileSource";
import { fingerprint } from "./fingerprint";
import { keepLatest } from "./latestFiles";

/** Bytes of all kept files together; those used longest ago go first. */
export const mostKeptBytes = 4 * 2 ** 30;
const ending = ".trace-unpacked";

/** Where the unpacked bytes of one packed file are kept, in its state of now. */
export class KeptFile {
  readonly folder: string;
  readonly #packed: string;
  readonly #limit: number;
  readonly #key: string;

  /** Throws when the packed file cannot be read. */
  constructor(folder: string, packed: string, limit = mostKeptBytes) {
    this.folder = folder;
    this.#packed = packed;
    this.#limit = limit;
    this.#key = fileKey(packed, "unpacked");
  }

  /** The unpacked bytes, if they are kept. */
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

  /** Takes over a file of the folder that holds all unpacked bytes. False when it is not kept: it is too large, or the packed file is another one by now. */
  keep(draft: string): boolean {
    try {
      if (statSync(draft).size > this.#limit || fileKey(this.#packed, "unpacked") !== this.#key) return false;
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
