/** What a session tells of an open file: plain data that structured clone can carry. */
import type { Analysis } from "../analysis";
import type { DiffMeaning } from "../compare/measures";
import type { PairedMeasure, Transition } from "../compare/paired";
import type { TraceDiff } from "../compare/traceDiff";
import type { Container } from "../container/recordProvider";
import type { Trace } from "../trace";

/** A trace of an open file. `file` 0 is the engine's own file, others were opened with {@link Engine.openPeer}. */
export interface TraceRef {
  readonly file: number;
  readonly record: number;
  readonly rollout: number;
}

/** A problem of the file itself, such as a line that is not JSON. */
export interface FileProblem {
  /** 0-based record. */
  readonly record: number;
  /** 1-based line. */
  readonly line: number;
  /** Records of this file are known by their number, as items of a list, not by their lines. */
  readonly numbered?: true;
  /** Byte offset of the record's first byte in the file. */
  readonly byteOffset: number;
  /** 1-based column in the line, UTF-16 code units, where the parser stopped; absent when unknown. */
  readonly column?: number;
  readonly message: string;
  /** In a folder read as one file: the name of the file that `line` and `byteOffset` are about. */
  readonly part?: string;
}

/** What is known of a file. Counts are "so far" until `indexed` is true. */
export interface FileInfo {
  readonly name: string;
  readonly bytes: number;
  readonly bytesIndexed: number;
  readonly indexed: boolean;
  /** How records are laid out: one per line, elements of an array, entries of an object, one after another, the whole file, rows, files of a folder. */
  readonly container: Container;
  /** How the file is packed, such as "gzip"; `bytes` and `bytesIndexed` are then of the packed file, offsets of the unpacked content. */
  readonly packing?: string;
  /** What a reader must know about the file as a whole: it is cut off, it is in another encoding. One sentence each. */
  readonly notices?: readonly string[];
  readonly importer: string;
  readonly importerTitle: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly records: number;
  /** Traces known so far; a record may hold several. */
  readonly traces: number;
  /** False when the sample holds no reasoning traces: the file is shown as plain records or handed back to the text editor. */
  readonly hasTraces: boolean;
  readonly malformed: number;
  /** First problems, at most 100. */
  readonly problems: readonly FileProblem[];
  /** Records whose traces are analysed so far. */
  readonly analysed: number;
  readonly models: readonly ModelInfo[];
  readonly tokenCounter: string;
}

/** A model or variant and how many traces it has so far. */
export interface ModelInfo {
  readonly name: string;
  readonly traces: number;
}

/**
 * Sort order of the list; `file` is the file's own order. `suspect` puts what is most likely bad at one end: first traces with an integrity flag (no end of
 * thought, cut off, answers that differ…), then wrong answers, within each by the share of redundant units.
 */
export const sortKeys = ["file", "verdict", "id", "question", "model", "tokens", "units", "after", "flags", "suspect"] as const;
export type SortKey = (typeof sortKeys)[number];
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** A filtered and sorted list. */
export interface ViewRequest {
  /** Query text; empty for all. */
  readonly query: string;
  readonly matchCase: boolean;
  /** Free text in the query is a regular expression. */
  readonly regex: boolean;
  readonly sort: Sort;
}

/** State of a view. `id` names it in later requests; ids die with the next view of the same owner beyond the last four. */
export interface ViewInfo {
  readonly id: number;
  /** Rows that match so far. */
  readonly rows: number;
  /** Rows there are in all so far. */
  readonly total: number;
  /** False while background work may still add or move rows. */
  readonly complete: boolean;
  /** Query errors, with offsets in the query text. */
  readonly errors: readonly { readonly start: number; readonly end: number; readonly message: string }[];
  /** When nothing matches: each condition, and how many rows match without it. */
  readonly without: readonly { readonly condition: string; readonly rows: number }[];
}

/** One row of the record list. Fields that background work has not reached are absent. */
export interface Row {
  /** Position in the view. */
  readonly row: number;
  readonly record: number;
  readonly rollout: number;
  /** `plain`: a record without reasoning. */
  readonly kind: "trace" | "malformed" | "plain";
  readonly line: number;
  readonly id: string;
  /** First 200 code units of the question, white space folded. */
  readonly question: string;
  readonly model?: string;
  readonly verdict?: Analysis["verdict"];
  readonly tokens?: number;
  readonly units?: number;
  readonly steps?: number;
  /** Share of tokens after the first answer, 0 to 1. */
  readonly after?: number;
  /** Counts of flags: restate, repeat, reverify, loop, integrity rules. */
  readonly flags?: readonly [number, number, number, number, number];
  /** For a malformed record. */
  readonly error?: string;
}

/** A trace with its analysis, ready to show. */
export interface TraceDocument {
  readonly ref: TraceRef;
  readonly line: number;
  /** Records of this file are known by their number, as items of a list, not by their lines. */
  readonly numbered?: true;
  /** Byte range of the record in the file. */
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly trace: Trace;
  readonly analysis: Analysis;
  /** Rollouts in this record. */
  readonly rollouts: number;
  /** Other traces known so far with the same question: models and rollouts, at most 64. */
  readonly siblings: readonly {
    readonly ref: TraceRef;
    readonly model?: string;
    readonly verdict?: Analysis["verdict"];
    readonly tokens?: number;
  }[];
  /** Code units of the text that were left out of the analysis because the record is very large; 0 normally. */
  readonly notAnalysed: number;
}

