/**
 * One open file: one engine, shared by every tab that shows the file.
 *
 * The engine may die and be started again; a session outlives it, and opens the second files again in the same order so that file numbers hold.
 */
import type { Failure } from "../core/result";
import { type Engine, type EngineEvents, type FileInfo, isTraceDocument, type TraceDocument, type TraceRef } from "../protocol/engine";
import type { EngineOptions } from "../protocol/engineOptions";

/** A running engine. */
export interface RunningEngine {
  readonly engine: Engine;
  /** The same requests, rejected with code "aborted" when the signal aborts. */
  withSignal(signal: AbortSignal): Engine;
  dispose(): void;
}

/** Starts an engine on a path. `died` is called at most once, and never after `dispose`. */
export type StartEngine = (path: string, options: EngineOptions, events: EngineEvents, died: (failure: Failure) => void) => RunningEngine;

/** What tabs and commands may hear of a session. */
export interface SessionListener extends EngineEvents {
  /** The engine died and was started again, the file is gone; undefined when all is well again. */
  problem(message: string | undefined): void;
}

/** Engines that die this often within {@link crashWindowMs} are not started again. */
const crashLimit = 3;
const crashWindowMs = 60_000;
const keptDocuments = 8;

/** An open file. */
export class Session {
  private running: RunningEngine;
  private readonly listeners = new Set<SessionListener>();
  private readonly peers = new Map<string, number>();
  private readonly documents = new Map<string, Promise<TraceDocument | undefined>>();
  private readonly endings: (() => void)[] = [];
  private crashes: number[] = [];
  private gone = false;
  private startedWith = "";
  /** What a view that is opened now must be told: the file is gone, or its reader is not started again. */
  standingProblem: string | undefined;
  /** The newest info the engine sent, if any. */
  lastInfo: FileInfo | undefined;

  constructor(
    /** URI of the file, as a string. */
    readonly uri: string,
    /** Path that the engine reads. */
    readonly path: string,
    private readonly start: StartEngine,
    /** What an engine that is started now would be told. */
    private readonly options: () => EngineOptions = () => ({}),
    private readonly now: () => number = Date.now,
  ) {
    this.running = this.startEngine();
  }

  /** The engine that runs now, for requests that may fail when it is replaced. */
  get engine(): Engine {
    return this.running.engine;
  }

  /** Asks the engine; asks its successor once when the engine is replaced meanwhile. Rejects with code "aborted" when the signal aborts. */
  async ask<T>(request: (engine: Engine) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const asked = this.running;
    const engineOf = (running: RunningEngine) => (signal ? running.withSignal(signal) : running.engine);
    try {
      return await request(engineOf(asked));
    } catch (thrown) {
      if (asked === this.running || signal?.aborted) throw thrown;
      return request(engineOf(this.running));
    }
  }

  /** Registers a listener; gives the function that removes it. */
  listen(listener: SessionListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Asks the engine for the file's state; it notices growth. */
  async info(): Promise<FileInfo> {
    this.lastInfo = await this.ask((engine) => engine.info());
    return this.lastInfo;
  }

  /** Opens a second file. The same path gives the same number. */
  async openPeer(path: string): Promise<Awaited<ReturnType<Engine["openPeer"]>>> {
    const opened = await this.ask((engine) => engine.openPeer(path));
    this.peers.set(path, opened.file);
    return opened;
  }

  /** Path of a file of this session: 0 is its own, others were opened with {@link openPeer}; undefined for an unknown number. */
  pathOf(file: number): string | undefined {
    if (file === 0) return this.path;
    for (const [path, number] of this.peers) if (number === file) return path;
    return undefined;
  }

  /** A trace with its analysis, kept for the last few asked for; undefined for a record that is no trace. */
  traceDocument(ref: TraceRef): Promise<TraceDocument | undefined> {
    const key = `${ref.file}/${ref.record}/${ref.rollout}`;
    const known = this.documents.get(key);
    if (known) return known;
    const fetched = this.ask((engine) => engine.document(ref)).then((document) => (isTraceDocument(document) ? document : undefined));
    this.documents.set(key, fetched);
    fetched.catch(() => this.documents.delete(key));
    for (const old of [...this.documents.keys()].slice(0, -keptDocuments)) this.documents.delete(old);
    return fetched;
  }

  /** Starts over on a file that was replaced, not merely extended. */
  restart(): void {
    this.running.dispose();
    this.gone = false;
    this.standingProblem = undefined;
    this.running = this.startEngine();
    void this.reopenPeers();
    this.tell(undefined);
    void this.announce();
  }

  /** The settings may have changed: starts over when they ask for another analysis or another reading of the file. */
  checkOptions(): void {
    if (JSON.stringify(this.options()) !== this.startedWith && !this.gone) this.restart();
  }

  /** The file is gone from disk, or is there again. */
  setGone(gone: boolean, name: string): void {
    if (gone === this.gone) return;
    this.gone = gone;
    if (!gone) {
      this.restart();
      return;
    }
    this.standingProblem = `${name} was deleted or moved. What was read of it stays visible until the tab is closed.`;
    this.tell(this.standingProblem);
  }

  /** Runs `action` when the session ends. */
  onDispose(action: () => void): void {
    this.endings.push(action);
  }

  /** Stops the engine. */
  dispose(): void {
    for (const action of this.endings.splice(0)) action();
    this.listeners.clear();
    this.running.dispose();
  }

  private startEngine(): RunningEngine {
    this.documents.clear();
    const events: EngineEvents = {
      progress: (info) => {
        this.lastInfo = info;
        for (const listener of this.listeners) listener.progress(info);
      },
      analysed: (from, to) => {
        for (const listener of this.listeners) listener.analysed(from, to);
      },
    };
    const options = this.options();
    this.startedWith = JSON.stringify(options);
    return this.start(this.path, options, events, (failure) => this.died(failure));
  }

  private died(failure: Failure): void {
    const since = this.now() - crashWindowMs;
    this.crashes = [...this.crashes.filter((at) => at > since), this.now()];
    if (this.crashes.length >= crashLimit) {
      this.standingProblem = `The reader of ${this.path} stopped ${crashLimit} times and was not started again: ${failure.message}. Open the file as text.`;
      this.tell(this.standingProblem);
      return;
    }
    this.running = this.startEngine();
    void this.reopenPeers();
    this.tell(`The reader of ${this.path} stopped and was started again: ${failure.message}.`);
    void this.announce();
  }

  private async reopenPeers(): Promise<void> {
    for (const path of this.peers.keys()) await this.engine.openPeer(path).catch(() => undefined);
  }

  /** Sends every listener the file's state, so that views built on the old engine are built again. */
  private async announce(): Promise<void> {
    const info = await this.info().catch(() => undefined);
    if (info) for (const listener of this.listeners) listener.progress(info);
  }

  private tell(message: string | undefined): void {
    for (const listener of this.listeners) listener.problem(message);
  }
}
