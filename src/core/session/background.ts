import type { LateAnalyst } from "./lateAnalyst";
import { Ticker } from "./ticker";
import type { TraceFile } from "./traceFile";
import type { View } from "./view";

/** Bytes indexed between two looks at the clock. */
const indexBytes = 1 << 20;
/** Least time between two reports, in milliseconds. */
const reportMs = 100;
/** Background work waits this long for the first document to be asked for, so that it takes no time from what is shown first. */
const courtesyMs = 2000;
/** The same when it was switched off meanwhile. */
const resumeMs = 1000;
/** And this long after it was given, while it is painted. */
const paintMs = 150;

/** What background work works on. */
export interface BackgroundWork {
  pause(): Promise<void>;
  /** Resolves after so many milliseconds; without it, background work begins at once. */
  wait?(ms: number): Promise<void>;
  readonly analyst: LateAnalyst;
  /** The session's files; the list may grow. */
  readonly files: readonly TraceFile[];
  /** Views to bring forward, newest first. */
  views(): readonly View[];
  progress(): void;
  analysed(fromRecord: number, toRecord: number): void;
  /** There is nothing to do until the file grows or a request comes. */
  idle(): void;
}

/**
 * Indexing, then analysis from front to back, in slices of a few milliseconds with pauses between, so that requests are never kept waiting. Records
 * that a reader looks at come first, and go on even while background work is switched off.
 */
export class Background {
  readonly #work: BackgroundWork;
  /** Records that are waited for, by file and record. */
  readonly #preferred = new Map<string, { readonly file: TraceFile; readonly record: number }>();
  readonly #frontier = new WeakMap<TraceFile, { generation: number; record: number }>();
  /** Files whose bytes are waited for. */
  readonly #arriving = new Set<TraceFile>();
  /** The first document was not given yet. */
  #courteous: boolean;
  #running = true;
  #stopped = false;
  #held = 0;
  #wake: (() => void) | undefined;
  #awake = false;
  #changed = false;
  #reportedAt = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = -1;

  constructor(work: BackgroundWork) {
    this.#work = work;
    this.#courteous = work.wait !== undefined;
    this.#endCourtesyAfter(courtesyMs);
  }

  /** Starts the loop; it ends with {@link stop}. */
  start(): void {
    void this.#loop();
  }

  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  /** Once switched on again, it waits for a document as in the beginning: its file may just be opened again. */
  setRunning(running: boolean): void {
    if (running && !this.#running && this.#work.wait) {
      this.#courteous = true;
      this.#endCourtesyAfter(resumeMs);
    }
    this.#running = running;
    this.wake();
  }

  /** There may be something to do. */
  wake(): void {
    this.#awake = true;
    this.#wake?.();
  }

  /** The first document was given: background work begins soon. */
  endCourtesy(): void {
    this.#endCourtesyAfter(paintMs);
  }

  #endCourtesyAfter(ms: number): void {
    if (!this.#courteous) return;
    void this.#work.wait?.(ms).then(() => {
      this.#courteous = false;
      this.wake();
    });
  }

  /** Analyses a record before all others. */
  prefer(file: TraceFile, record: number): void {
    this.#preferred.set(`${file.file}:${record}`, { file, record });
    this.wake();
  }

  /** Keeps background work still while a longer request runs. */
  async hold<T>(request: () => Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      return await request();
    } finally {
      this.#held -= 1;
      this.wake();
    }
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      await this.#work.pause();
      if (this.#stopped) return;
      if (this.#held === 0 && this.#slice()) this.#report(false);
      else await this.#sleep();
    }
  }

  async #sleep(): Promise<void> {
    this.#report(true);
    this.#work.idle();
    if (!this.#awake) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    this.#awake = false;
  }

  /** Works for a few milliseconds. False when there is nothing to do. */
  #slice(): boolean {
    const ticker = new Ticker();
    let worked = false;
    while (!ticker.over()) {
      if (!this.#step(ticker)) return worked;
      worked = true;
      this.#changed = true;
    }
    return true;
  }

  #step(ticker: Ticker): boolean {
    if (this.#courteous) return false;
    if (this.#analysePreferred()) return true;
    if (!this.#running) return false;
    for (const file of this.#work.files) {
      if ((file.records.done && file.ready) || this.#isAwaited(file)) continue;
      file.indexMore(indexBytes);
      return true;
    }
    for (const view of this.#work.views()) if (view.advance(ticker.over)) return true;
    return this.#work.files.some((file) => this.#analyseNext(file));
  }

  /** True while nothing can be found in a file until more of it is unpacked; goes on by itself then. */
  #isAwaited(file: TraceFile): boolean {
    if (this.#arriving.has(file)) return true;
    const arrival = file.records.arrival();
    if (!arrival) return false;
    this.#arriving.add(file);
    void arrival.then(() => {
      this.#arriving.delete(file);
      this.#changed = true;
      this.wake();
    });
    return true;
  }

  #analysePreferred(): boolean {
    for (const [key, { file, record }] of this.#preferred) {
      if (this.#analystMissing()) return false;
      this.#preferred.delete(key);
      if (record >= file.records.count || file.isAnalysed(record)) continue;
      this.#analyse(file, record);
      return true;
    }
    return false;
  }

  /** Analyses the first record that is not analysed. */
  #analyseNext(file: TraceFile): boolean {
    if (!file.hasTraces) return false;
    const frontier = this.#frontier.get(file);
    let record = frontier?.generation === file.generation ? frontier.record : 0;
    while (record < file.records.count && file.isAnalysed(record)) record += 1;
    this.#frontier.set(file, { generation: file.generation, record });
    if (record >= file.records.count || this.#analystMissing()) return false;
    this.#analyse(file, record);
    return true;
  }

  /** Loads the analyst if need be; goes on by itself then. */
  #analystMissing(): boolean {
    const { analyst } = this.#work;
    if (analyst.loaded) return false;
    void analyst.load().then(
      () => this.wake(),
      () => undefined,
    );
    return true;
  }

  #analyse(file: TraceFile, record: number): void {
    file.analyseRecord(record);
    if (file.file !== 0) return;
    this.#from = Math.min(this.#from, record);
    this.#to = Math.max(this.#to, record);
  }

  #report(now: boolean): void {
    const time = Date.now();
    if (!this.#changed || (!now && time - this.#reportedAt < reportMs)) return;
    this.#changed = false;
    this.#reportedAt = time;
    this.#work.progress();
    if (this.#to >= 0) this.#work.analysed(this.#from, this.#to);
    this.#from = Number.POSITIVE_INFINITY;
    this.#to = -1;
  }
}
