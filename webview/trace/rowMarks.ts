/** What is marked in the text of a step. */
import { signalMarks } from "../signals/textMarks";
import type { TextMark } from "../text/renderText";
import { matchMarks, type RowContext, stepCandidates } from "./context";

/** Marks on the text of a step row: stated answers, the record's own numbers, matches of the find. */
export function marksOf(context: RowContext, row: { readonly step: number; readonly start: number; readonly end: number }): TextMark[] {
  const answers = stepCandidates(context.analysis, row.step)
    .filter((candidate) => candidate.end > row.start && candidate.start < row.end)
    .map(({ start, end }) => ({ start, end, className: "cand" }));
  return [...answers, ...signalMarks(context.signal, row.start, row.end), ...matchMarks(context, undefined, row.start, row.end)];
}

/** Changes whenever the marks do. */
export const marksKey = (marks: readonly TextMark[]): string =>
  marks.map(({ start, end, className }) => `${start}-${end}${className}`).join();
