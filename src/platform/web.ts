/** The exports of `node.ts` where there are no file handles: bytes are handed over whole before they are opened by name. */
import { type ByteSource, memorySource } from "../core/bytes/byteSource";
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

/** Opens bytes given with {@link provideFile}. Code "not-found" for others. */
export function openSource(path: string): Result<ByteSource> {
  const bytes = files.get(path);
  return bytes ? ok(memorySource(path, bytes)) : fail("not-found", `Cannot open ${path}: it was not read into memory.`);
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
