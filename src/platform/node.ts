/** Files and workers where Node is: desktop VS Code, remote hosts, the command line, tests. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { ByteSource } from "../core/bytes/byteSource";
import { fail, ok, type Result } from "../core/result";
import { connectEngine, type EngineClient, type WorkerPort } from "./client";

export type { EngineClient } from "./client";

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

/** A file of the disk. A read that the system refuses gives no bytes, as at the end of the file. */
class FileSource implements ByteSource {
  readonly name: string;
  readonly #descriptor: number;
  #buffer = Buffer.allocUnsafeSlow(1 << 18);
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
    this.#buffer = Buffer.allocUnsafeSlow(1 << 20);
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

/** First bytes of formats that hold no text, as Latin-1. */
const packed: readonly (readonly [magic: string, name: string])[] = [
  ["\x1f\x8b\x08", "gzip"],
  ["\x28\xb5\x2f\xfd", "Zstandard"],
  ["PK\x03\x04", "zip"],
  ["PAR1", "Parquet"],
];

/** The packed format of a file, by its first bytes. */
function packedFormat(descriptor: number): string | undefined {
  const first = Buffer.alloc(4);
  const count = readSync(descriptor, first, 0, first.length, 0);
  const head = first.toString("latin1", 0, count);
  return packed.find(([magic]) => head.startsWith(magic))?.[1];
}

/** Opens a file for reading. Codes: "not-found", "no-permission", "is-directory", "packed", "too-many-files", "read-failed". */
export function openSource(path: string): Result<ByteSource> {
  try {
    const descriptor = openSync(path, "r");
    if (fstatSync(descriptor).isDirectory()) {
      closeSync(descriptor);
      return fail("is-directory", `Cannot open ${path}: ${reasons.EISDIR!.text}.`);
    }
    const format = packedFormat(descriptor);
    if (format === undefined) return ok(new FileSource(path, descriptor));
    closeSync(descriptor);
    return fail("packed", `Cannot open ${path}: it is a ${format} file. Unpack it to JSON Lines first.`);
  } catch (thrown) {
    const system = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
    const reason = reasons[system] ?? { code: "read-failed", text: thrown instanceof Error ? thrown.message : String(thrown) };
    return fail(reason.code, `Cannot open ${path}: ${reason.text}.`);
  }
}

/** Lets messages and timers through. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Starts an engine on a file in a worker. `script`: the bundled worker, `worker.js` beside the caller's own bundle. A file that cannot be opened makes
 * every request reject with the code of {@link openSource}.
 */
export function startWorker(script: string, path: string): EngineClient {
  const worker = new Worker(script, { workerData: { path } });
  return connectEngine(workerPort(worker));
}

function workerPort(worker: Worker): WorkerPort {
  return {
    send: (message) => worker.postMessage(message),
    listen: (handler) => {
      worker.on("message", handler);
      return () => worker.off("message", handler);
    },
    onEnd: (listener) => {
      worker.on("error", (error) => listener({ code: "worker-failed", message: `The engine stopped: ${error.message}` }));
      worker.on("exit", (code) => listener({ code: "worker-exit", message: `The engine ended with exit code ${code}` }));
    },
    terminate: () => void worker.terminate(),
  };
}
