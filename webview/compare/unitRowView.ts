/** The header of matched units, or of a unit that faces a gap. */
import { html, nothing, type TemplateResult } from "lit";
import type { Analysis } from "../../src/core/analysis";
import { indicesOf, type UnitRow } from "../../src/core/compare/traceDiff";
import { count, stepRange } from "../format";
import { miniStrip } from "../strip/marks";
import { unitAnswer } from "../trace/answers";
import { roleLabels } from "../words";
import { type CompareRow, loneSide } from "./compareRows";
import { loneUnitWords, matchedWords, range, type SideName, sideLetters } from "./compareWords";
import { chevron, chips, type RowsContext, rowId, selectedClass, selectedWord, voidCell, widestMini } from "./rowParts";
import { movedSign, runWord } from "./spine";

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
  if (pair?.kind === "moved") return movedSign();
  return pair ? runWord(pair) : nothing;
}

function unitSide(context: RowsContext, row: UnitsRow, side: SideName): TemplateResult {
  const pair = context.aligned.diff.units[row.unitRow];
  const analysis = context.aligned[side];
  const indices = indicesOf(pair, side);
  const units = indices.flatMap((index) => analysis.units[index] ?? []);
  const [first, last] = [units[0], units.at(-1)];
  if (!first || !last) {
    const other = loneSide(pair) ?? (side === "teacher" ? "student" : "teacher");
    const alone = pair?.[other] ?? -1;
    return voidCell(loneUnitWords(context.aligned, alone, other, context.aligned[other].units[alone]?.tokens ?? 0));
  }
  const note =
    row.folded && loneSide(pair) === undefined ? ` · ${matchedWords(context.aligned, range(first.firstStep, last.endStep), side)}` : "";
  const tokens = units.reduce((sum, unit) => sum + unit.tokens, 0);
  const width = Math.min(widestMini, Math.max(6, tokens * pixelsPerToken));
  const name = unitsName(indices);
  const roles = [...new Set(units.map((unit) => roleLabels[unit.role]))].join(", ");
  return html`<div class="h1${units.every((unit) => unit.redundant) ? " red" : ""}" role="gridcell" data-side=${sideLetters[side]}>
    <div class="g">${row.foldable ? chevron(context, row.key, row.folded, `${name} of the ${side}, ${roles}`) : html`<span></span>`}<b role="heading" aria-level="3">${name}</b><span class="k">${count(tokens)}</span><u></u></div>
    <div class="x"><b>${roles}</b>${row.folded ? miniStrip(analysis, first.firstStep, last.endStep, width) : nothing}${indices.flatMap((index) => chips(context, side, "unit", index))}<span class="m">${stepRange(first.firstStep, last.endStep)}${note}</span>${unitEnd(analysis, indices)}</div></div>`;
}

/** "Unit 2" or "Units 2–3". */
function unitsName(indices: readonly number[]): string {
  const [first = 0] = indices;
  return indices.length === 1 ? `Unit ${count(first + 1)}` : `Units ${count(first + 1)}–${count(first + indices.length)}`;
}

/** The last answer that one of the units reaches. */
function unitEnd(analysis: Analysis, indices: readonly number[]): TemplateResult | typeof nothing {
  const answers = indices.map((index) => unitAnswer(analysis, index)).filter((answer) => answer !== nothing);
  const last = answers.at(-1);
  return last === undefined ? nothing : html`<span class="e">${last}</span>`;
}
