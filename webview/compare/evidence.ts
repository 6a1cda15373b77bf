/** The evidence of a flag, opened below its row: both passages side by side with what they share marked. */
import { html, nothing, type TemplateResult } from "lit";
import type { Flag } from "../../src/core/analysis";
import type { Span } from "../../src/core/trace";
import type { TraceDocument } from "../../src/protocol/engine";
import { count } from "../format";
import { icons } from "../icons";
import { renderStepText } from "../text/renderText";
import { fill } from "../trace/fill";
import { functionLooks, roleLabels } from "../words";
import type { SideName } from "./compareWords";

/** Longer passages show the part that is shared. */
const longestPassage = 1200;
const around = 120;

interface Passage {
  readonly title: string;
  readonly text: string;
  readonly start: number;
  readonly shared: readonly Span[];
}

/** Draws the evidence of one flag of one side. */
export function evidence(document: TraceDocument, side: SideName, flag: Flag, close: () => void): TemplateResult {
  const passages = [earlier(document, flag), here(document, flag)].filter((passage) => passage !== undefined);
  return html`<div class="peek" role="row"><div role="gridcell"><div class="t"><b>${side}: ${flag.evidence.words}</b><span class="de1" title=${flag.evidence.detail}>${flag.evidence.detail}</span><span class="sp"></span>
    <button class="plain" title="Close (Esc)" aria-label="Close the evidence" @click=${close}>${icons.close}</button></div>
    <div class=${passages.length === 1 ? "c one" : "c"}>${passages.map(column)}</div></div></div>`;
}

function column({ title, text, start, shared }: Passage): TemplateResult {
  const from = text.length > longestPassage && shared[0] ? Math.max(0, shared[0].start - start - around) : 0;
  const shown = text.slice(from, from + longestPassage);
  const marks = shared.map((span) => ({ start: span.start, end: span.end, className: "same" }));
  return html`<div><h6>${title}</h6><div class="pt1" ${fill(`${start}-${from}-${title}`, (element) =>
    renderStepText(element, shown, { raw: false, marks, baseOffset: start + from }),
  )}></div>${shown.length < text.length ? html`<span class="m">… ${count(text.length)} characters in all</span>` : nothing}</div>`;
}

function earlier({ trace, analysis }: TraceDocument, flag: Flag): Passage | undefined {
  const { earlier: target, there = [] } = flag.evidence;
  if (target)
    return {
      title: passageTitle(analysis, target.level, target.index),
      text: trace.text.slice(target.start, target.end),
      start: target.start,
      shared: there,
    };
  if (flag.rule !== "restate" || trace.question === "") return undefined;
  return { title: "question", text: trace.question, start: 0, shared: there };
}

function here({ trace, analysis }: TraceDocument, flag: Flag): Passage {
  return {
    title: passageTitle(analysis, flag.level, flag.index),
    text: trace.text.slice(flag.start, flag.end),
    start: flag.start,
    shared: flag.evidence.here ?? [],
  };
}

function passageTitle(analysis: TraceDocument["analysis"], level: "step" | "unit", index: number): string {
  const unit = level === "unit" ? analysis.units[index] : undefined;
  const step = level === "step" ? analysis.steps[index] : undefined;
  const name = unit ? roleLabels[unit.role] : step ? functionLooks[step.function].label : "";
  return `${level} ${count(index + 1)} · ${name} · ${count((unit ?? step)?.tokens ?? 0)} tokens`;
}
