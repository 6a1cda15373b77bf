/** The evidence of a flag: both passages side by side, what they share marked, rule and threshold in the title. */
import { html, nothing, type TemplateResult } from "lit";
import type { Flag } from "../../src/core/analysis";
import type { Span } from "../../src/core/trace";
import { count } from "../format";
import { icons } from "../icons";
import { renderStepText } from "../text/renderText";
import { dismissedAs, flagWords, functionLooks, roleLabels } from "../words";
import type { RowContext } from "./context";
import { fill } from "./fill";

const longestPassage = 1400;
const around = 160;

interface Passage {
  readonly title: TemplateResult;
  readonly text: string;
  readonly base: number;
  readonly shared: readonly Span[];
}

/** Draws the evidence of the flag at an index. */
export function peek(context: RowContext, at: number): TemplateResult {
  const { model, analysis } = context;
  const flag = analysis.flags[at];
  if (!flag) return html``;
  const dropped = model.marks.dismissed.has(at);
  const passages = [earlier(context, flag), here(context, flag)].filter((passage) => passage !== undefined);
  return html`<div class="peek" role="region" aria-label="Evidence: ${flagWords(flag)}"><div class="t"><b>${flagWords(flag).split(" · ")[0]}</b><span class="de1" title=${flag.evidence.detail}>${flag.evidence.detail}</span><span class="sp"></span>
      <button class="lnk" title="What this rule marks, and how often it is right" @click=${() => void model.host.explainRule(flag.rule)}>about this rule</button>
      <button class="lnk" @click=${() => model.marks.toggleDismissed(at)}>${dropped ? "undo: the flag holds" : `mark as ${dismissedAs(flag.rule)}`}</button>
      <button class="plain" title="Close (Esc)" aria-label="Close the evidence" @click=${() => model.setPeek(undefined)}>${icons.close}</button></div>
    <div class=${passages.length === 1 ? "c one" : "c"}>${passages.map((passage) => column(passage))}</div>
    ${flag.evidence.count === undefined ? nothing : html`<div class="r">${loopWords(flag)}</div>`}</div>`;
}

function column({ title, text, base, shared }: Passage): TemplateResult {
  const marks = shared.map(({ start, end }) => ({ start, end, className: "same" }));
  const { from, to } = excerpt(text, base, shared);
  const key = `${base}-${from}-${to}`;
  return html`<div><h4>${title}</h4><div class="pt1" ${fill(key, (element) =>
    renderStepText(element, `${text.slice(from, to)}`, { raw: false, marks, baseOffset: base + from }),
  )}></div>${to < text.length || from > 0 ? html`<span class="m">… ${count(text.length)} characters in all</span>` : nothing}</div>`;
}

/** A long passage shows the part that is shared. */
function excerpt(text: string, base: number, shared: readonly Span[]): { from: number; to: number } {
  if (text.length <= longestPassage) return { from: 0, to: text.length };
  const first = shared[0] ? Math.max(0, shared[0].start - base - around) : 0;
  const line = first === 0 ? 0 : Math.max(0, text.lastIndexOf("\n", first) + 1);
  const from = first - line > around * 2 ? first : line;
  if (text.length <= from + longestPassage) return { from, to: text.length };
  const space = text.lastIndexOf(" ", from + longestPassage);
  return { from, to: space > from ? space : from + longestPassage };
}

function earlier(context: RowContext, flag: Flag): Passage | undefined {
  const { trace } = context.document;
  const { earlier: target, there = [] } = flag.evidence;
  if (target) {
    const title = passageTitle(context, target.level, target.index);
    return { title, text: trace.text.slice(target.start, target.end), base: target.start, shared: there };
  }
  if (flag.rule !== "restate" || trace.question === "") return undefined;
  return { title: html`question`, text: trace.question, base: 0, shared: there };
}

function here(context: RowContext, flag: Flag): Passage {
  const title = passageTitle(context, flag.level, flag.index);
  return { title, text: context.document.trace.text.slice(flag.start, flag.end), base: flag.start, shared: flag.evidence.here ?? [] };
}

function passageTitle(context: RowContext, level: "step" | "unit", index: number): TemplateResult {
  const { analysis, model } = context;
  if (level === "unit") {
    const unit = analysis.units[index];
    if (!unit) return html`unit ${index + 1}`;
    return html`<button class="plain" title="Go there" @click=${() => model.goToUnit(index)}>unit <span class="mono">${index + 1}</span></button> ${roleLabels[unit.role]} · ${count(unit.tokens)} tokens`;
  }
  const step = analysis.steps[index];
  if (!step) return html`step ${index + 1}`;
  return html`<button class="plain" title="Go there" @click=${() => model.goToStep(index)}><span class="mono">${index + 1}</span></button> ${functionLooks[step.function].label} · ${count(step.tokens)} tokens · unit ${step.unit + 1}`;
}

function loopWords(flag: Flag): string {
  const { count: times, period } = flag.evidence;
  return `${count(times ?? 0)} rounds${period === undefined ? "" : ` of ${count(period)} characters`}`;
}
