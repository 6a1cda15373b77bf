/** The column between the two sides: how alike two matched steps are, and the button that corrects a match by hand. */
import { html, nothing, type TemplateResult } from "lit";
import { leastByWords, type StepRow } from "../../src/core/compare/traceDiff";
import { count, ratio } from "../format";
import { icons } from "../icons";
import { place } from "../place";
import { loneSide } from "./compareRows";
import type { RowsContext } from "./rowParts";

/** The spine of a step row. */
export function spine(context: RowsContext, step: StepRow, stepRow: number): TemplateResult {
  const lone = loneSide(step);
  const button = correctButton(context, step, stepRow);
  if (lone) return html`<div class="spn" role="gridcell"><span class="sgn">${lone === "teacher" ? "−" : "+"}</span>${button}</div>`;
  const pinned = context.isPinned(step.teacher, step.student);
  const words = `${step.kind === "same" ? "the same words" : `similarity ${ratio(step.similarity)}`}${reason(step, pinned)}`;
  return html`<div class="spn" role="gridcell" title=${words}>${step.kind === "same" ? "=" : step.similarity.toFixed(2)}<span class="bar2"><u ${place(
    {
      width: `${step.similarity * 100}%`,
    },
  )}></u></span>${step.kind === "moved" ? movedSign() : runWord(step)}${pinned ? html`<span class="pinned">by hand</span>` : nothing}${button}</div>`;
}

/** Why two steps are matched, where it is not for their words. */
function reason({ similarity }: StepRow, pinned: boolean): string {
  if (pinned) return "; matched by hand";
  return similarity < leastByWords ? "; matched because both close their traces" : "";
}

/** Shown while the pointer is on the row or the row is selected. */
function correctButton({ matching, correct }: RowsContext, step: StepRow, stepRow: number): TemplateResult | typeof nothing {
  const matched = loneSide(step) === undefined;
  const other = matching && step[matching.side === "teacher" ? "student" : "teacher"];
  if (matching && other === undefined) return nothing;
  const look = matching
    ? { label: "here", title: `Match with step ${count(matching.step + 1)} of the ${matching.side}` }
    : matched
      ? { label: "break", title: "Break this match and align around it (b)" }
      : { label: "match", title: "Match this step with one on the other side (i)" };
  return html`<button class="fix${matching ? " on" : ""}" tabindex="-1" title=${look.title} @click=${(event: Event) => {
    event.stopPropagation();
    correct(stepRow);
  }}>${look.label}</button>`;
}

const runTitles = { split: "one of the teacher, several of the student", merged: "several of the teacher, one of the student" };

/** The word of a row that holds one beside several. */
function runWord({ kind }: StepRow): TemplateResult | typeof nothing {
  return kind === "split" || kind === "merged" ? html`<span class="runw" title=${runTitles[kind]}>${kind}</span>` : nothing;
}

/** The sign of a match out of order. */
export const movedSign = (): TemplateResult =>
  html`<span class="mv" role="img" aria-label="moved" title="matched, but out of order">${icons.arrowSwap}</span>`;
