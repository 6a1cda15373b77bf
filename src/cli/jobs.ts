import { setFlagsFromString } from "node:v8";
import { isMainThread, type MessagePort, parentPort, Worker, workerData } from "node:worker_threads";
import type { TraceReader } from "../core/traceReader";
import { type FoundRecords, foundRecords } from "../platform/foundRecords";
import { type AnalyzedRecords, type AnalyzeRequest, analyzeRecords } from "./analyzeRecords";
import { openTraces } from "./files";

/** A block ends at so many bytes or records: small enough that jobs end together, large enough that messages cost nothing. */
const blockBytes = 1 << 18;
const blockRecords = 64;
/** Blocks that a job has before it, so that it never waits for the next one. */
const blocksAhead = 2;
/** Blocks a job that are under way or wait for their turn at most, so that memory does not grow with the file. */
const mostBlocks = 8;
/** Megabytes for what a job has just made. Most of it is gone when the record is done; V8's usual 48 are collected in the middle of long records. */
const youngMegabytes = 96;
/**
 * Work after which V8 optimises a function, six times its usual measure. Each job optimises everything for itself, beside the jobs and on the same
 * cores: a quarter of all processor time at the usual measure, much of it for code that is optimised again soon after.
 */
const optimiseAfter = 400_000;

/** Records `[from, to)`. */
interface Block {
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/** What a job is told: at first where the records are, if that can be told; then which ones to analyse. */
type Task = { readonly open: FoundRecords | undefined } | Block;

/** What a job answers. Its lines are bytes, which change hands without a copy. */
interface Answer extends JobRecords {
  readonly block: number;
}

/** As {@link AnalyzedRecords}; lines as UTF-8. */
export interface JobRecords extends Omit<AnalyzedRecords, "lines"> {
  readonly lines: Uint8Array;
}

/** Threads that analyse records. They start at once and load while the caller opens the file. */
export class Jobs {
  readonly #workers: readonly Worker[];

  constructor(count: number, request: AnalyzeRequest) {
    setFlagsFromString(`--interrupt-budget=${optimiseAfter}`);
    const options = { workerData: { analyzeJob: request }, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } };
    this.#workers = Array.from({ length: count }, () => new Worker(__filename, options));
  }

  /** Analyses all records of a file and hands the results on in file order. Rejects when a job dies. */
  analyze(file: TraceReader, take: (result: JobRecords) => void): Promise<void> {
    const { records } = file;
    return new Promise((resolve, reject) => {
      const waiting = new Map<number, JobRecords>();
      const idle = this.#workers.flatMap((worker) => Array.from({ length: blocksAhead }, () => worker));
      let from = 0;
      let given = 0;
      let taken = 0;
      const nextBlock = (): Block => {
        const first = from;
        for (let bytes = 0; from < records.count && bytes < blockBytes && from - first < blockRecords; from++) {
          const { start, end } = records.range(from);
          bytes += end - start;
        }
        return { number: given++, from: first, to: from };
      };
      const give = (): void => {
        while (from < records.count && given - taken < this.#workers.length * mostBlocks) {
          const worker = idle.shift();
          if (!worker) return;
          tell(worker, nextBlock());
        }
        if (from >= records.count && taken === given) resolve();
      };
      const receive = (answer: Answer): void => {
        waiting.set(answer.block, answer);
        for (let next = waiting.get(taken); next; next = waiting.get(taken)) {
          waiting.delete(taken);
          take(next);
          taken += 1;
        }
        give();
      };
      const open = foundRecords(records);
      for (const worker of this.#workers) {
        tell(worker, { open });
        worker.on("error", reject);
        worker.on("message", (answer: Answer) => {
          idle.push(worker);
          receive(answer);
        });
      }
      give();
    });
  }

  end(): void {
    for (const worker of this.#workers) void worker.terminate();
  }
}

const tell = (worker: Worker, task: Task): void => worker.postMessage(task);

/** Runs this thread as a job when it was started as one; false on the main thread. */
export function runAsJob(): boolean {
  const request = jobRequest();
  if (isMainThread || !parentPort || !request) return false;
  serve(request, parentPort);
  return true;
}

function serve(request: AnalyzeRequest, port: MessagePort): void {
  const opening = new Promise<FoundRecords | undefined>((resolve) => {
    port.on("message", (task: Task) => {
      if ("open" in task) resolve(task.open);
      else void file.then((opened) => answer(opened, task));
    });
  });
  const file = opening.then((found) => openJob(request, found));
  const answer = (opened: TraceReader, { number, from, to }: Block): void => {
    const result = analyzeRecords(opened, from, to, request);
    const lines = new TextEncoder().encode(result.lines);
    const reply: Answer = { ...result, block: number, lines };
    port.postMessage(reply, [lines.buffer]);
  };
}

async function openJob(request: AnalyzeRequest, found: FoundRecords | undefined): Promise<TraceReader> {
  const opened = await openTraces(request.path, request, found);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
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
