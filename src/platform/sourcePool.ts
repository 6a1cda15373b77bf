import { statSync } from "node:fs";
import type { ByteSource } from "../core/bytes/byteSource";
import type { Result } from "../core/result";
import { ok } from "../core/result";
import { type FileSource, openSource } from "./fileSource";

/** Files kept open at once. Opening one anew takes some ten microseconds. */
const mostOpen = 32;

/** Opens many files while few are open at a time: those used last. A file that is gone reads as empty. */
export class SourcePool {
  readonly #open = new Map<string, FileSource>();

  /** Opens a file, which may be closed and opened again behind the scenes. Codes as of {@link openSource}. */
  source(path: string): Result<ByteSource> {
    const first = openSource(path);
    if (!first.ok) return first;
    this.#keep(path, first.value);
    const use = (): FileSource | undefined => this.#use(path);
    return ok({
      name: path,
      size: () => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
      read: (offset, length) => use()?.read(offset, length) ?? new Uint8Array(0),
      readLines: (offset, length) => use()?.readLines(offset, length),
      close: () => {
        this.#open.get(path)?.close();
        this.#open.delete(path);
      },
    });
  }

  #use(path: string): FileSource | undefined {
    const known = this.#open.get(path);
    if (known) {
      this.#open.delete(path);
      this.#open.set(path, known);
      return known;
    }
    const opened = openSource(path);
    if (!opened.ok) return undefined;
    this.#keep(path, opened.value);
    return opened.value;
  }

  #keep(path: string, source: FileSource): void {
    this.#open.get(path)?.close();
    this.#open.set(path, source);
    for (const [oldest, file] of this.#open) {
      if (this.#open.size <= mostOpen) return;
      file.close();
      this.#open.delete(oldest);
    }
  }
}
