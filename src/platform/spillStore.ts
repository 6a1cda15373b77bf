import { ftruncateSync, mkdirSync, openSync, readdirSync, rmSync, statfsSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PieceOfLines } from "../core/bytes/byteSource";
import type { ByteStore } from "../core/container/byteStore";
import { FileSource } from "./fileSource";

/** Bytes of one file that stay in memory; what is larger goes to the disk as a whole. */
const memoryBytes = 4 << 20;
/** The same for all files together. */
const memoryBytesOfAll = 16 << 20;
/** Bytes of one file on the disk at most. */
const mostSpilledBytes = 64 * 2 ** 30;
/** Room that is left free on the disk, in bytes. */
const roomLeft = 2 ** 30;
/** Free room is asked for again after so many bytes. */
const roomCheckBytes = 64 << 20;
/** Bytes a write. Larger ones that begin at certain places of a page are copied to the file cache at a fifth of the speed by some processors (AMD Zen 3). */
const writeBytes = 1 << 18;
/** Where a store puts its file. */
export interface Keeper {
  /** The system's temporary folder unless told. */
  readonly folder?: string | undefined;
  /** What was kept before. */
  find?(): FileSource | undefined;
  /** Takes over a file of the folder for the next time; false when it is not wanted. Without it nothing stays. */
  keep?(draft: string): boolean;
}

const prefix = "trace-inspector-";

let memoryUsed = 0;

/**
 * Keeps what a packed file needs for random access: small amounts in memory, larger ones in a file of the temporary folder. Where the system allows it, the file has
 * no name from the start, so nothing stays behind however the process ends; elsewhere it is removed on closing, or by the next process that starts. With a
 * {@link Keeper} it may stay there once all of the packed file is read.
 */
export class SpillStore implements ByteStore {
  size = 0;
  full = "";
  readonly #folder: string;
  readonly #limit: number;
  #memory: Buffer = Buffer.alloc(0);
  #file: FileSource | undefined;
  #descriptor = -1;
  #path: string | undefined;
  #roomAskedAt = 0;
  readonly #keeper: Keeper;

  /** `limit`: bytes at most. */
  constructor(keeper: Keeper = {}, limit = mostSpilledBytes) {
    this.#folder = keeper.folder ?? tmpdir();
    this.#limit = limit;
    this.#keeper = keeper;
    this.#file = keeper.find?.();
    this.size = this.#file?.size() ?? 0;
  }

  /** The open file, where the bytes are in one. */
  get descriptor(): number | undefined {
    return this.#file?.descriptor;
  }

  append(bytes: Uint8Array): boolean {
    if (this.size + bytes.length > this.#limit) return this.#refuse(`${gigabytes(this.#limit)} is the most that is kept of a file`);
    if (!this.#file && this.#fitsMemory(bytes.length)) this.#appendToMemory(bytes);
    else if (!this.#appendToFile(bytes)) return false;
    this.size += bytes.length;
    return true;
  }

  read(offset: number, length: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    if (this.#file) return this.#file.read(offset, wanted);
    return this.#memory.subarray(offset, offset + wanted);
  }

  readLines(offset: number, length: number): PieceOfLines | undefined {
    return this.#file?.readLines(offset, Math.max(0, Math.min(length, this.size - offset)));
  }

  finish(): void {
    if (!this.#keeper.keep) return;
    try {
      this.#openFile();
      if (this.#path !== undefined && this.#keeper.keep(this.#path)) this.#path = undefined;
    } catch {
      // What is not kept is found again.
    }
  }

  clear(): void {
    this.size = 0;
    this.full = "";
    this.#roomAskedAt = 0;
    if (this.#keeper.keep) this.#closeFile();
    else if (this.#file) ftruncateSync(this.#descriptor);
  }

  close(): void {
    this.size = 0;
    this.#freeMemory();
    this.#closeFile();
  }

  /** A file that is kept stays. */
  #closeFile(): void {
    this.#file?.close();
    this.#file = undefined;
    if (this.#path !== undefined) rmSync(this.#path, { force: true });
    this.#path = undefined;
  }

  #fitsMemory(more: number): boolean {
    const needed = this.size + more;
    return needed <= memoryBytes && (needed <= this.#memory.length || memoryUsed + needed * 2 <= memoryBytesOfAll);
  }

  #appendToMemory(bytes: Uint8Array): void {
    if (this.size + bytes.length > this.#memory.length) {
      const larger = Buffer.alloc(Math.max(1 << 16, (this.size + bytes.length) * 2));
      larger.set(this.#memory.subarray(0, this.size));
      memoryUsed += larger.length - this.#memory.length;
      this.#memory = larger;
    }
    this.#memory.set(bytes, this.size);
  }

  #appendToFile(bytes: Uint8Array): boolean {
    try {
      this.#openFile();
      if (!this.#hasRoom()) return this.#refuse(`the disk of ${this.#folder} has too little room`);
      this.#write(bytes, this.size);
      return true;
    } catch (thrown) {
      return this.#refuse(`it cannot be written to ${this.#folder}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }

  #write(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; )
      at += writeSync(this.#descriptor, bytes, at, Math.min(writeBytes, bytes.length - at), position + at);
  }

  #openFile(): void {
    if (this.#file) return;
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, `${prefix}${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
    this.#descriptor = openSync(path, "wx+", 0o600);
    if (this.#keeper.keep || !unlinked(path)) {
      this.#path = path;
      removeLeftSpills(this.#folder);
    }
    this.#write(this.#memory.subarray(0, this.size), 0);
    this.#file = new FileSource(path, this.#descriptor);
    this.#freeMemory();
  }

  #hasRoom(): boolean {
    if (this.size < this.#roomAskedAt) return true;
    this.#roomAskedAt = this.size + roomCheckBytes;
    const { bavail, bsize } = statfsSync(this.#folder);
    return bavail * bsize > roomLeft;
  }

  #freeMemory(): void {
    memoryUsed -= this.#memory.length;
    this.#memory = Buffer.alloc(0);
  }

  #refuse(why: string): boolean {
    this.full = why;
    return false;
  }
}

const gigabytes = (bytes: number): string =>
  bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MB` : `${Math.round((bytes / 2 ** 30) * 10) / 10} GB`;

/** Takes the name from an open file, where the system allows it. */
function unlinked(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Removes files that earlier processes left in a folder because they ended before they could. */
function removeLeftSpills(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const [, pid] = new RegExp(`^${prefix}(\\d+)-.*\\.tmp$`).exec(name) ?? [];
      if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
    }
  } catch {
    // Nothing to remove in a folder that cannot be read.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
}
