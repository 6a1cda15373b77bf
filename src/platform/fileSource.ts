/** Files of the disk as byte sources. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "../core/bytes/byteSource";
import { fail, ok, type Result } from "../core/result";

/** What an operating system's error code means to a user. */
const reasons: Readonly<Record<string, { readonly code: string; readonly text: string }>> = {
  ENOENT: { code: "not-found", text: "there is no such file" },
  ENOTDIR: { code: "not-found", text: "a part of the path is not a folder" },
  EACCES: { code: "no-permission", text: "you have no permission to read it" },
  EPERM: { code: "no-permission", text: "you have no permission to read it" },
  EISDIR: { code: "is-directory", text: "it is a folder, not a file" },
  EMFILE: { code: "too-many-files", text: "too many files are open" },
  EIO: { code: "read-failed", text: "the disk reported an error" },
};

/** Why a path cannot be opened, from what the system threw. Codes: "not-found", "no-permission", "is-directory", "too-many-files", "read-failed". */
export function openFailure(path: string, thrown: unknown): Result<never> {
  const system = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const reason = reasons[system] ?? { code: "read-failed", text: thrown instanceof Error ? thrown.message : String(thrown) };
  return fail(reason.code, `Cannot open ${path}: ${reason.text}.`);
}

/** A file of the disk. A read that the system refuses gives no bytes, as at the end of the file. */
export class FileSource implements ByteSource {
  readonly name: string;
  readonly #descriptor: number;
  #buffer: Buffer = Buffer.alloc(0);
  #closed = false;

  constructor(name: string, descriptor: number) {
    this.name = name;
    this.#descriptor = descriptor;
  }

  size(): number {
    return this.#closed ? 0 : fstatSync(this.#descriptor).size;
  }

  read(offset: number, length: number): Uint8Array {
    const buffer = length <= this.#buffer.length ? this.#buffer : this.#larger(length);
    let filled = 0;
    while (filled < length && !this.#closed) {
      const count = this.#readAt(buffer, filled, length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }

  /** Large reads get a buffer of their own, so that one huge record does not stay in memory. */
  #larger(length: number): Buffer {
    if (length > 1 << 20) return Buffer.allocUnsafeSlow(length);
    this.#buffer = Buffer.allocUnsafeSlow(length > 1 << 18 ? 1 << 20 : 1 << 18);
    return this.#buffer;
  }

  #readAt(buffer: Buffer, at: number, length: number, position: number): number {
    try {
      return readSync(this.#descriptor, buffer, at, length, position);
    } catch {
      return 0;
    }
  }
}

/** Opens a file for reading, whatever it holds. Codes as of {@link openFailure}. */
export function openSource(path: string): Result<FileSource> {
  try {
    const descriptor = openSync(path, "r");
    if (!fstatSync(descriptor).isDirectory()) return ok(new FileSource(path, descriptor));
    closeSync(descriptor);
    return fail("is-directory", `Cannot open ${path}: ${reasons.EISDIR!.text}.`);
  } catch (thrown) {
    return openFailure(path, thrown);
  }
}
