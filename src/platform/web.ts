/** The exports of `node.ts` where there are no file handles: bytes are handed over whole before they are opened by name. */
import { memorySource } from "../core/bytes/byteSource";
import { openRecords } from "../core/bytes/records";
import { formatBytes, formatOf } from "../core/container/formats";
import type { RecordProvider } from "../core/container/recordProvider";
import { fail, ok, type Result } from "../core/result";
import { failureOf } from "../protocol/rpc";
import { connectEngine, type EngineClient, type WorkerPort } from "./client";

export type { EngineClient } from "./client";

const files = new Map<string, Uint8Array>();

/** Makes bytes openable under a name; undefined forgets them. */
export function provideFile(path: string, bytes: Uint8Array | undefined): void {
  if (bytes) files.set(path, bytes);
  else files.delete(path);
}

/** Opens bytes given with {@link provideFile}. Codes: "not-found" for others, "packed" for packed files, which only desktop hosts unpack. */
export function openFile(path: string): Result<RecordProvider> {
  const bytes = files.get(path);
  if (!bytes) return fail("not-found", `Cannot open ${path}: it was not read into memory.`);
  const format = formatOf(bytes.subarray(0, formatBytes));
  if (format !== "plain")
    return fail("packed", `Cannot open ${path} in the browser: it is a ${format} file. Unpack it to JSON Lines first.`);
  return ok(openRecords(memorySource(path, bytes)));
}

/** Lets messages and timers through. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** What a web worker is to this module. */
export interface WebWorker {
  postMessage(message: unknown): void;
  addEventListener(type: "message" | "error", listener: (event: unknown) => void): void;
  removeEventListener(type: "message" | "error", listener: (event: unknown) => void): void;
  terminate(): void;
}

/** Connects to an engine in a worker that the caller has made from the worker bundle and given its bytes. */
export function startWorker(worker: WebWorker): EngineClient {
  return connectEngine(webPort(worker));
}

const dataOf = (event: unknown): unknown => (typeof event === "object" && event !== null && "data" in event ? event.data : undefined);

function webPort(worker: WebWorker): WorkerPort {
  return {
    send: (message) => worker.postMessage(message),
    listen: (handler) => {
      const listener = (event: unknown) => handler(dataOf(event));
      worker.addEventListener("message", listener);
      return () => worker.removeEventListener("message", listener);
    },
    onEnd: (listener) => {
      worker.addEventListener("error", (event) => listener({ code: "worker-failed", message: failureOf(event).message }));
    },
    terminate: () => worker.terminate(),
  };
}
