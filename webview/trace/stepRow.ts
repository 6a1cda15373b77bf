/** A step: gutter, text, answers. A very long step is several such rows, of which the first carries the gutter's words. */
import { html, nothing, type TemplateResult } from "lit";
import type { Step } from "../../src/core/analysis";
import { count, plural } from "../format";
import { icons } from "../icons";
import { entryAt, signalNumber } from "../signals/scale";
import { signalMarks } from "../signals/textMarks";
import { parsed } from "../states/tree";
import { renderCode, renderStepText, renderWaiting, type TextMark } from "../text/renderText";
import { functionLooks } from "../words";
import { stepAnswers } from "./answers";
import { chips } from "./chips";
import { matchMarks, type RowContext, stepByteOffset, stepCandidates } from "./context";
import { fill } from "./fill";
import type { ReadRow } from "./rows";

const outputLines = 8;
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
  const unsure = step.confidence < unsureBelow;
  const name = `${look.label}, confidence ${step.confidence.toFixed(2)}${unsure ? ", unsure" : ""}`;
  return html`<div class=${classes.filter(Boolean).join(" ")} data-step=${row.step} aria-current=${selected ? "step" : nothing}>
    <div class="g" title=${name} @click=${() => model.goToStep(row.step)}>${
      row.first
        ? html`<span class="n">${count(row.step + 1)}</span><span class=${unsure ? "l unsure" : "l"}>${look.label}</span><span class="k">${count(step.tokens)}</span>`
        : html`<span class="n"></span><span class="l"></span><span class="k"></span>`
    }<span class=${step.function === "observation" ? "b dash" : "b"}></span></div>
    <div class=${isTool ? "x wide" : "x"}>${row.first && !raw ? stepChips(context, row.step) : nothing}${
      isTool && !raw ? toolBlock(context, row, step) : html`<div class="tt" ${fillStep(context, row)}></div>`
    }${row.last && row.step === analysis.steps.length - 1 && isCutOff(context) ? html`<span class="cut" title="The text ends here"></span>` : nothing}</div>
    <div class="a">${row.first ? (raw ? html`@ ${count(stepByteOffset(context, row.step))}` : html`${stepAnswers(analysis, row.step)}${stepNumber(context, step)}`) : nothing}</div></div>`;
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

function marksOf(context: RowContext, row: { readonly step: number; readonly start: number; readonly end: number }): TextMark[] {
  const answers = stepCandidates(context.analysis, row.step)
    .filter((candidate) => candidate.end > row.start && candidate.start < row.end)
    .map(({ start, end }) => ({ start, end, className: "cand" }));
  return [...answers, ...signalMarks(context.signal, row.start, row.end), ...matchMarks(context, undefined, row.start, row.end)];
}

const marksKey = (marks: readonly TextMark[]): string => marks.map(({ start, end, className }) => `${start}-${end}${className}`).join();

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

/** A tool call or its output: name above, code or text below; long output shows its first lines until it is opened. */
function toolBlock(context: RowContext, row: Extract<ReadRow, { kind: "step" }>, step: Step): TemplateResult {
  const { trace } = context.document;
  const part = trace.parts.find((found) => found.start <= row.start && found.end > row.start);
  const source = trace.text.slice(row.start, row.end);
  const isOutput = step.function === "observation";
  const call = isOutput ? undefined : readCall(source);
  const whole = call?.code ?? source.trimEnd();
  const lines = whole.split("\n");
  const cut = isOutput && lines.length > outputLines + 2 && !context.openOutputs.has(row.step);
  const shown = cut ? lines.slice(0, outputLines).join("\n") : whole;
  const marks = call ? [] : marksOf(context, row);
  const language = isOutput ? "" : languageOf(whole, part?.name ?? "");
  const key = `${row.start}-${row.end}${cut}${marksKey(marks)}`;
  const last = lines.findLast((line) => line.trim() !== "") ?? "";
  return html`<div class=${isOutput ? "code out" : "code"}><div class="hd">${isOutput ? nothing : icons.tools}<b>${part?.name ?? (isOutput ? "output" : "tool call")}</b>
      <span>${isOutput ? plural(lines.length, "line") : language}</span>${call ? html`<span>${call.note}</span>` : nothing}<span class="sp"></span>
      <button class="plain" title="Copy" aria-label="Copy" @click=${() => void context.model.host.copy(whole)}>${icons.copy}</button></div>
    <div class="body" ${fill(key, (element) => renderCode(element, shown, language, { raw: true, marks, baseOffset: row.start }))}></div>
    ${cut ? html`<button class="more" aria-expanded="false" @click=${() => context.toggleOutput(row.step)}>${icons.chevronRight}<b>${count(lines.length - outputLines)} more lines</b><span>last</span><span class="mono">${last.slice(0, 120)}</span></button>` : nothing}</div>`;
}

const codeArguments: readonly string[] = ["code", "command", "cmd", "script", "source", "program", "query", "input"];

/** A call whose arguments are JSON with one that holds code: the code itself, and what else was given. The raw view shows the JSON. */
function readCall(source: string): { readonly code: string; readonly note: string } | undefined {
  const value = parsed(source.trim());
  if (value === undefined || value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const found = entries.find(([name, argument]) => codeArguments.includes(name) && typeof argument === "string");
  if (!found || typeof found[1] !== "string") return undefined;
  const others = entries.filter((entry) => entry !== found).map(([name, argument]) => `${name} ${JSON.stringify(argument).slice(0, 40)}`);
  return { code: found[1].trimEnd(), note: [plural(entries.length, "argument"), ...others].join(" · ") };
}

const looksLikeJson = /^\s*[[{]/;
const shellStart = /^\s*(?:\$ |(?:cd|ls|cat|grep|find|git|sed|awk|pip|python3?|echo|curl|make)\b)/;

function languageOf(text: string, tool: string): string {
  if (looksLikeJson.test(text)) return "json";
  if (/python/i.test(tool)) return "python";
  return /shell|bash|terminal|exec/i.test(tool) || shellStart.test(text) ? "bash" : "python";
}
