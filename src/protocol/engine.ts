/**
 * The engine's interface: what an editor, a webview or the command line may ask of an open file. One engine per file, in a worker.
 *
 * Every request ends in a value or an error. All types are plain data that structured clone can carry.
 */
import type { Pins } from "../core/compare/matchSteps";
import type { OpenPage } from "../core/export/pairHtml";
import type {
  Comparison,
  Completion,
  FileInfo,
  PairLines,
  PairPage,
  PairRequest,
  PairSummary,
  PlainDocument,
  Row,
  TraceDocument,
  TraceRef,
  ViewInfo,
  ViewRequest,
} from "../core/session/types";

export type { Pins } from "../core/compare/matchSteps";
export type { PairedMeasure } from "../core/compare/paired";
export type {
  Comparison,
  Completion,
  FileInfo,
  FileProblem,
  JoinKey,
  LoneTrace,
  ModelInfo,
  PairLines,
  PairPage,
  PairRequest,
  PairRow,
  PairSummary,
  PlainDocument,
  Row,
  Side,
  Sort,
  SortKey,
  TraceDocument,
  TraceRef,
  ViewInfo,
  ViewRequest,
} from "../core/session/types";
export { isTraceDocument, sortKeys } from "../core/session/types";

/** Requests. All asynchronous; a stale request may be aborted by its caller and then rejects with code "aborted". */
export interface Engine {
  info(): Promise<FileInfo>;
  view(request: ViewRequest): Promise<ViewInfo>;
  /** Current state of a view, after background work. Code "no-view" when the id is unknown. */
  viewInfo(id: number): Promise<ViewInfo>;
  /** Rows `[start, start + count)`, count at most 500. */
  rows(view: number, start: number, count: number): Promise<readonly Row[]>;
  /** Position of a trace in a view, or −1. */
  locate(view: number, record: number, rollout: number): Promise<number>;
  /** The trace with its analysis, or the plain record. `limit`: code units of text to analyse at most; 2,000,000 unless told. */
  document(ref: TraceRef, limit?: number): Promise<TraceDocument | PlainDocument>;
  /** The record's own text, cut at `maxBytes`. */
  recordText(ref: TraceRef, maxBytes: number): Promise<{ readonly text: string; readonly truncated: boolean }>;
  /** Opens a second file to compare with. */
  openPeer(path: string): Promise<{ readonly file: number; readonly info: FileInfo }>;
  pairs(request: PairRequest): Promise<PairPage>;
  /** What all pairs that match say together; cheap enough to ask again while background work goes on. */
  pairSummary(request: PairRequest): Promise<PairSummary>;
  /** Aligned pairs as lines of JSON, from `start` on, as many as a few hundred milliseconds allow. */
  pairLines(request: PairRequest, start: number): Promise<PairLines>;
  /** Aligns two traces. `pins`: step pairs that a person set or broke; the rest aligns around them. */
  compare(teacher: TraceRef, student: TraceRef, pins?: Pins): Promise<Comparison>;
  /** The two texts as a unified diff. */
  pairPatch(teacher: TraceRef, student: TraceRef): Promise<string>;
  /** The aligned pair as a page for a browser, its texts apart: the view renders them. */
  pairPage(teacher: TraceRef, student: TraceRef, pins?: Pins): Promise<OpenPage>;
  complete(query: string, cursor: number, view: number): Promise<readonly Completion[]>;
  /** Stops background indexing and analysis, or lets it go on. */
  setBackground(running: boolean): Promise<void>;
}

/** Events from the engine, at most ten a second. */
export interface EngineEvents {
  /** Indexing or background analysis went on. */
  progress(info: FileInfo): void;
  /** A row's columns were filled: views may redraw rows of these records. */
  analysed(fromRecord: number, toRecord: number): void;
}
