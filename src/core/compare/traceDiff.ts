/**
 * What a comparison of two traces says, as plain data. Indices are 0-based steps and units of the two analyses; spans are offsets in the
 * two texts.
 */
import type { Span } from "../trace";

/**
 * `moved`: matched, but out of order. `split`: what is one step (or unit) of the teacher is two or more of the student; `merged`: the reverse. Steps that
 * are split stand in one row; a unit that is split has a row beside each of its partners.
 */
export const matchKinds = ["same", "changed", "split", "merged", "moved", "teacher-only", "student-only"] as const;
export type MatchKind = (typeof matchKinds)[number];

/** The steps of a row, or its units: from `teacher` up to `teacherEnd`, one where there is no end, none where there is neither. */
export interface RowSides {
  readonly teacher?: number;
  readonly student?: number;
  /** Only of a `merged` row: the one after the teacher's last. */
  readonly teacherEnd?: number;
  /** Only of a `split` row: the one after the student's last. */
  readonly studentEnd?: number;
}

/** Indices of one side's steps or units in a row, ascending. */
export function indicesOf(row: RowSides | undefined, side: "teacher" | "student"): readonly number[] {
  const first = row?.[side];
  if (first === undefined) return [];
  const end = (side === "teacher" ? row?.teacherEnd : row?.studentEnd) ?? first + 1;
  return end === first + 1 ? [first] : Array.from({ length: end - first }, (_, at) => first + at);
}

/** A row of aligned units, in reading order. Either side is absent where the other stands alone. */
export interface UnitRow extends RowSides {
  readonly kind: MatchKind;
  /** 0 to 1; 0 for a unit without partner. */
  readonly similarity: number;
  /** The side whose unit began in an earlier row and goes on here, beside another unit of the other side. */
  readonly continues?: "teacher" | "student";
}

/** A row of aligned steps inside a row of units: all its steps are of those units, but for the student's step of a moved row. */
export interface StepRow extends RowSides {
  readonly kind: MatchKind;
  /** 0 to 1; 0 for a step without partner. */
  readonly similarity: number;
  /** Index of the unit row that holds it. A moved step stands where its teacher step is. */
  readonly unitRow: number;
  /**
   * Words only in the teacher's steps and only in the student's, when at least 35 % of the words align in order; else, where the two state different final
   * answers, those answers.
   */
  readonly teacherWords?: readonly Span[];
  readonly studentWords?: readonly Span[];
}

/** The first place after the first match where results differ or three or more steps in a row have no match. */
export interface Divergence {
  /** Index of the step row: the one whose results differ, or the first without a match. */
  readonly stepRow: number;
  /** Each side's first step from there on; absent where a side has none left. */
  readonly teacherStep?: number;
  readonly studentStep?: number;
  /** Shares of the two traces' tokens before it, 0 to 1. */
  readonly teacherShare: number;
  readonly studentShare: number;
  /** In plain words: "11 teacher steps (1,185 tokens) without a match". */
  readonly reason: string;
}

/** Two traces aligned. Every step of both sides stands in exactly one row, every unit in exactly one that does not continue it. */
export interface TraceDiff {
  readonly units: readonly UnitRow[];
  readonly steps: readonly StepRow[];
  readonly divergence?: Divergence;
  readonly totals: {
    readonly teacherTokens: number;
    readonly studentTokens: number;
    /** student / teacher. */
    readonly ratio: number;
    /** Units and steps of each side that have a partner. */
    readonly unitsMatched: readonly [number, number];
    readonly stepsMatched: readonly [number, number];
    /** What stands only on one side. */
    readonly teacherOnly: { readonly units: number; readonly steps: number; readonly tokens: number };
    readonly studentOnly: { readonly units: number; readonly steps: number; readonly tokens: number };
  };
  readonly answers: {
    readonly teacher?: string;
    readonly student?: string;
    readonly reference?: string;
    /** Undefined when one side has no answer. */
    readonly agree?: boolean;
    readonly teacherCorrect?: boolean;
    readonly studentCorrect?: boolean;
  };
}

/** Least similarity of two steps that are matched by their words: less alike ones close their traces, or were matched by hand. */
export const leastByWords = 0.3;
