/** The drawn marks of a strip as templates, shared by the Inspect strip and the two strips of Compare. */
import { html, nothing, type TemplateResult } from "lit";
import type { Analysis } from "../../src/core/analysis";
import { stepRange } from "../format";
import { place, px } from "../place";
import { flagsOf } from "../trace/rows";
import { flagWords, functionLooks, roleLabels } from "../words";
import type { StripLayout, StripSegment, StripUnit } from "./layout";

/** What is selected or put in the background. */
export interface MarkState {
  readonly step?: number | undefined;
  readonly unit?: number | undefined;
  /** Dims every segment whose function is another. */
  readonly only?: string | undefined;
}

/** Step bars. `top` in pixels overrides the stylesheet's. */
export function segmentMarks(layout: Pick<StripLayout, "segments">, state: MarkState = {}, top?: number): TemplateResult[] {
  return layout.segments.map((segment) => segmentMark(segment, state, top));
}

function segmentMark(segment: StripSegment, state: MarkState, top: number | undefined): TemplateResult {
  const look = functionLooks[segment.function];
  const selected = state.step !== undefined && state.step >= segment.firstStep && state.step < segment.endStep;
  const classes = [
    "sg",
    look.className,
    segment.control ? "low" : "",
    segment.redundant ? "red" : "",
    segment.thin ? "thin" : "",
    selected ? "on" : "",
    state.only !== undefined && state.only !== segment.function ? "off" : "",
  ];
  return html`<span class=${classes.filter(Boolean).join(" ")} data-step=${segment.firstStep} ${place({
    left: px(segment.left),
    width: px(segment.width),
    top: top === undefined ? undefined : px(top),
  })}><i>${segment.letter}</i></span>`;
}

/** Unit blocks at `top` pixels. `note` adds words after the role where there is room ("loop ×57"). */
export function unitMarks(layout: StripLayout, state: MarkState, top: number, note?: (unit: number) => string): TemplateResult[] {
  return layout.units.map((block) => unitMark(block, state, top, note?.(block.unit) ?? ""));
}

function unitMark(block: StripUnit, state: MarkState, top: number, note: string): TemplateResult {
  const classes = ["un", block.redundant ? "red" : "", state.unit === block.unit ? "on" : ""];
  const role = block.label === "role" ? ` ${roleLabels[block.role]}` : "";
  const extra = note !== "" && block.label === "role" && block.width > 90 + note.length * 6 ? ` · ${note}` : "";
  return html`<span class=${classes.filter(Boolean).join(" ")} data-unit=${block.unit} ${place({
    left: px(block.left),
    width: px(block.width),
    top: px(top),
  })}><i class=${block.label === "none" ? "z" : ""}>${block.label === "none" ? nothing : html`<em><b>${block.unit + 1}</b>${role}${extra}</em>`}</i></span>`;
}

/** A unit's steps as small bars in a row, for a folded unit. `width` in pixels for all of them. */
export function miniStrip(analysis: Pick<Analysis, "steps">, firstStep: number, endStep: number, width: number): TemplateResult {
  const steps = analysis.steps.slice(firstStep, endStep);
  const tokens = steps.reduce((sum, step) => sum + step.tokens, 0);
  const shown = steps.slice(0, 60);
  return html`<span class="mini" aria-hidden="true">${shown.map(
    (step) =>
      html`<i class="${functionLooks[step.function].className}${step.redundant ? " r" : ""}" ${place({
        width: px(tokens > 0 ? Math.max(2, (step.tokens / tokens) * width) : 2),
      })}></i>`,
  )}</span>`;
}

/** "unit 3 of 7, verify; step 19, verify, re-verifies step 16": the strip's value in words. */
export function positionWords(analysis: Analysis, step: number): string {
  const shown = analysis.steps[step];
  if (!shown) return "no step";
  const unit = analysis.units[shown.unit];
  const flags = flagsOf(analysis, "step", step).map(({ flag }) => flagWords(flag));
  const words = [`step ${step + 1}`, functionLooks[shown.function].label, ...flags].join(", ");
  return unit ? `unit ${shown.unit + 1} of ${analysis.units.length}, ${roleLabels[unit.role]}; ${words}` : words;
}

/** "unit 3, verify, steps 18–19": a unit block's name. */
export function unitWords(analysis: Analysis, index: number): string {
  const unit = analysis.units[index];
  return unit ? `unit ${index + 1}, ${roleLabels[unit.role]}, ${stepRange(unit.firstStep, unit.endStep)}` : "";
}
