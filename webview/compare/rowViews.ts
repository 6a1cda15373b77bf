/** The rows of the side-by-side column as templates. */
import { html, nothing, type TemplateResult } from "lit";
import type { Analysis } from "../../src/core/analysis";
import type { StepRow } from "../../src/core/compare/traceDiff";
import type { Span } from "../../src/core/trace";
import type { Comparison } from "../../src/protocol/engine";
import { count, stepRange } from "../format";
import { icons } from "../icons";
import { miniStrip } from "../strip/marks";
import { renderStepText, type TextMark } from "../text/renderText";
import { answerText, unitAnswer } from "../trace/answers";
import { stepCandidates } from "../trace/context";
import { fill } from "../trace/fill";
import { flagsOf } from "../trace/rows";
import { functionLooks, roleLabels, ruleLooks } from "../words";
import { type Aligned, type CompareRow, loneSide } from "./compareRows";
import {
  candidateNote,
  divergenceWords,
  foldWords,
  gapWords,
  loneUnitsWords,
  loneUnitWords,
  matchedWords,
  type SideName,
  sideLetters,
} from "./compareWords";
import { evidence } from "./evidence";
import { movedSign, spine } from "./spine";

/** Everything a row is drawn from. */
export interface RowsContext {
  readonly pair: Comparison;
  readonly aligned: Aligned;
  /** Step rows of each unit row. */
  readonly groups: readonly (readonly number[])[];
  readonly raw: boolean;
  readonly selected: string | undefined;
  readonly side: SideName;
  /** Flag whose evidence is open, as `${side}${index}`. */
  readonly openFlag: string | undefined;
  /** The step that waits for its partner. */
  readonly matching: { readonly side: SideName; readonly step: number } | undefined;
  /** Matches of the find field in a step row. */
  found(stepRow: number): readonly FoundMark[];
  isPinned(teacher: number | undefined, student: number | undefined): boolean;
  toggle(key: string): void;
  toggleFlag(key: string): void;
  /** Breaks the match of a step row, or begins or ends the setting of one. */
  correct(stepRow: number): void;
}

/** A match of the find field; offsets in the side's text. */
export interface FoundMark extends Span {
  readonly side: SideName;
  readonly current: boolean;
}

const sides: readonly SideName[] = ["teacher", "student"];
const pixelsPerToken = 0.19;
const widestMini = 280;

/** Draws one row and, below it, the evidence that is open. `position` is its 1-based position for assistive technology. */
export function rowView(context: RowsContext, row: CompareRow, position: number): TemplateResult {
  const open = openEvidence(context, row);
  return open ? html`${rowOnly(context, row, position)}${open}` : rowOnly(context, row, position);
}

/** Flags that a row shows, the active side's first. */
export function rowFlags(aligned: Aligned, row: CompareRow, active: SideName): readonly { readonly side: SideName; readonly at: number }[] {
  if (row.kind !== "units" && row.kind !== "step") return [];
  const level = row.kind === "units" ? "unit" : "step";
  const pair = row.kind === "units" ? aligned.diff.units[row.unitRow] : aligned.diff.steps[row.stepRow];
  const order = active === "teacher" ? sides : [...sides].reverse();
  return order.flatMap((side) => {
    const index = pair?.[side];
    return index === undefined ? [] : flagsOf(aligned[side], level, index).map(({ at }) => ({ side, at }));
  });
}

function openEvidence(context: RowsContext, row: CompareRow): TemplateResult | undefined {
  if (context.openFlag === undefined) return undefined;
  const open = rowFlags(context.aligned, row, context.side).find(({ side, at }) => context.openFlag === `${side}${at}`);
  const flag = open && context.aligned[open.side].flags[open.at];
  return flag && evidence(context.pair[open.side], open.side, flag, () => context.toggleFlag(`${open.side}${open.at}`));
}

function rowOnly(context: RowsContext, row: CompareRow, position: number): TemplateResult {
  if (row.kind === "units") return unitsView(context, row, position);
  if (row.kind === "lone-units") return loneUnitsView(context, row, position);
  if (row.kind === "fold") return foldView(context, row, position);
  if (row.kind === "step") return stepView(context, row, position);
  if (row.kind === "divergence") return divergenceView(context, position);
  return movedView(context, row, position);
}

const rowId = (key: string): string => `rti-c-${key}`;

function selectedClass(context: RowsContext, key: string): string {
  return context.selected === key ? " sel" : "";
}

const selectedWord = (context: RowsContext, key: string): "true" | "false" => (context.selected === key ? "true" : "false");

