/** The reading column as a list of rows: pure, so that folding, finding and jumping can be tested without a page. */
import type { Analysis, Flag, RuleId, StepFunction } from "../../src/core/analysis";
import type { Notice, Trace } from "../../src/core/trace";

/** A text that stands beside the analysed text: shown in order, never left out. */
export type FieldName = "system" | "preamble" | "opening" | "closing" | "response" | "reference";

/** A row. `key` is stable while folds change. Offsets of `step` rows are in the trace's text, of `field` rows in that field. */
export type ReadRow =
  | { readonly kind: "unit"; readonly key: string; readonly unit: number; readonly folded: boolean }
  | {
      readonly kind: "step";
      readonly key: string;
      readonly step: number;
      readonly start: number;
      readonly end: number;
      /** A very long step is cut into several rows. */
      readonly first: boolean;
      readonly last: boolean;
    }
  | {
      readonly kind: "fold";
      readonly key: string;
      readonly firstStep: number;
      readonly endStep: number;
      readonly what: "redundant" | "loop" | "chosen";
    }
  | { readonly kind: "peek"; readonly key: string; readonly flag: number }
  | { readonly kind: "notice"; readonly key: string; readonly notice: Notice }
  | { readonly kind: "heading"; readonly key: string; readonly field: FieldName; readonly folded: boolean }
  | { readonly kind: "field"; readonly key: string; readonly field: FieldName; readonly start: number; readonly end: number };

/** What is folded. */
export interface Folds {
  readonly foldRedundant: boolean;
  /** Functions whose steps are folded. */
  readonly functions: ReadonlySet<StepFunction>;
  /** Rules whose flagged steps are folded. */
  readonly rules: ReadonlySet<RuleId>;
  /** Short steps that only steer are folded. */
  readonly trivial: boolean;
  /** Units that the reader folded. */
  readonly folded: ReadonlySet<number>;
  /** Redundant units that the reader opened while `foldRedundant` is on. */
  readonly opened: ReadonlySet<number>;
  /** First steps of folded runs that the reader opened. */
  readonly openedRuns: ReadonlySet<number>;
  /** Long fields that the reader opened or folded against their default. */
  readonly toggledFields: ReadonlySet<FieldName>;
}

/** Folds of a trace just opened. */
export const noFolds: Folds = {
  foldRedundant: false,
  functions: new Set(),
  rules: new Set(),
  trivial: false,
  folded: new Set(),
  opened: new Set(),
  openedRuns: new Set(),
  toggledFields: new Set(),
};

const pieceLength = 6000;
const loopRunSteps = 3;
/** A step that only steers is trivial up to this many tokens. */
const trivialTokens = 15;
const trivialFunctions: ReadonlySet<StepFunction> = new Set(["plan", "doubt", "switch"]);

/** True when a unit shows its header only. */
export const isUnitFolded = (analysis: Analysis, folds: Folds, unit: number): boolean =>
  folds.folded.has(unit) || (folds.foldRedundant && analysis.units[unit]?.redundant === true && !folds.opened.has(unit));

/** The folds after a unit was folded, or opened. */
export function withUnitToggled(analysis: Analysis, folds: Folds, unit: number): Pick<Folds, "folded" | "opened"> {
  const folded = new Set(folds.folded);
  const opened = new Set(folds.opened);
  const wasFolded = isUnitFolded(analysis, folds, unit);
  (wasFolded ? folded : opened).delete(unit);
  (wasFolded ? opened : folded).add(unit);
  return { folded, opened };
}

/** Text of a field row's field. */
export const fieldText = (trace: Trace, field: FieldName): string => trace[field] ?? "";

const foldedFields: ReadonlySet<FieldName> = new Set(["system", "reference"]);

/** True when a field shows its heading only; system prompt and reference start folded. */
export const isFieldFolded = (folds: Folds, field: FieldName): boolean => foldedFields.has(field) !== folds.toggledFields.has(field);

