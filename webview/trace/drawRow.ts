/** Draws a row of the reading column, by its kind. */
import type { TemplateResult } from "lit";
import type { RowContext } from "./context";
import { fieldHeading, fieldRow, foldRow, noticeRow } from "./otherRows";
import { peek } from "./peek";
import type { FieldName, ReadRow } from "./rows";
import { stepRow } from "./stepRow";
import { unitHeader } from "./unitHeader";

/** What a click on a row folds or opens. */
export interface Folding {
  toggleUnit(unit: number): void;
  /** Opens a run of folded steps, by its first. */
  openRun(firstStep: number): void;
  toggleField(field: FieldName): void;
}

/** The row; `stuck`: a unit's header that stays at the top while its steps scroll by. */
export function drawRow(context: RowContext, row: ReadRow, stuck: boolean, folding: Folding): TemplateResult {
  switch (row.kind) {
    case "unit":
      return unitHeader(context, row.unit, row.folded, stuck, () => folding.toggleUnit(row.unit));
    case "step":
      return stepRow(context, row);
    case "fold":
      return foldRow(context, row, () => folding.openRun(row.firstStep));
    case "peek":
      return peek(context, row.flag);
    case "notice":
      return noticeRow(context, row.notice);
    case "heading":
      return fieldHeading(context, row, () => folding.toggleField(row.field));
    case "field":
      return fieldRow(context, row);
  }
}