function chevron(context: RowsContext, key: string, folded: boolean, name: string): TemplateResult {
  return html`<button class="fo" tabindex="-1" aria-expanded=${!folded} aria-label=${name} @click=${(event: Event) => {
    event.stopPropagation();
    context.toggle(key);
  }}>${folded ? icons.chevronRight : icons.chevronDown}</button>`;
}

/* Units */

function unitsView(context: RowsContext, row: Extract<CompareRow, { kind: "units" }>, position: number): TemplateResult {
  const pair = context.aligned.diff.units[row.unitRow];
  const lone = loneSide(pair);
  const sign = lone === "teacher" ? html`<b>−</b>` : lone === "student" ? html`<b>+</b>` : pair?.kind === "moved" ? movedSign() : nothing;
  return html`<div class="cuh${row.folded ? " fd" : ""}${selectedClass(context, row.key)}" role="row" id=${rowId(row.key)} aria-rowindex=${position} aria-selected=${selectedWord(context, row.key)} data-key=${row.key} data-unit-row=${row.unitRow}>
    ${unitSide(context, row, "teacher")}<div class="spn" role="gridcell">${sign}</div>${unitSide(context, row, "student")}</div>`;
}

function unitSide(context: RowsContext, row: Extract<CompareRow, { kind: "units" }>, side: SideName): TemplateResult {
  const pair = context.aligned.diff.units[row.unitRow];
  const index = pair?.[side];
  const analysis = context.aligned[side];
  const unit = index === undefined ? undefined : analysis.units[index];
  if (index === undefined || !unit) {
    const other = loneSide(pair) ?? (side === "teacher" ? "student" : "teacher");
    const alone = pair?.[other] ?? -1;
    return voidCell(loneUnitWords(context.aligned, alone, other, context.aligned[other].units[alone]?.tokens ?? 0));
  }
  const steps = context.groups[row.unitRow] ?? [];
  const lone = loneSide(pair) !== undefined;
  const note = row.folded && !lone ? ` · ${matchedWords(context.aligned, steps, side)}` : "";
  const width = Math.min(widestMini, Math.max(6, unit.tokens * pixelsPerToken));
  return html`<div class="h1${unit.redundant ? " red" : ""}" role="gridcell" data-side=${sideLetters[side]}>
    <div class="g">${row.foldable ? chevron(context, row.key, row.folded, `Unit ${index + 1} of the ${side}, ${roleLabels[unit.role]}`) : html`<span></span>`}<b role="heading" aria-level="3">Unit ${count(index + 1)}</b><span class="k">${count(unit.tokens)}</span><u></u></div>
    <div class="x"><b>${roleLabels[unit.role]}</b>${row.folded ? miniStrip(analysis, unit.firstStep, unit.endStep, width) : nothing}${unitChips(context, side, index)}<span class="m">${stepRange(unit.firstStep, unit.endStep)}${note}</span>${unitEnd(analysis, index)}</div></div>`;
}

function unitChips(context: RowsContext, side: SideName, unit: number): TemplateResult[] {
  return flagsOf(context.aligned[side], "unit", unit).map(({ flag, at }) =>
    chip(context, side, at, ruleLooks[flag.rule].title, flag.evidence),
  );
}

function chip(
  context: RowsContext,
  side: SideName,
  at: number,
  title: string,
  evidence: { readonly words: string; readonly detail: string },
): TemplateResult {
  const flag = context.aligned[side].flags[at];
  const key = `${side}${at}`;
  return html`<button class="chip" tabindex="-1" aria-expanded=${context.openFlag === key} title="${title}: ${evidence.detail}" @click=${(
    event: Event,
  ) => {
    event.stopPropagation();
    context.toggleFlag(key);
  }}>${flag ? icons[ruleLooks[flag.rule].icon] : nothing}${evidence.words}</button>`;
}

function unitEnd(analysis: Analysis, unit: number): TemplateResult | typeof nothing {
  const answer = unitAnswer(analysis, unit);
  return answer === nothing ? nothing : html`<span class="e">${answer}</span>`;
}

const voidCell = (words: string): TemplateResult =>
  html`<div class="void" role="gridcell">${words === "" ? nothing : html`<span>${words}</span>`}</div>`;

/* Folds */

