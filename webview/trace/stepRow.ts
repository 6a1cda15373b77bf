/** A step: gutter, text, answers. A very long step is several such rows, of which the first carries the gutter's words. */
import { html, nothing, type TemplateResult } from "lit";
import type { Step } from "../../src/core/analysis";
import { count } from "../format";
import { entryAt, signalNumber } from "../signals/scale";
import { renderStepText, renderWaiting } from "../text/renderText";
import { functionLooks } from "../words";
import { stepAnswers } from "./answers";
import { chips } from "./chips";
import { type RowContext, stepByteOffset } from "./context";
import { fill } from "./fill";
import { molecules } from "./molecules";
import { marksKey, marksOf } from "./rowMarks";
import type { ReadRow } from "./rows";
import { toolBlock } from "./toolBlock";

const unsureBelow = 0.5;

/** Draws a step row. */
export function stepRow(context: RowContext, row: Extract<ReadRow, { kind: "step" }>): TemplateResult {
  const { analysis, raw, model } = context;
  const step = analysis.steps[row.step];
  if (!step) return html``;
  const look = functionLooks[step.function];
  const selected = model.state.step === row.step;
  const isTool = step.function === "tool-call" || step.function === "observation";
  const classes = ["u", look.className.split(" ")[0] ?? "", step.redundant ? "red" : "", raw ? "raw" : "", selected ? "on" : ""];
  const label = labelOf(context, row.step, step);
  return html`<div class=${classes.filter(Boolean).join(" ")} data-step=${row.step} aria-current=${selected ? "step" : nothing}>
    <div class="g" title=${label.title} @click=${() => model.goToStep(row.step)}>${
      row.first
        ? html`<span class="n">${count(row.step + 1)}</span><span class=${label.className}>${look.label}</span><span class="k">${count(step.tokens)}</span>`
        : html`<span class="n"></span><span class="l"></span><span class="k"></span>`
    }<span class=${step.function === "observation" ? "b dash" : "b"}></span></div>
    <div class=${isTool ? "x wide" : "x"}>${row.first && !raw ? stepChips(context, row.step) : nothing}${
      isTool && !raw
        ? toolBlock(context, row, step)
        : html`<div class="tt" ${fillStep(context, row)}></div>${raw ? nothing : molecules(context.document.trace.text.slice(row.start, row.end), model.host.drawMolecule)}`
    }${row.last && row.step === analysis.steps.length - 1 && isCutOff(context) ? html`<span class="cut" title="The text ends here"></span>` : nothing}</div>
    <div class="a">${row.first ? (raw ? html`@ ${count(stepByteOffset(context, row.step))}` : html`${stepAnswers(analysis, row.step)}${stepNumber(context, step)}`) : nothing}</div></div>`;
}

/** The function's word: how sure the analysis is of it, or that the reader set it. */
function labelOf({ model, document }: RowContext, index: number, step: Step): { readonly className: string; readonly title: string } {
  const own = document.analysis.steps[index];
  if (own && model.marks.labels.steps.has(index)) {
    const said = `${functionLooks[own.function].label}, confidence ${own.confidence.toFixed(2)}`;
    return { className: "l own", title: `${functionLooks[step.function].label}, set by a reader; the analysis says ${said}` };
  }
  const unsure = step.confidence < unsureBelow;
  const title = `${functionLooks[step.function].label}, confidence ${step.confidence.toFixed(2)}${unsure ? ", unsure" : ""}; f sets another`;
  return { className: unsure ? "l unsure" : "l", title };
}

/** True when the text ends without an end of thought. */
export const isCutOff = (context: RowContext): boolean =>
  context.document.trace.thinking === "unclosed" || context.document.trace.cutOff === true;

/** The record's own number for a step: that of the last entry that starts in it. */
function stepNumber({ signal }: RowContext, step: Step): TemplateResult | typeof nothing {
  if (signal?.signal.level !== "step") return nothing;
  const entry = entryAt(signal.signal, step.end - 1);
  const value = signal.signal.values[entry];
  if (value === undefined) return nothing;
  return html`<div class="sn" title="${signal.signal.name}, as the record has it">${signal.signal.name.length > 11 ? nothing : html`<span>${signal.signal.name}</span> `}<b>${signalNumber(value)}</b></div>`;
}

function stepChips(context: RowContext, step: number): TemplateResult | typeof nothing {
  const shown = chips(context, "step", step);
  return shown.length > 0 ? html`<div class="chips">${shown}</div>` : nothing;
}

function fillStep(context: RowContext, row: Extract<ReadRow, { kind: "step" }>): ReturnType<typeof fill> {
  const marks = marksOf(context, row);
  const text = context.document.trace.text;
  const words = text.slice(row.start, row.end);
  return fill(
    `${row.start}-${row.end}${context.raw}${marksKey(marks)}`,
    (element) => renderStepText(element, words, { raw: context.raw, marks, baseOffset: row.start }),
    (element) => renderWaiting(element, words, row.start),
  );
}