/** A record that is no trace: shown as a tree of its fields, or as broken text. */
export interface PlainDocument {
  readonly ref: TraceRef;
  readonly line: number;
  /** Records of this file are known by their number, as items of a list, not by their lines. */
  readonly numbered?: true;
  readonly byteStart: number;
  readonly byteEnd: number;
  /** The record's text, cut at 1 MB. */
  readonly text: string;
  readonly truncated: boolean;
  readonly problem?: FileProblem;
  /** Start of the lines before and after a malformed line, at most 200 code units each. */
  readonly around?: { readonly before?: string; readonly after?: string };
}

/** What joins the traces of two sides: their ids, questions, places in the file, or a field of the record, such as `field:uid`. */
export type JoinKey = "id" | "question" | "index" | `field:${string}`;

/** How traces are paired. Join order when `key` is "auto": id, else question text, else index. */
export interface PairRequest {
  readonly teacher: Side;
  readonly student: Side;
  readonly key: "auto" | JoinKey;
  readonly query: string;
  /** Pairs `[start, start + count)` of those that match; the first 1,000 unless told, 1,000 at most. */
  readonly start?: number;
  readonly count?: number;
  /** Traces to analyse before all others, such as those on screen. */
  readonly first?: readonly TraceRef[];
  /** Align pairs for a while, as far as they are not: to sort by what only an alignment tells. A query for `divergence` implies it. */
  readonly align?: boolean;
}

/** One side of a comparison: a model (or variant) of a file, or the k-th rollout of each record. */
export interface Side {
  readonly file: number;
  readonly model?: string;
  readonly rollout?: number;
}

/** A teacher–student pair in the list. Figures are absent until analysed. */
export interface PairRow {
  readonly teacher: TraceRef;
  readonly student: TraceRef;
  readonly id: string;
  readonly question: string;
  readonly teacherVerdict?: Analysis["verdict"];
  readonly studentVerdict?: Analysis["verdict"];
  readonly teacherTokens?: number;
  readonly studentTokens?: number;
  /** Tokens estimated from the text's length, as long as the trace is not analysed. */
  readonly teacherEstimate?: number;
  readonly studentEstimate?: number;
  readonly teacherUnits?: number;
  readonly studentUnits?: number;
  /** Do the two final answers agree? */
  readonly agree?: boolean;
  /** Share of the teacher's tokens before the first divergence, 0 to 1; 1 when the two never part. Absent until the pair is aligned. */
  readonly divergence?: number;
}

/** A trace that has no partner. */
export interface LoneTrace {
  readonly ref: TraceRef;
  readonly id: string;
  /** 1-based. */
  readonly line: number;
}

/** The pairs of two sides. */
export interface PairPage {
  readonly pairs: readonly PairRow[];
  /** Pairs that match the query so far, and in all. */
  readonly matching: number;
  readonly total: number;
  readonly unpairedTeacher: number;
  readonly unpairedStudent: number;
  /** The first traces of each side that did not join, 200 at most. */
  readonly alone: { readonly teacher: readonly LoneTrace[]; readonly student: readonly LoneTrace[] };
  readonly key: JoinKey;
  /** Fields of both sides' records that traces may be joined by. */
  readonly fields: readonly string[];
  /** True when all records of both sides are read: no more pairs will join. */
  readonly joined: boolean;
  /** Pairs that were aligned so far, for their divergence. */
  readonly aligned: number;
  /** False while background work, or alignment that was asked for, may still change the list. */
  readonly complete: boolean;
}

/** What all pairs of two sides say together, over the pairs whose traces are both analysed. */
export interface PairSummary {
  /** Pairs that match the query so far, and those of them that are analysed on both sides. */
  readonly matching: number;
  readonly analysed: number;
  /** Absent while no pair is analysed. Shares are 0 to 1. */
  readonly tokens?: PairedMeasure;
  readonly units?: PairedMeasure;
  /** Share of the tokens in verifying steps. */
  readonly verify?: PairedMeasure;
  /** Pairs by correctness of teacher → student. */
  readonly transitions: Readonly<Record<Transition, number>>;
  /** Two-sided exact p of McNemar's test on the discordant pairs; absent when no pair has two verdicts. */
  readonly mcnemar?: number;
  /** Pairs with two final answers, and those of them that agree. */
  readonly answered: number;
  readonly agreeing: number;
  readonly complete: boolean;
}

/** Pairs as lines of JSON, one a pair with its alignment. */
export interface PairLines {
  readonly lines: readonly string[];
  /** `start` of the next request; absent when these were the last. */
  readonly next?: number;
  readonly total: number;
}

/** Two traces side by side. */
export interface Comparison {
  readonly teacher: TraceDocument;
  readonly student: TraceDocument;
  readonly diff: TraceDiff;
  readonly meaning: DiffMeaning;
}

/** A completion for the query field. */
export interface Completion {
  /** Text to insert in place of `[start, end)` of the query. */
  readonly insert: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly detail: string;
  /** What the current result holds: "5 to 21", "11 of 71". */
  readonly holds: string;
  /** Counts in equal bins over the current result, for numbers. */
  readonly histogram?: { readonly min: number; readonly max: number; readonly median: number; readonly bins: readonly number[] };
  readonly example: string;
}

/** True for a document that holds a trace. */
export const isTraceDocument = (document: TraceDocument | PlainDocument): document is TraceDocument => "trace" in document;
