/** Starts an engine in a worker of Node. Apart from `node.ts`, so that who starts engines does not load what opens files. */
import { Worker } from "node:worker_threads";
import type { EngineOptions } from "../protocol/engineOptions";
import { connectEngine, type EngineClient, type WorkerPort } from "./client";

/**
 * Starts an engine on a file in a worker. `script`: the bundled worker, `worker.js` beside the caller's own bundle. A file that cannot be opened makes
 * every request reject with the code of `openFile`.
 */
export function startWorker(script: string, path: string, options: EngineOptions = {}): EngineClient {
  const worker = new Worker(script, { workerData: { path, options } });
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