/** All rows of a trace. `peek` is the index of the flag whose evidence is open. */
export function buildRows(trace: Trace, analysis: Analysis, folds: Folds, peek?: number): ReadRow[] {
  const rows: ReadRow[] = [];
  const late = (notice: Notice): boolean => notice.kind === "unclosed" || notice.kind === "truncated";
  const notices = trace.notices.map((notice, index) => ({ kind: "notice", key: `n${index}`, notice }) as const);
  rows.push(...notices.filter(({ notice }) => !late(notice)));
  addField(rows, trace, folds, "system", true);
  addField(rows, trace, folds, "preamble", true);
  addField(rows, trace, folds, "opening", false);
  const runs = foldedRuns(analysis, folds);
  analysis.units.forEach((unit, index) => {
    const folded = isUnitFolded(analysis, folds, index);
    rows.push({ kind: "unit", key: `u${index}`, unit: index, folded });
    addPeek(rows, analysis, "unit", index, peek);
    if (!folded) addSteps(rows, trace, analysis, unit, runs, peek);
  });
  rows.push(...notices.filter(({ notice }) => late(notice)));
  addField(rows, trace, folds, "closing", false);
  addField(rows, trace, folds, "response", true);
  if (trace.reference !== undefined && trace.reference.length > 40) addField(rows, trace, folds, "reference", true);
  return rows;
}

function addField(rows: ReadRow[], trace: Trace, folds: Folds, field: FieldName, heading: boolean): void {
  const text = fieldText(trace, field);
  if (text.trim() === "" && (heading || text === "")) return;
  const folded = heading && isFieldFolded(folds, field);
  if (heading) rows.push({ kind: "heading", key: `h-${field}`, field, folded });
  if (folded) return;
  for (const [start, end] of pieces(text, 0, text.length)) rows.push({ kind: "field", key: `f-${field}-${start}`, field, start, end });
}

function addPeek(rows: ReadRow[], analysis: Analysis, level: "step" | "unit", index: number, peek: number | undefined): void {
  if (peek === undefined) return;
  const flag = analysis.flags[peek];
  if (flag && flag.level === level && flag.index === index) rows.push({ kind: "peek", key: `p${peek}`, flag: peek });
}

function addSteps(
  rows: ReadRow[],
  trace: Trace,
  analysis: Analysis,
  unit: { readonly firstStep: number; readonly endStep: number },
  runs: ReadonlyMap<number, Run>,
  peek: number | undefined,
): void {
  let index = unit.firstStep;
  while (index < unit.endStep) {
    const run = runs.get(index);
    if (run && run.endStep <= unit.endStep) {
      rows.push({ kind: "fold", key: `r${index}`, ...run });
      index = run.endStep;
      continue;
    }
    const step = analysis.steps[index];
    if (step) {
      const parts = pieces(trace.text, step.start, step.end);
      parts.forEach(([start, end], part) => {
        rows.push({ kind: "step", key: `s${index}-${part}`, step: index, start, end, first: part === 0, last: part === parts.length - 1 });
      });
      addPeek(rows, analysis, "step", index, peek);
    }
    index += 1;
  }
}

/** Cuts a very long text at blank lines, else at line breaks, else anywhere, so that one row never holds too much. The pieces tile it. */
function pieces(text: string, start: number, end: number): [number, number][] {
  const result: [number, number][] = [];
  let from = start;
  while (end - from > pieceLength * 1.5) {
    const limit = from + pieceLength;
    const blank = text.lastIndexOf("\n\n", limit);
    const line = text.lastIndexOf("\n", limit);
    const cut = blank > from + pieceLength / 2 ? blank + 2 : line > from + pieceLength / 2 ? line + 1 : safeCut(text, limit);
    result.push([from, cut]);
    from = cut;
  }
  result.push([from, end]);
  return result;
}

