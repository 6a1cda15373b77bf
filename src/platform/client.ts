import type { Failure } from "../core/result";
import type { Engine, EngineEvents, FileInfo } from "../protocol/engine";
import { connect, type Port } from "../protocol/rpc";

/** An engine that runs elsewhere. All requests reject with the failure's code once it is gone. */
export type EngineClient = Engine & {
  /** The same requests, rejected with code "aborted" when the signal aborts. */
  withSignal(signal: AbortSignal): Engine;
  /** Hears of indexing and analysis going on; gives the function that stops it. */
  onProgress(listener: (info: FileInfo) => void): () => void;
  /** Hears of rows whose columns were filled. */
  onAnalysed(listener: (fromRecord: number, toRecord: number) => void): () => void;
  /** Hears, once, that the engine ended by itself; never after {@link dispose}. */
  onExit(listener: (failure: Failure) => void): () => void;
  /** Ends the engine. Requests under way reject with code "disposed". */
  dispose(): void;
};

/** A worker's port, and how it ends. */
export interface WorkerPort extends Port {
  /** Called at most once, when the worker ends by itself. */
  onEnd(listener: (failure: Failure) => void): void;
  terminate(): void;
}

/** Connects to an engine over a worker's port. */
export function connectEngine(port: WorkerPort): EngineClient {
  const progress = new Set<(info: FileInfo) => void>();
  const analysed = new Set<(fromRecord: number, toRecord: number) => void>();
  const exit = new Set<(failure: Failure) => void>();
  const events: EngineEvents = {
    progress: (info) => {
      for (const listener of progress) listener(info);
    },
    analysed: (from, to) => {
      for (const listener of analysed) listener(from, to);
    },
  };
  const connection = connect<Engine, EngineEvents, object, EngineEvents>(port, { requests: {}, events });
  let over = false;
  port.onEnd((failure) => {
    if (over) return;
    over = true;
    connection.dispose(failure);
    for (const listener of exit) listener(failure);
  });
  return {
    ...bindRequests(connection.requests),
    withSignal: (signal) => bindRequests(connection.withSignal(signal)),
    onProgress: (listener) => subscribe(progress, listener),
    onAnalysed: (listener) => subscribe(analysed, listener),
    onExit: (listener) => subscribe(exit, listener),
    dispose: () => {
      if (over) return;
      over = true;
      connection.dispose();
      port.terminate();
    },
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The requests as properties of their own, which a spread copies. */
const bindRequests = (remote: Engine): Engine => ({
  info: () => remote.info(),
  view: (request) => remote.view(request),
  viewInfo: (id) => remote.viewInfo(id),
  rows: (view, start, count) => remote.rows(view, start, count),
  locate: (view, record, rollout) => remote.locate(view, record, rollout),
  document: (ref, limit) => remote.document(ref, limit),
  recordText: (ref, maxBytes) => remote.recordText(ref, maxBytes),
  openPeer: (path) => remote.openPeer(path),
  pairs: (request) => remote.pairs(request),
  pairSummary: (request) => remote.pairSummary(request),
  pairPatch: (teacher, student) => remote.pairPatch(teacher, student),
  pairPage: (teacher, student, pins) => remote.pairPage(teacher, student, pins),
  pairLines: (request, start) => remote.pairLines(request, start),
  compare: (teacher, student, pins) => remote.compare(teacher, student, pins),
  complete: (query, cursor, view) => remote.complete(query, cursor, view),
  setBackground: (running) => remote.setBackground(running),
});
