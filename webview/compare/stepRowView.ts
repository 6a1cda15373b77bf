/** A row of aligned steps: one beside one, one beside several, or one beside a gap. */
import { html, nothing, type TemplateResult } from "lit";
import type { Analysis } from "../../src/core/analysis";
import { indicesOf, type StepRow } from "../../src/core/compare/traceDiff";
import { count } from "../format";
import { renderStepText, renderWaiting, type TextMark } from "../text/renderText";
import { answerText } from "../trace/answers";
import { stepCandidates } from "../trace/context";
import { fill } from "../trace/fill";
import { flagsOf } from "../trace/rows";
import { functionLooks } from "../words";
import type { Aligned, CompareRow } from "./compareRows";
import { candidateNote, gapWords, type SideName, sideLetters } from "./compareWords";
import { chips, type RowsContext, rowId, selectedClass, selectedWord, voidCell } from "./rowParts";
import { spine } from "./spine";

type StepsRow = Extract<CompareRow, { kind: "step" }>;

/** Draws a row of steps. */
export function stepView(context: RowsContext, row: StepsRow, position: number): TemplateResult {
  const step = context.aligned.diff.steps[row.stepRow];
  if (!step) return html``;
  return html`<div class="cr${selectedClass(context, row.key)} ${context.side}${context.matching ? " choosing" : ""}" role="row" id=${rowId(row.key)} aria-rowindex=${position} aria-selected=${selectedWord(context, row.key)} data-key=${row.key} data-row=${row.stepRow}>
    ${stepSide(context, row, step, "teacher")}${spine(context, step, row.stepRow)}${stepSide(context, row, step, "student")}</div>`;
}

function stepSide(context: RowsContext, row: StepsRow, pair: StepRow, side: SideName): TemplateResult {
  const indices = indicesOf(pair, side);
  const [only] = indices;
  if (only === undefined) return voidCell(row.gapTokens > 0 ? gapWords(side === "teacher" ? "student" : "teacher", row.gapTokens) : "");
  if (indices.length === 1) return stepCell(context, row.stepRow, pair, side, only, "gridcell");
  return html`<div class="cells" role="gridcell">${indices.map((index) => stepCell(context, row.stepRow, pair, side, index, "group"))}</div>`;
}

function stepCell(
  context: RowsContext,
  stepRow: number,
  pair: StepRow,
  side: SideName,
  index: number,
  role: "gridcell" | "group",
): TemplateResult {
  const analysis = context.aligned[side];
  const step = analysis.steps[index];
  if (!step) return html``;
  const look = functionLooks[step.function];
  const marks = marksOf(context, stepRow, pair, side, index).filter(({ start, end }) => start < step.end && end > step.start);
  const key = `${step.start}-${step.end}${context.raw}${marks.map((mark) => `${mark.start}-${mark.end}${mark.className}`).join()}`;
  const flags = flagsOf(analysis, "step", index);
  const name = `${look.label}, confidence ${step.confidence.toFixed(2)}${flags.map(({ flag }) => `; ${flag.evidence.words}`).join("")}`;
  const text = context.pair[side].trace.text.slice(step.start, step.end);
  return html`<div class="cell ${look.className.split(" ")[0] ?? ""}${step.redundant ? " red" : ""}" role=${role} data-side=${sideLetters[side]}>
    <div class="g" title=${name}><span class="n">${count(index + 1)}</span><span class="l">${look.label}</span><span class="k">${count(step.tokens)}</span><span class="b"></span></div>
    <div class="x"><div class="tt" ${fill(
      key,
      (element) => renderStepText(element, text, { raw: context.raw, marks, baseOffset: step.start }),
      (element) => renderWaiting(element, text, step.start),
    )}></div>${context.raw ? nothing : answers(analysis, index)}${
      flags.length > 0 ? html`<div class="chips">${chips(context, side, "step", index)}</div>` : nothing
    }${placeNote(context.aligned, pair, side)}</div></div>`;
}

function marksOf(context: RowsContext, stepRow: number, pair: StepRow, side: SideName, index: number): TextMark[] {
  const words = side === "teacher" ? pair.teacherWords : pair.studentWords;
  const className = side === "teacher" ? "del" : "ins";
  return [
    ...(words ?? []).map(({ start, end }) => ({ start, end, className })),
    ...stepCandidates(context.aligned[side], index).map(({ start, end }) => ({ start, end, className: "cand" })),
    ...context
      .found(stepRow)
      .filter((found) => found.side === side)
      .map(({ start, end, current }) => ({ start, end, className: current ? "find-hit current" : "find-hit" })),
  ];
}

/** Where the student's step of a moved row really stands. */
function placeNote({ student }: Aligned, pair: StepRow, side: SideName): TemplateResult | typeof nothing {
  if (side === "teacher" || pair.kind !== "moved" || pair.student === undefined) return nothing;
  const unit = student.steps[pair.student]?.unit ?? 0;
  const where = pair.student === 0 ? "first" : `after step ${count(pair.student)}`;
  return html`<div class="ansl"><b>moved</b>in the student it stands in unit ${count(unit + 1)}, ${where}</div>`;
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