function loneUnitsView(context: RowsContext, row: Extract<CompareRow, { kind: "lone-units" }>, position: number): TemplateResult {
  const { aligned } = context;
  const side = loneSide(aligned.diff.units[row.firstUnitRow]) ?? "teacher";
  const units = aligned.diff.units.slice(row.firstUnitRow, row.endUnitRow).flatMap((pair) => aligned[side].units[pair[side] ?? -1] ?? []);
  const first = units[0]?.firstStep ?? 0;
  const end = units.at(-1)?.endStep ?? first;
  const tokens = units.reduce((sum, unit) => sum + unit.tokens, 0);
  const words = loneUnitsWords(aligned, row.firstUnitRow, row.endUnitRow, side);
  return foldRow(context, row.key, position, "cfold one u2", side, {
    words,
    mini: miniStrip(aligned[side], first, end, Math.min(widestMini, tokens * 0.16)),
    gap: gapWords(side, tokens),
  });
}

interface FoldSide {
  readonly words: string;
  readonly mini: TemplateResult;
  readonly gap: string;
}

/** A folded run that stands on one side, with the gap on the other. */
function foldRow(context: RowsContext, key: string, position: number, classes: string, side: SideName, own: FoldSide): TemplateResult {
  const shown = html`<div role="gridcell" data-side=${sideLetters[side]}>${chevron(context, key, true, own.words)}<b>${own.words}</b>${own.mini}</div>`;
  const gap = voidCell(own.gap);
  return html`<div class="${classes} ${side}${selectedClass(context, key)}" role="row" id=${rowId(key)} aria-rowindex=${position} aria-selected=${selectedWord(context, key)} data-key=${key}>
    ${side === "teacher" ? shown : gap}<div class="sp3" role="gridcell"><b>${side === "teacher" ? "−" : "+"}</b></div>${side === "teacher" ? gap : shown}</div>`;
}

function foldView(context: RowsContext, row: Extract<CompareRow, { kind: "fold" }>, position: number): TemplateResult {
  const { aligned } = context;
  const first = aligned.diff.steps[row.stepRows[0] ?? -1];
  const lone = row.lone ? loneSide(first) : undefined;
  if (lone) {
    const side = foldSide(context, row, lone);
    const tokens = row.stepRows.reduce(
      (sum, index) => sum + (aligned[lone].steps[aligned.diff.steps[index]?.[lone] ?? -1]?.tokens ?? 0),
      0,
    );
    return foldRow(context, row.key, position, "cfold one", lone, { ...side, gap: gapWords(lone, tokens) });
  }
  return html`<div class="cfold${selectedClass(context, row.key)}" role="row" id=${rowId(row.key)} aria-rowindex=${position} aria-selected=${selectedWord(context, row.key)} data-key=${row.key}>
    ${sides.map((side, index) => {
      const own = foldSide(context, row, side);
      const cell = html`<div role="gridcell" data-side=${sideLetters[side]}>${
        own.words === "" ? nothing : html`${chevron(context, row.key, true, own.words)}<b>${own.words}</b>${own.mini}`
      }</div>`;
      return index === 0 ? html`${cell}<div class="sp3" role="gridcell">${icons.unfold}</div>` : cell;
    })}</div>`;
}

function foldSide(context: RowsContext, row: Extract<CompareRow, { kind: "fold" }>, side: SideName): Omit<FoldSide, "gap"> {
  const { aligned } = context;
  const words = foldWords(aligned, row.stepRows, side) ?? "";
  const steps = row.stepRows.flatMap((index) => aligned.diff.steps[index]?.[side] ?? []);
  const first = Math.min(...steps);
  const end = Math.max(...steps) + 1;
  const tokens = steps.reduce((sum, step) => sum + (aligned[side].steps[step]?.tokens ?? 0), 0);
  return { words, mini: words === "" ? html`` : miniStrip(aligned[side], first, end, Math.min(widestMini, Math.max(6, tokens * 0.21))) };
}

/* Steps */

function stepView(context: RowsContext, row: Extract<CompareRow, { kind: "step" }>, position: number): TemplateResult {
  const step = context.aligned.diff.steps[row.stepRow];
  if (!step) return html``;
  return html`<div class="cr${selectedClass(context, row.key)} ${context.side}${context.matching ? " choosing" : ""}" role="row" id=${rowId(row.key)} aria-rowindex=${position} aria-selected=${selectedWord(context, row.key)} data-key=${row.key} data-row=${row.stepRow}>
    ${stepCell(context, row, step, "teacher")}${spine(context, step, row.stepRow)}${stepCell(context, row, step, "student")}</div>`;
}

