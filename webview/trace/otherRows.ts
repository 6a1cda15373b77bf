/** Rows that are neither step nor unit: folded runs, texts beside the thinking, notices. */
import { html, nothing, type TemplateResult } from "lit";
import type { Step } from "../../src/core/analysis";
import type { Notice } from "../../src/core/trace";
import { count, plural } from "../format";
import { icons } from "../icons";
import { renderStepText, renderWaiting } from "../text/renderText";
import { functionLooks } from "../words";
import { matchMarks, type RowContext } from "./context";
import { fill } from "./fill";
import { type FieldName, fieldText, type ReadRow, runWords } from "./rows";

/** A run of folded steps. */
export function foldRow(context: RowContext, row: Extract<ReadRow, { kind: "fold" }>, open: () => void): TemplateResult {
  const { analysis, model } = context;
  const steps = analysis.steps.slice(row.firstStep, row.endStep);
  const tokens = steps.reduce((sum, step) => sum + step.tokens, 0);
  const range = row.endStep - row.firstStep > 1 ? `${row.firstStep + 1}–${row.endStep}` : `${row.firstStep + 1}`;
  const title = foldTitles[row.what](steps.length);
  const words =
    row.what === "loop"
      ? loopWords(context, row)
      : [functionWords(row.what, steps), runWords(analysis, row.firstStep, row.endStep)].filter(Boolean).join(" · ");
  const selected = model.state.step !== undefined && model.state.step >= row.firstStep && model.state.step < row.endStep;
  return html`<div class=${selected ? "fold on" : "fold"}><span class="g"><span class="n">${range}</span><span class="k">${count(tokens)}</span><span class="b"></span></span>
    <span class="x"><button class="tw" aria-expanded="false" aria-label="Open ${title}" @click=${open}>${icons.chevronRight}<b>${title}</b></button><span>${words}</span></span></div>`;
}

const foldTitles: Readonly<Record<"redundant" | "loop" | "chosen", (steps: number) => string>> = {
  redundant: (steps) => plural(steps, "redundant step"),
  loop: (steps) => `${count(steps)} looping steps`,
  chosen: (steps) => plural(steps, "folded step"),
};

/** "derive ×3, doubt": what the steps of a run that the reader chose to fold do. */
function functionWords(what: string, steps: readonly Step[]): string {
  if (what !== "chosen") return "";
  const counts = new Map<string, number>();
  for (const step of steps) counts.set(functionLooks[step.function].label, (counts.get(functionLooks[step.function].label) ?? 0) + 1);
  return [...counts].map(([label, times]) => (times > 1 ? `${label} ×${times}` : label)).join(", ");
}

function loopWords({ analysis }: RowContext, row: Extract<ReadRow, { kind: "fold" }>): string {
  const first = analysis.steps[row.firstStep];
  const flag = analysis.flags.find(
    (found) => found.rule === "loop" && first !== undefined && found.start <= first.start && found.end >= first.end,
  );
  if (!flag) return "loop";
  const period = flag.evidence.period ?? 0;
  const inPeriod = analysis.steps.filter((step) => step.start >= flag.start && step.start < flag.start + period).length;
  return `loop, period ${plural(Math.max(1, inPeriod), "step")}`;
}

const fieldTitles: Readonly<Record<FieldName, string>> = {
  system: "System prompt",
  preamble: "Before thinking",
  opening: "",
  closing: "",
  response: "Response",
  reference: "Reference",
};

/** Heading of a text beside the thinking. */
export function fieldHeading(context: RowContext, row: Extract<ReadRow, { kind: "heading" }>, toggle: () => void): TemplateResult {
  const { trace } = context.document;
  const tokens =
    row.field === "response" ? html`<span class="k">${count(context.analysis.responseTokens)}</span>` : html`<span class="k"></span>`;
  const characters = `${count(fieldText(trace, row.field).length)} characters`;
  const where = row.field === "response" && trace.responsePath ? trace.responsePath.join(".") : "";
  return html`<div class=${row.folded ? "uh fd field" : "uh field"}><div class="g"><button class="tw" aria-expanded=${!row.folded} aria-label=${fieldTitles[row.field]} @click=${toggle}>${row.folded ? icons.chevronRight : icons.chevronDown}</button>
    <b role="heading" aria-level="3" class="wide">${fieldTitles[row.field]}</b>${tokens}<u></u></div>
    <div class="x"><span class="m">${characters}</span>${where === "" ? nothing : html`<span class="m">${where}</span>`}</div><div class="a"></div></div>`;
}

/** Text beside the thinking, or a delimiter as it stands in the record. */
export function fieldRow(context: RowContext, row: Extract<ReadRow, { kind: "field" }>): TemplateResult {
  const isTag = row.field === "opening" || row.field === "closing";
  const raw = context.raw || isTag;
  const text = fieldText(context.document.trace, row.field).slice(row.start, row.end);
  const marks = matchMarks(context, row.field, row.start, row.end);
  const key = `${row.field}${row.start}-${row.end}${raw}${marks.map((mark) => `${mark.start}${mark.className}`).join()}`;
  return html`<div class="u field${raw ? " raw" : ""}${isTag ? " tag" : ""}"><div class="g"><span class="n"></span><span class="l"></span><span class="k"></span><span class="b"></span></div>
    <div class="x"><div class="tt" ${fill(
      key,
      (element) => renderStepText(element, text, { raw, marks, baseOffset: row.start }),
      (element) => renderWaiting(element, text, row.start),
    )}></div></div><div class="a"></div></div>`;
}

/** Notices that hold for nearly every record of some models: said, but not as a warning. */
const quiet: ReadonlySet<Notice["kind"]> = new Set(["missing-open", "other", "mapping"]);

/** Something the reader must know about the record. */
export function noticeRow(context: RowContext, notice: Notice): TemplateResult {
  if (quiet.has(notice.kind)) return html`<div class="noticebox quiet" role="note">${icons.info}<span>${notice.message}</span></div>`;
  const words =
    notice.kind === "unclosed"
      ? `${notice.message} The text ends after ${count(context.analysis.tokens)} tokens; all of it is treated as thinking.`
      : notice.message;
  return html`<div class="noticebox"><div class="notice" role="note">${icons.warning}<span>${words}</span></div></div>`;
}
