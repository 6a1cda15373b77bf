/** The engine in a worker: one session on one file, spoken to over the worker's own port. */
import { parentPort, workerData } from "node:worker_threads";
import { JoinFile } from "../core/joinFile";
import { type Failure, ok, type Result } from "../core/result";
import { TraceSession } from "../core/session";
import type { ReadingOptions } from "../core/traceReader";
import { openCache } from "../platform/cache";
import { openFile, pause } from "../platform/node";
import type { Engine, EngineEvents } from "../protocol/engine";
import { type EngineOptions, readEngineOptions } from "../protocol/engineOptions";
import { connect, type Port, RpcError } from "../protocol/rpc";

/** How often a file is looked at for growth, in milliseconds. */
const pollMs = 1000;

const pathOf = (data: unknown): string =>
  typeof data === "object" && data !== null && "path" in data && typeof data.path === "string" ? data.path : "";

function hostPort(): Port {
  const port = parentPort;
  if (!port) throw new Error("The engine's worker was started as a program of its own");
  return {
    send: (message) => port.postMessage(message),
    listen: (handler) => {
      port.on("message", handler);
      return () => port.off("message", handler);
    },
  };
}

/** An engine that rejects everything with one failure. */
const failing = (code: string, message: string): Engine =>
  new Proxy(Object.create(null), { get: () => () => Promise.reject(new RpcError(code, message)) });

const optionsOf = (data: unknown): EngineOptions =>
  readEngineOptions(typeof data === "object" && data !== null && "options" in data ? data.options : undefined);

/** How the session's own file is read. */
async function readingOf({ mapping, joinPath }: EngineOptions): Promise<Result<ReadingOptions>> {
  const joined = joinPath === undefined ? undefined : openFile(joinPath);
  if (joined && !joined.ok) return joined;
  return ok({ ...(mapping ? { mapping } : {}), ...(joined ? { join: await JoinFile.open(joined.value) } : {}) });
}

async function serve(path: string, options: EngineOptions): Promise<void> {
  const port = hostPort();
  const refuse = ({ code, message }: Failure): void =>
    void connect<object, EngineEvents, Engine, object>(port, { requests: failing(code, message) });
  const reading = await readingOf(options);
  if (!reading.ok) return refuse(reading.error);
  const opening = options.cacheFolder === undefined ? {} : { keptFolder: options.cacheFolder };
  const records = openFile(path, opening);
  if (!records.ok) return refuse(records.error);
  const { cacheFolder, mapping, joinPath, ...analysis } = options;
  const session = new TraceSession(records.value, {
    pause,
    loadAnalyst: async () => (await import("./analyst")).analyst,
    wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    openPeer: (peer) => openFile(peer, opening),
    analysis,
    reading: reading.value,
    ...(cacheFolder === undefined ? {} : { cache: openCache(cacheFolder, path, JSON.stringify({ analysis, mapping, joinPath })) }),
  });
  const connection = connect<object, EngineEvents, Engine, object>(port, { requests: session, beforeRequest: pause });
  session.listen({ progress: (info) => connection.events.progress(info), analysed: (from, to) => connection.events.analysed(from, to) });
  setInterval(() => session.poll(), pollMs).unref();
}

void serve(pathOf(workerData), optionsOf(workerData));