function stepCell(context: RowsContext, row: Extract<CompareRow, { kind: "step" }>, pair: StepRow, side: SideName): TemplateResult {
  const index = pair[side];
  const analysis = context.aligned[side];
  const step = index === undefined ? undefined : analysis.steps[index];
  if (index === undefined || !step) {
    const other = side === "teacher" ? "student" : "teacher";
    return voidCell(row.gapTokens > 0 ? gapWords(other, row.gapTokens) : "");
  }
  const look = functionLooks[step.function];
  const { text } = context.pair[side].trace;
  const marks = [
    ...marksOf(analysis, index, side === "teacher" ? pair.teacherWords : pair.studentWords, side),
    ...context
      .found(row.stepRow)
      .filter((found) => found.side === side)
      .map(({ start, end, current }) => ({ start, end, className: current ? "find-hit current" : "find-hit" })),
  ];
  const key = `${step.start}-${step.end}${context.raw}${marks.map((mark) => `${mark.start}-${mark.end}${mark.className}`).join()}`;
  const flags = flagsOf(analysis, "step", index);
  const name = `${look.label}, confidence ${step.confidence.toFixed(2)}${flags.map(({ flag }) => `; ${flag.evidence.words}`).join("")}`;
  return html`<div class="cell ${look.className.split(" ")[0] ?? ""}${step.redundant ? " red" : ""}" role="gridcell" data-side=${sideLetters[side]}>
    <div class="g" title=${name}><span class="n">${count(index + 1)}</span><span class="l">${look.label}</span><span class="k">${count(step.tokens)}</span><span class="b"></span></div>
    <div class="x"><div class="tt" ${fill(key, (element) =>
      renderStepText(element, text.slice(step.start, step.end), { raw: context.raw, marks, baseOffset: step.start }),
    )}></div>${context.raw ? nothing : answers(analysis, index)}${
      flags.length > 0
        ? html`<div class="chips">${flags.map(({ flag, at }) => chip(context, side, at, ruleLooks[flag.rule].title, flag.evidence))}</div>`
        : nothing
    }${placeNote(context.aligned, pair, side)}</div></div>`;
}

/** Where a step really stands that is shown elsewhere: moved, or of another unit than the one its partner is in. */
function placeNote({ student, diff }: Aligned, pair: StepRow, side: SideName): TemplateResult | typeof nothing {
  if (side === "teacher" || pair.student === undefined || pair.teacher === undefined) return nothing;
  const unit = student.steps[pair.student]?.unit ?? 0;
  const elsewhere = diff.units[pair.unitRow]?.student !== unit;
  if (pair.kind !== "moved" && !elsewhere) return nothing;
  const where = pair.student === 0 ? "first" : `after step ${count(pair.student)}`;
  const place = elsewhere ? `in unit ${count(unit + 1)}, ${where}` : where;
  return html`<div class="ansl"><b>${pair.kind === "moved" ? "moved" : "other unit"}</b>in the student it stands ${place}</div>`;
}

function marksOf(analysis: Analysis, index: number, words: readonly Span[] | undefined, side: SideName): TextMark[] {
  const className = side === "teacher" ? "del" : "ins";
  const changed = (words ?? []).map(({ start, end }) => ({ start, end, className }));
  const candidates = stepCandidates(analysis, index).map(({ start, end }) => ({ start, end, className: "cand" }));
  return [...changed, ...candidates];
}

/** Answers stated in a step, last of each kind. */
function answers(analysis: Analysis, step: number): TemplateResult[] {
  const here = stepCandidates(analysis, step);
  const shown = here.filter((candidate, index) => !here.slice(index + 1).some((later) => later.equalsFinal === candidate.equalsFinal));
  return shown.map(
    (candidate) =>
      html`<div class="ansl"><span class=${candidate.equalsFinal ? "tri2" : "dia2"}></span><b>${answerText(candidate.answer)}</b>${candidateNote(analysis, candidate)}</div>`,
  );
}

/* Lines */

function divergenceView(context: RowsContext, position: number): TemplateResult {
  return html`<div class="divm" role="row" id=${rowId("divergence")} aria-rowindex=${position} data-key="divergence"><div role="gridcell">${icons.gitCompare}<b>first divergence</b><span class="m">${divergenceWords(context.aligned)}</span></div></div>`;
}

function movedView(context: RowsContext, row: Extract<CompareRow, { kind: "moved-from" }>, position: number): TemplateResult {
  const step = context.aligned.diff.steps[row.stepRow];
  const words = `step ${count((step?.student ?? 0) + 1)} moved · beside teacher step ${count((step?.teacher ?? 0) + 1)}`;
  return html`<div class="cfold mvf" role="row" id=${rowId(row.key)} aria-rowindex=${position} data-key=${row.key} data-goto=${row.stepRow}><div role="gridcell"></div><div class="sp3" role="gridcell">${movedSign()}</div>
    <div role="gridcell" data-side="S"><button class="lnk" tabindex="-1">${words}</button></div></div>`;
}
