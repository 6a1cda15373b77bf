/** Brings the place that a goal means on screen; for some frames, since heights are known only once rows are drawn. */
import type { Virtualizer } from "@tanstack/virtual-core";
import type { Goal } from "../state/goal";
import type { Model } from "../state/model";
import { openOutput } from "../text/foldOutput";
import { headerHeight } from "./rowEstimate";
import { goalRow } from "./rowPlaces";
import type { ReadRow } from "./rows";

const goalFrames = 8;

/** The column that goes there. */
export interface GoalColumn extends HTMLElement {
  readonly model: Model;
  readonly rows: readonly ReadRow[];
  readonly scroller: HTMLElement | null;
  readonly virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  /** The reader scrolled since the column last went somewhere by itself. */
  byReader: boolean;
}

/** Goes where a goal means. A newer goal ends the way of an older one. */
export function followGoal(column: GoalColumn, goal: Goal, frames = goalFrames): void {
  const { model, virtualizer, scroller } = column;
  if (!virtualizer || goal.serial !== model.goal.serial) return;
  if (goal.row) {
    comeBack(column, goal, goal.row, frames);
    return;
  }
  const row = model.analysis ? goalRow(column.rows, model.analysis, goal) : -1;
  if (row < 0) return;
  column.byReader = false;
  // In a short view list and trace scroll together: the text may stand below the edge.
  column.scrollIntoView({ block: "nearest" });
  const item = virtualizer.getVirtualItems().find(({ index }) => index === row);
  const inView =
    item && scroller && item.start >= scroller.scrollTop + headerHeight && item.end <= scroller.scrollTop + scroller.clientHeight;
  if (goal.unit !== undefined) topOf(virtualizer, row);
  else if (goal.align === "start" || !inView)
    virtualizer.scrollToIndex(row, {
      align: goal.align === "start" || !item || item.size > (scroller?.clientHeight ?? 0) - 40 ? "start" : "auto",
    });
  if (goal.offset !== undefined || goal.field !== undefined) showMatch(column);
  if (frames > 0 && (goal.unit !== undefined || goal.offset !== undefined || goal.field !== undefined))
    requestAnimationFrame(() => followGoal(column, goal, frames - 1));
}

function showMatch(column: GoalColumn): void {
  const hit = column.querySelector(".find-hit.current");
  if (!hit) return;
  openOutput(hit);
  hit.scrollIntoView({ block: "nearest" });
}

/** Scrolls to where the reader was: the rows above must be measured first. A reader who scrolls is not held. */
function comeBack(column: GoalColumn, goal: Goal, { row: key, by }: NonNullable<Goal["row"]>, frames: number): void {
  const { rows, virtualizer } = column;
  const row = rows.findIndex((found) => found.key === key);
  if (row < 0 || (column.byReader && frames < goalFrames)) return;
  column.byReader = false;
  virtualizer?.getTotalSize();
  const item = virtualizer?.measurementsCache[row];
  if (item) virtualizer?.scrollToOffset(item.start + by);
  if (frames > 0) requestAnimationFrame(() => followGoal(column, goal, frames - 1));
}

/** Brings a unit's header to the very top, where it sticks. */
function topOf(virtualizer: Virtualizer<HTMLElement, HTMLElement>, row: number): void {
  const [offset] = virtualizer.getOffsetForIndex(row, "start") ?? [];
  if (offset !== undefined) virtualizer.scrollToOffset(offset + headerHeight + 1);
}
