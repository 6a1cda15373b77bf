/** The rows of the side-by-side column as templates. */
import { html, type TemplateResult } from "lit";
import { indicesOf } from "../../src/core/compare/traceDiff";
import { count } from "../format";
import { icons } from "../icons";
import { flagsOf } from "../trace/rows";
import type { Aligned, CompareRow } from "./compareRows";
import { divergenceWords, type SideName } from "./compareWords";
import { evidence } from "./evidence";
import { foldView, loneUnitsView } from "./foldRowView";
import { type RowsContext, rowId, sides } from "./rowParts";
import { movedSign } from "./spine";
import { stepView } from "./stepRowView";
import { unitsView } from "./unitRowView";

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
  return order.flatMap((side) =>
    indicesOf(pair, side).flatMap((index) => flagsOf(aligned[side], level, index).map(({ at }) => ({ side, at }))),
  );
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

function divergenceView(context: RowsContext, position: number): TemplateResult {
  return html`<div class="divm" role="row" id=${rowId("divergence")} aria-rowindex=${position} data-key="divergence"><div role="gridcell">${icons.gitCompare}<b>first divergence</b><span class="m">${divergenceWords(context.aligned)}</span></div></div>`;
}

function movedView(context: RowsContext, row: Extract<CompareRow, { kind: "moved-from" }>, position: number): TemplateResult {
  const step = context.aligned.diff.steps[row.stepRow];
  const words = `step ${count((step?.student ?? 0) + 1)} moved · beside teacher step ${count((step?.teacher ?? 0) + 1)}`;
  return html`<div class="cfold mvf" role="row" id=${rowId(row.key)} aria-rowindex=${position} data-key=${row.key} data-goto=${row.stepRow}><div role="gridcell"></div><div class="sp3" role="gridcell">${movedSign()}</div>
    <div role="gridcell" data-side="S"><button class="lnk" tabindex="-1">${words}</button></div></div>`;
}
