/** Folding ranges and outline entries of a trace's text, as plain data in lines and columns. */
import type { Analysis } from "../core/analysis";
import type { Span } from "../core/trace";
import { flagsOfUnit, oneLine, stepTitle, unitFacts, unitTitle } from "./labels";
import { lineStarts, type Place, placeOf } from "./lines";

/** A range in lines and columns, end exclusive. */
export interface PlaceRange {
  readonly start: Place;
  readonly end: Place;
}

/** A unit or step in the outline. */
export interface OutlineEntry {
  readonly name: string;
  readonly detail: string;
  readonly level: "unit" | "step";
  readonly range: PlaceRange;
  readonly children: readonly OutlineEntry[];
}

/** Units with their steps beneath. */
export function outlineOf(text: string, analysis: Analysis): readonly OutlineEntry[] {
  const starts = lineStarts(text);
  const range = (span: Span): PlaceRange => ({ start: placeOf(starts, span.start), end: placeOf(starts, span.end) });
  return analysis.units.map((unit, index) => ({
    name: unitTitle(unit, index),
    detail: [
      unitFacts(unit),
      ...flagsOfUnit(analysis, index)
        .filter((flag) => flag.level === "unit")
        .map((flag) => flag.evidence.words),
    ].join(" · "),
    level: "unit",
    range: range(unit),
    children: analysis.steps.slice(unit.firstStep, unit.endStep).map((step, at) => ({
      name: stepTitle(step, unit.firstStep + at),
      detail: oneLine(text.slice(step.start, Math.min(step.end, step.start + 400)), 80),
      level: "step",
      range: range(step),
      children: [],
    })),
  }));
}

/** First and last line of each unit that covers more than one line. A unit that starts inside a line folds from the next one. */
export function foldsOf(text: string, analysis: Analysis): readonly { readonly start: number; readonly end: number }[] {
  const starts = lineStarts(text);
  return analysis.units.flatMap((unit) => {
    const first = firstText(text, unit);
    const start = placeOf(starts, first).line;
    const end = placeOf(starts, lastText(text, unit)).line;
    return end > start ? [{ start, end }] : [];
  });
}

/** Offset of the span's first character that is not white space. */
function firstText(text: string, span: Span): number {
  let at = span.start;
  while (at < span.end - 1 && /\s/.test(text[at] ?? "")) at++;
  return at;
}

/** Offset of the span's last character that is not white space. */
function lastText(text: string, span: Span): number {
  let at = span.end - 1;
  while (at > span.start && /\s/.test(text[at] ?? "")) at--;
  return Math.max(at, span.start);
}
