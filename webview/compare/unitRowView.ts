/** The header of matched units, or of a unit that faces a gap. */
import { html, nothing, type TemplateResult } from "lit";
import type { Analysis } from "../../src/core/analysis";
import type { UnitRow } from "../../src/core/compare/traceDiff";
import { count, stepRange } from "../format";
import { miniStrip } from "../strip/marks";
import { unitAnswer } from "../trace/answers";
import { roleLabels } from "../words";
import { type CompareRow, loneSide } from "./compareRows";
import { loneUnitWords, matchedWords, range, type SideName, sideLetters } from "./compareWords";
import { chevron, chips, type RowsContext, rowId, selectedClass, selectedWord, voidCell, widestMini } from "./rowParts";
import { movedSign } from "./spine";
import { type UnitPart, unitPart } from "./unitParts";

type UnitsRow = Extract<CompareRow, { kind: "units" }>;

const pixelsPerToken = 0.19;

/** Draws a row of units. */
export function unitsView(context: RowsContext, row: UnitsRow, position: number): TemplateResult {
  const pair = context.aligned.diff.units[row.unitRow];
  return html`<div class="cuh${row.folded ? " fd" : ""}${selectedClass(context, row.key)}" role="row" id=${rowId(row.key)} aria-rowindex=${position} aria-selected=${selectedWord(context, row.key)} data-key=${row.key} data-unit-row=${row.unitRow}>
    ${unitSide(context, row, "teacher")}<div class="spn" role="gridcell">${sign(pair)}</div>${unitSide(context, row, "student")}</div>`;
}

function sign(pair: UnitRow | undefined): TemplateResult | typeof nothing {
  const lone = loneSide(pair);
  if (lone) return html`<b>${lone === "teacher" ? "−" : "+"}</b>`;
  return pair?.kind === "moved" ? movedSign() : nothing;
}

function unitSide(context: RowsContext, row: UnitsRow, side: SideName): TemplateResult {
  const pair = context.aligned.diff.units[row.unitRow];
  const analysis = context.aligned[side];
  const index = pair?.[side];
  const unit = index === undefined ? undefined : analysis.units[index];
  const part = unitPart(context.aligned, row.unitRow, side);
  if (index === undefined || !unit || !part) {
    const other = loneSide(pair) ?? (side === "teacher" ? "student" : "teacher");
    return voidCell(loneUnitWords(context.aligned, pair?.[other] ?? -1, other));
  }
  const note = row.folded && loneSide(pair) === undefined ? ` · ${matchedWords(context.aligned, range(part.first, part.end), side)}` : "";
  const tokens = part.continues || part.goesOn ? tokensBetween(analysis, part) : unit.tokens;
  const width = Math.min(widestMini, Math.max(6, tokens * pixelsPerToken));
  const name = `Unit ${count(index + 1)}`;
  const role = `${roleLabels[unit.role]}${part.continues ? ", continued" : ""}`;
  return html`<div class="h1${unit.redundant ? " red" : ""}" role="gridcell" data-side=${sideLetters[side]}>
    <div class="g">${row.foldable ? chevron(context, row.key, row.folded, `${name} of the ${side}, ${role}`) : html`<span></span>`}<b role="heading" aria-level="3">${name}</b><span class="k">${count(tokens)}</span><u></u></div>
    <div class="x"><b>${roleLabels[unit.role]}</b>${part.continues ? html`<span class="m">continued</span>` : nothing}${row.folded ? miniStrip(analysis, part.first, part.end, width) : nothing}${part.continues ? nothing : chips(context, side, "unit", index)}<span class="m">${stepRange(part.first, part.end)}${note}${part.goesOn ? " · continued below" : ""}</span>${part.goesOn ? nothing : unitEnd(analysis, index)}</div></div>`;
}

const tokensBetween = ({ steps }: Analysis, { first, end }: UnitPart): number =>
  steps.slice(first, end).reduce((sum, step) => sum + step.tokens, 0);

/** The last answer that the unit reaches. */
function unitEnd(analysis: Analysis, unit: number): TemplateResult | typeof nothing {
  const answer = unitAnswer(analysis, unit);
  return answer === nothing ? nothing : html`<span class="e">${answer}</span>`;
}
