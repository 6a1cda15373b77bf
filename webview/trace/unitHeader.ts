/** A unit's header: number, tokens, role, flags, range and answer; folded it keeps a small strip of its steps. */
import { html, nothing, type TemplateResult } from "lit";
import type { Unit } from "../../src/core/analysis";
import { count, stepRange } from "../format";
import { icons } from "../icons";
import { miniStrip } from "../strip/marks";
import { roleLabels } from "../words";
import { unitAnswer } from "./answers";
import { chips } from "./chips";
import type { RowContext } from "./context";

const pixelsPerToken = 0.33;
const widestMini = 180;

/** The role's word, or that a reader set it. */
function roleWord({ model, document }: RowContext, index: number, unit: Unit): TemplateResult {
  const own = document.analysis.units[index];
  if (!own || !model.marks.labels.units.has(index)) return html`<b>${roleLabels[unit.role]}</b>`;
  return html`<b class="own" title="${roleLabels[unit.role]}, set by a reader; the analysis says ${roleLabels[own.role]}">${roleLabels[unit.role]}</b>`;
}

/** `stuck`: the header stands at the top while its steps scroll below. */
export function unitHeader(context: RowContext, index: number, folded: boolean, stuck: boolean, toggle: () => void): TemplateResult {
  const { analysis, model } = context;
  const unit = analysis.units[index];
  if (!unit) return html``;
  const selected = folded && model.state.unit === index;
  const classes = ["uh", folded ? "fd" : "", unit.redundant ? "red" : "", stuck ? "stuck" : "", selected ? "on" : ""];
  const calls = analysis.steps.slice(unit.firstStep, unit.endStep).filter((step) => step.function === "tool-call").length;
  const mini = folded
    ? miniStrip(analysis, unit.firstStep, unit.endStep, Math.min(widestMini, Math.max(12, unit.tokens * pixelsPerToken)))
    : nothing;
  return html`<div class=${classes.filter(Boolean).join(" ")} data-unit=${index}>
    <div class="g"><button class="tw" aria-expanded=${!folded} aria-label="Unit ${index + 1}, ${roleLabels[unit.role]}" @click=${toggle}
      >${folded ? icons.chevronRight : icons.chevronDown}</button><b role="heading" aria-level="3">Unit ${count(index + 1)}</b><span class="k">${count(unit.tokens)}</span><u></u></div>
    <div class="x">${roleWord(context, index, unit)}${mini}${chips(context, "unit", index)}<span class="m">${stepRange(unit.firstStep, unit.endStep)}</span>${
      calls > 0 ? html`<span class="m">${calls} tool ${calls === 1 ? "call" : "calls"}</span>` : nothing
    }</div>
    <div class="a">${unitAnswer(analysis, index)}</div></div>`;
}
