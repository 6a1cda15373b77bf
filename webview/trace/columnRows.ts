/** The rows of the open trace as the reading column has them: built anew when the trace, its analysis or its folds change. */
import type { Analysis } from "../../src/core/analysis";
import type { Model } from "../state/model";
import { stepTokenStarts } from "../strip/layout";
import { estimateRow } from "./rowEstimate";
import { buildRows, type ReadRow } from "./rows";

/** What a new build brought. */
export type Built = "same" | "rows" | "trace";

/** Rows with their keys and estimated heights. */
export class ColumnRows {
  rows: readonly ReadRow[] = [];
  /** Tokens before each step, and of all steps at the end. */
  starts: Float64Array = new Float64Array(1);
  private inputs: readonly unknown[] = [];
  private keys: readonly string[] = [];
  /** 0 while unknown: asked for again and again while rows are measured. */
  private estimates = new Float32Array(0);

  constructor(private readonly model: () => Model) {}

  /** Builds the rows where they changed, and tells whether they did, and whether they are another trace's. */
  build(): Built {
    const { analysis, trace, folds, peek } = this.model();
    const inputs: readonly unknown[] = [analysis, trace, folds, peek];
    if (this.inputs.length > 0 && inputs.every((input, index) => input === this.inputs[index])) return "same";
    const [before, shown] = this.inputs;
    if (analysis && analysis !== before) this.starts = stepTokenStarts(analysis);
    this.inputs = inputs;
    this.rows = analysis && trace ? buildRows(trace.trace, analysis, folds, peek) : [];
    const prefix = trace ? `${trace.ref.file}/${trace.ref.record}/${trace.ref.rollout}/` : "";
    this.keys = this.rows.map((row) => prefix + row.key);
    this.estimates = new Float32Array(this.rows.length);
    return trace === shown ? "rows" : "trace";
  }

  /** A key of its own for each row of any trace. */
  keyOf(index: number): string | number {
    return this.keys[index] ?? index;
  }

  /** Height a row will have, in pixels, as far as its text tells. */
  estimate(index: number): number {
    const known = this.estimates[index] ?? 0;
    if (known > 0) return known;
    const estimate = estimateRow(this.rows[index], this.model().trace?.trace);
    this.estimates[index] = estimate;
    return estimate;
  }

  /** The step that a token of the trace lies in, and which part of it stands before the token. */
  stepAtToken(analysis: Analysis, token: number): { readonly step: number; readonly part: number } {
    const found = analysis.steps.findIndex((_, index) => (this.starts[index + 1] ?? 0) > token);
    const step = found < 0 ? analysis.steps.length - 1 : found;
    const tokens = analysis.steps[step]?.tokens ?? 0;
    const part = tokens > 0 ? (token - (this.starts[step] ?? 0)) / tokens : 0;
    return { step, part: Math.min(1, Math.max(0, part)) };
  }
}
