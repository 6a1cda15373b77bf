/** What a session needs of its surroundings, and what it tells them. */
import type { Analyst } from "../analyst";
import type { AnalyzeOptions } from "../analyze";
import type { RecordProvider } from "../container/recordProvider";
import type { Result } from "../result";
import type { ReadingOptions } from "../traceReader";
import type { FileInfo } from "./types";

/** A place for what is known of the session's own file, so that it is known at once when the file is opened again. */
export interface SessionCache {
  /** What was saved of the file as it is now. */
  load(): Uint8Array | undefined;
  /** `bytes`: the size of the file that the content is about. Never throws. */
  save(content: Uint8Array, bytes: number): void;
}

/** What a session needs of its surroundings. */
export interface SessionHost {
  /** Lets requests through; the session calls it between slices of work. */
  pause(): Promise<void>;
  /** Resolves after so many milliseconds. With it, background work waits until the first document is given. */
  readonly wait?: (ms: number) => Promise<void>;
  /** Asked for once, when something is to be analysed. */
  loadAnalyst(): Promise<Analyst>;
  /** Opens the file at a path, for comparisons. */
  openPeer(path: string): Result<RecordProvider> | Promise<Result<RecordProvider>>;
  /** Options of the analysis. */
  readonly analysis?: AnalyzeOptions;
  /** What the user says about the session's own file. */
  readonly reading?: ReadingOptions;
  readonly cache?: SessionCache;
}

/** What a session tells of its own accord, at most ten times a second. */
export interface SessionListener {
  progress(info: FileInfo): void;
  analysed(fromRecord: number, toRecord: number): void;
}
