import { isMainThread, type MessagePort, parentPort, Worker, workerData } from "node:worker_threads";
import { type AnalyzedRecords, type AnalyzeRequest, analyzeRecords, type Block } from "./analyzeRecords";
import { openTraces } from "./files";

/** Records a block. Small enough that two jobs end together, large enough that messages cost nothing. */
const blockRecords = 8;
/** Blocks that a job has before it, so that it never waits for the next one. */
const blocksAhead = 2;

/** What a job answers. Its lines are bytes, which change hands without a copy. */
interface Answer extends JobRecords {
  readonly block: number;
}

/** As {@link AnalyzedRecords}; lines as UTF-8. */
export interface JobRecords extends Omit<AnalyzedRecords, "lines"> {
  readonly lines: Uint8Array;
}

/**
 * Analyses all records on `jobs` threads and hands the results on in file order. At most eight blocks a job are under way or waiting for their turn, so
 * memory does not grow with the file. Rejects when a job dies.
 */
export function analyzeInJobs(count: number, jobs: number, request: AnalyzeRequest, take: (result: JobRecords) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = new Map<number, JobRecords>();
    const blocks = Math.ceil(count / blockRecords);
    let given = 0;
    let taken = 0;
    const workers = Array.from(
      { length: Math.min(jobs, Math.max(1, blocks)) },
      () => new Worker(__filename, { workerData: { analyzeJob: request } }),
    );
    const idle: Worker[] = [];
    const finish = (error?: Error): void => {
      for (const worker of workers) void worker.terminate();
      if (error) reject(error);
      else resolve();
    };
    const give = (): void => {
      while (idle.length > 0 && given < blocks && given - taken < jobs * 8) {
        const block: Block = { number: given, from: given * blockRecords, to: Math.min(count, (given + 1) * blockRecords) };
        idle.pop()?.postMessage(block);
        given += 1;
      }
    };
    const receive = (answer: Answer): void => {
      waiting.set(answer.block, answer);
      for (let next = waiting.get(taken); next; next = waiting.get(taken)) {
        waiting.delete(taken);
        take(next);
        taken += 1;
      }
      if (taken === blocks) finish();
      else give();
    };
    for (const worker of workers) {
      worker.on("error", finish);
      worker.on("message", (message: Answer | "ready") => {
        if (message !== "ready") {
          idle.push(worker);
          return receive(message);
        }
        for (let i = 0; i < blocksAhead; i++) idle.push(worker);
        give();
      });
    }
    if (blocks === 0) finish();
  });
}

/** Runs this thread as a job when it was started as one; false on the main thread. */
export function runAsJob(): boolean {
  const request = jobRequest();
  if (isMainThread || !parentPort || !request) return false;
  void serve(request, parentPort);
  return true;
}

async function serve(request: AnalyzeRequest, port: MessagePort): Promise<void> {
  const opened = await openTraces(request.path, request);
  if (!opened.ok) throw new Error(opened.error.message);
  port.on("message", (block: Block) => {
    const result = analyzeRecords(opened.value, block.from, block.to, request);
    const lines = new TextEncoder().encode(result.lines);
    const answer: Answer = { ...result, block: block.number, lines };
    port.postMessage(answer, [lines.buffer]);
  });
  port.postMessage("ready");
}

function jobRequest(): AnalyzeRequest | undefined {
  const data: unknown = workerData;
  if (typeof data !== "object" || data === null || !("analyzeJob" in data)) return undefined;
  const job = data.analyzeJob;
  if (typeof job !== "object" || job === null || !("path" in job) || typeof job.path !== "string") return undefined;
  const withText = "withText" in job && job.withText === true;
  const offsets = "offsets" in job && job.offsets === "codepoint" ? "codepoint" : "utf16";
  const map = "map" in job && typeof job.map === "string" ? { map: job.map } : {};
  const join = "join" in job && typeof job.join === "string" ? { join: job.join } : {};
  return { path: job.path, withText, offsets, ...map, ...join };
}
