/** Files of the disk as byte sources. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource, PieceOfLines } from "../core/bytes/byteSource";
import { fail, ok, type Result } from "../core/result";
import { scanMemory } from "./scanMemory";

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

/** Bytes of the buffer that small reads share. */
const bufferBytes = 1 << 20;
/**
 * Where in newly allocated memory to read into. The C library gives large blocks 16 bytes after the beginning of a page, and some processors (AMD Zen 3) copy
 * from the file cache to such a place at a quarter of their speed; 4080 bytes on, it is the beginning of the next page.
 */
const alignmentBytes = 4080;

const alignedBuffer = (length: number): Buffer => Buffer.allocUnsafeSlow(length + alignmentBytes).subarray(alignmentBytes);

/** A file of the disk. A read that the system refuses gives no bytes, as at the end of the file. */
export class FileSource implements ByteSource {
  readonly name: string;
  readonly descriptor: number;
  #buffer: Buffer = Buffer.alloc(0);
  #closed = false;

  constructor(name: string, descriptor: number) {
    this.name = name;
    this.descriptor = descriptor;
  }

  size(): number {
    return this.#closed ? 0 : fstatSync(this.descriptor).size;
  }

  read(offset: number, length: number): Uint8Array {
    const buffer = this.#bufferFor(length);
    return buffer.subarray(0, this.#fill(buffer, offset, length));
  }

  readLines(offset: number, length: number): PieceOfLines | undefined {
    const memory = scanMemory();
    if (!memory) return undefined;
    const filled = this.#fill(memory.bytes, offset, Math.min(length, memory.bytes.length));
    return { bytes: memory.bytes.subarray(0, filled), newlines: memory.newlines(filled) };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.descriptor);
  }

  /** Large reads get a buffer of their own, so that one huge record does not stay in memory. */
  #bufferFor(length: number): Buffer {
    if (length > bufferBytes) return alignedBuffer(length);
    if (this.#buffer.length === 0) this.#buffer = alignedBuffer(bufferBytes);
    return this.#buffer;
  }

  /** Reads into a buffer; gives how many bytes came. */
  #fill(buffer: Uint8Array, offset: number, length: number): number {
    let filled = 0;
    while (filled < length && !this.#closed) {
      const count = this.#readAt(buffer, filled, length - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  #readAt(buffer: Uint8Array, at: number, length: number, position: number): number {
    try {
      return readSync(this.descriptor, buffer, at, length, position);
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