/** A cut that does not split a surrogate pair. */
const safeCut = (text: string, at: number): number => ((text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at + 1 : at);

interface Run {
  readonly firstStep: number;
  readonly endStep: number;
  readonly what: "redundant" | "loop" | "chosen";
}

/** Runs of steps that show as one row, by first step: the later rounds of a loop, and redundant steps while those are folded. */
export function foldedRuns(analysis: Analysis, folds: Folds): Map<number, Run> {
  const runs = new Map<number, Run>();
  const looping = loopSteps(analysis);
  let index = 0;
  while (index < analysis.steps.length) {
    const rounds = endOfRun(analysis, index, (step) => looping.has(step));
    const loop = rounds === analysis.steps.length && rounds > index ? rounds - 1 : rounds;
    const hidden = endOfRun(analysis, index, (step) => isStepFolded(analysis, folds, step));
    const [end, what] = hidden > index ? [hidden, hiddenKind(analysis, index, hidden)] : [loop, "loop" as const];
    const enough = what === "loop" ? end - index >= loopRunSteps : end > index;
    if (enough && !folds.openedRuns.has(index)) runs.set(index, { firstStep: index, endStep: end, what });
    index = Math.max(end, index + 1);
  }
  return runs;
}

/** True when what the reader chose to fold covers a step. */
export function isStepFolded(analysis: Analysis, folds: Folds, index: number): boolean {
  const step = analysis.steps[index];
  if (!step) return false;
  if ((folds.foldRedundant && step.redundant) || folds.functions.has(step.function)) return true;
  if (folds.trivial && isTrivial(analysis, index)) return true;
  return folds.rules.size > 0 && flagsOf(analysis, "step", index).some(({ flag }) => folds.rules.has(flag.rule));
}

/** A short step that only steers: a plan, a doubt or a switch of at most 15 tokens. */
export function isTrivial(analysis: Analysis, index: number): boolean {
  const step = analysis.steps[index];
  return step !== undefined && trivialFunctions.has(step.function) && step.tokens <= trivialTokens;
}

const hiddenKind = (analysis: Analysis, first: number, end: number): "redundant" | "chosen" =>
  analysis.steps.slice(first, end).every((step) => step.redundant) ? "redundant" : "chosen";

function endOfRun(analysis: Analysis, first: number, belongs: (step: number) => boolean): number {
  const unit = analysis.steps[first]?.unit;
  let end = first;
  while (end < analysis.steps.length && analysis.steps[end]?.unit === unit && belongs(end)) end += 1;
  return end;
}

/** Steps that repeat a loop for the third time or later. */
function loopSteps(analysis: Analysis): Set<number> {
  const marked = new Set<number>();
  for (const flag of analysis.flags) {
    if (flag.rule !== "loop") continue;
    const from = flag.start + 2 * (flag.evidence.period ?? 0);
    for (let index = firstStepAt(analysis, from); index < analysis.steps.length; index += 1) {
      const step = analysis.steps[index];
      if (!step || step.end > flag.end) break;
      if (step.start >= from) marked.add(index);
    }
  }
  return marked;
}

/** Index of the step that holds an offset: binary search, since steps tile the text. */
export function firstStepAt(analysis: Analysis, offset: number): number {
  let low = 0;
  let high = analysis.steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((analysis.steps[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, Math.max(0, analysis.steps.length - 1));
}

/** "re-verifies step 10 ×2, restates the problem": what the flags of a folded run say. */
export function runWords(analysis: Analysis, firstStep: number, endStep: number): string {
  const counts = new Map<string, number>();
  for (const flag of analysis.flags) {
    if (flag.level !== "step" || flag.index < firstStep || flag.index >= endStep) continue;
    const words = flag.evidence.words.split(" · ")[0] ?? flag.evidence.words;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const shown = [...counts].slice(0, 3).map(([words, times]) => (times > 1 ? `${words} ×${times}` : words));
  return counts.size > 3 ? `${shown.join(", ")} and ${counts.size - 3} more` : shown.join(", ");
}

/** Flags of a step or unit, redundancy first. */
export function flagsOf(analysis: Analysis, level: "step" | "unit", index: number): readonly PlacedFlag[] {
  let places = flagPlaces.get(analysis);
  if (!places) {
    places = new Map();
    for (const [at, flag] of analysis.flags.entries()) {
      const key = `${flag.level}${flag.index}`;
      places.set(key, [...(places.get(key) ?? []), { flag, at }]);
    }
    flagPlaces.set(analysis, places);
  }
  return places.get(`${level}${index}`) ?? [];
}

/** A flag and its index among the trace's flags. */
export interface PlacedFlag {
  readonly flag: Flag;
  readonly at: number;
}

const flagPlaces = new WeakMap<Analysis, Map<string, readonly PlacedFlag[]>>();

/** Row that shows a step: its own first row, or the fold or unit header that hides it; −1 when there is none. */
export function rowOfStep(rows: readonly ReadRow[], analysis: Analysis, step: number): number {
  const unit = analysis.steps[step]?.unit;
  return rows.findIndex(
    (row) =>
      (row.kind === "step" && row.step === step) ||
      (row.kind === "fold" && step >= row.firstStep && step < row.endStep) ||
      (row.kind === "unit" && row.folded && row.unit === unit),
  );
}
