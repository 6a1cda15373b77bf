/** Rows that stand for several: units of one side in a row, and runs of steps. */
import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../icons";
import { miniStrip } from "../strip/marks";
import { type CompareRow, loneSide } from "./compareRows";
import { foldWords, gapWords, loneTokens, loneUnitsWords, type SideName, sideLetters, stepsIn, tokensOf } from "./compareWords";
import { chevron, type RowsContext, rowId, selectedClass, selectedWord, sides, voidCell, widestMini } from "./rowParts";

interface FoldSide {
  readonly words: string;
  readonly mini: TemplateResult;
}

/** Draws a run of units that stand on one side only. */
export function loneUnitsView(context: RowsContext, row: Extract<CompareRow, { kind: "lone-units" }>, position: number): TemplateResult {
  const { aligned } = context;
  const side = loneSide(aligned.diff.units[row.firstUnitRow]) ?? "teacher";
  const units = aligned.diff.units.slice(row.firstUnitRow, row.endUnitRow).flatMap((pair) => aligned[side].units[pair[side] ?? -1] ?? []);
  const first = units[0]?.firstStep ?? 0;
  const end = units.at(-1)?.endStep ?? first;
  const tokens = units.reduce((sum, unit) => sum + unit.tokens, 0);
  const alone = loneTokens(aligned, row.firstUnitRow, row.endUnitRow, side);
  const words = loneUnitsWords(aligned, row.firstUnitRow, row.endUnitRow, side);
  const mini = miniStrip(aligned[side], first, end, Math.min(widestMini, tokens * 0.16));
  return oneSided(context, row.key, position, "cfold one u2", side, { words, mini }, alone);
}

/** Draws a folded run of step rows. */
export function foldView(context: RowsContext, row: Extract<CompareRow, { kind: "fold" }>, position: number): TemplateResult {
  const { aligned } = context;
  const lone = row.lone ? loneSide(aligned.diff.steps[row.stepRows[0] ?? -1]) : undefined;
  if (lone)
    return oneSided(
      context,
      row.key,
      position,
      "cfold one",
      lone,
      foldSide(context, row.stepRows, lone),
      tokensOf(aligned, row.stepRows, lone),
    );
  return html`<div class="cfold${selectedClass(context, row.key)}" role="row" id=${rowId(row.key)} aria-rowindex=${position} aria-selected=${selectedWord(context, row.key)} data-key=${row.key}>
    ${sides.map((side, index) => {
      const own = foldSide(context, row.stepRows, side);
      const cell = html`<div role="gridcell" data-side=${sideLetters[side]}>${
        own.words === "" ? nothing : html`${chevron(context, row.key, true, own.words)}<b>${own.words}</b>${own.mini}`
      }</div>`;
      return index === 0 ? html`${cell}<div class="sp3" role="gridcell">${icons.unfold}</div>` : cell;
    })}</div>`;
}

/** A folded run that stands on one side, with the gap on the other. */
function oneSided(
  context: RowsContext,
  key: string,
  position: number,
  classes: string,
  side: SideName,
  own: FoldSide,
  tokens: number,
): TemplateResult {
  const shown = html`<div role="gridcell" data-side=${sideLetters[side]}>${chevron(context, key, true, own.words)}<b>${own.words}</b>${own.mini}</div>`;
  const gap = voidCell(gapWords(side, tokens));
  return html`<div class="${classes} ${side}${selectedClass(context, key)}" role="row" id=${rowId(key)} aria-rowindex=${position} aria-selected=${selectedWord(context, key)} data-key=${key}>
    ${side === "teacher" ? shown : gap}<div class="sp3" role="gridcell"><b>${side === "teacher" ? "−" : "+"}</b></div>${side === "teacher" ? gap : shown}</div>`;
}

function foldSide({ aligned }: RowsContext, stepRows: readonly number[], side: SideName): FoldSide {
  const words = foldWords(aligned, stepRows, side) ?? "";
  const steps = stepsIn(aligned, stepRows, side).flatMap((step) => aligned[side].steps[step] ?? []);
  const width = Math.min(widestMini, Math.max(6, tokensOf(aligned, stepRows, side) * 0.21));
  return { words, mini: steps.length > 0 ? miniStrip({ steps }, 0, steps.length, width) : html`` };
}
