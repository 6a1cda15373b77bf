/** The head of a trace: where it is from, the question, and the metric row. */
import { html, nothing, type TemplateResult } from "lit";
import type { Analysis } from "../../src/core/analysis";
import type { TraceDocument } from "../../src/protocol/engine";
import { count, counterSuffix, percent, placeOf, plural, ratio } from "../format";
import { icons } from "../icons";
import { type SignalScale, signalNumber, summary } from "../signals/scale";
import { verdictLooks } from "../words";
import { answerText } from "./answers";
import { questionText } from "./questionText";
import { firstStepAt } from "./rows";

/** What the head's controls do. */
export interface HeaderActions {
  readonly raw: boolean;
  readonly foldRedundant: boolean;
  readonly questionOpen: boolean;
  readonly questionLong: boolean;
  /** Names of the record's own numbers, and the one that is shown. */
  readonly signals: readonly string[];
  readonly signal: string | undefined;
  setRaw(raw: boolean): void;
  toggleFold(): void;
  compare(): void;
  toggleSignals(): void;
  toggleQuestion(): void;
  toggleSiblings(): void;
}

/** Records without an id of their own are called by their place. */
const namedByPlace = /^(?:line|record) [\d,]+$/;

/** Record, line, model, and the buttons. `menu` is the open list of siblings. */
export function crumb(
  document: TraceDocument,
  actions: HeaderActions,
  menu: TemplateResult | typeof nothing,
  signalMenu: TemplateResult | typeof nothing,
): TemplateResult {
  const { trace } = document;
  const who = [trace.model, trace.variant, document.rollouts > 1 ? `rollout ${trace.rollout + 1} of ${document.rollouts}` : undefined];
  const name = who.filter((part) => part !== undefined && part !== "").join(" · ");
  return html`<div class="crumb"><b title=${trace.id}>${trace.id}</b><button class="plain line" title="Open this record in the text editor" data-action="text">${namedByPlace.test(trace.id) ? icons.goToFile : placeOf(document)}</button>
    ${
      document.siblings.length > 0
        ? html`<span class="pickbox"><button class="pick" aria-haspopup="listbox" title="Same question, other model or rollout (m)" @click=${actions.toggleSiblings}>${name || "other traces"}${icons.chevronDown}</button>${menu}</span>`
        : html`<span class="who" title=${name}>${name}</span>`
    }
    <span class="sp"></span>
    <span class="seg2" role="group" aria-label="Text">${[false, true].map(
      (raw) =>
        html`<button class=${actions.raw === raw ? "on" : ""} aria-pressed=${actions.raw === raw} @click=${() => actions.setRaw(raw)}>${raw ? "Raw" : "Rendered"}</button>`,
    )}</span>
    ${actions.signals.length === 0 ? nothing : signalButton(actions, signalMenu)}
    <button class=${actions.foldRedundant ? "btn on" : "btn"} aria-pressed=${actions.foldRedundant} aria-label=${actions.foldRedundant ? "Unfold redundant" : "Fold redundant"} title="Fold redundant (O)" @click=${actions.toggleFold}>${actions.foldRedundant ? icons.unfold : icons.fold}<span>${actions.foldRedundant ? "Unfold redundant" : "Fold redundant"}</span></button>
    <button class="btn" aria-label="Compare" title="Compare (2)" @click=${actions.compare}>${icons.splitHorizontal}<span>Compare</span></button></div>`;
}

const signalTitle = (name: string): string => (/log_?prob/i.test(name) ? "Log-probs" : name);

/** One kind of numbers is switched on and off; of several the reader chooses. */
function signalButton(actions: HeaderActions, menu: TemplateResult | typeof nothing): TemplateResult {
  const { signals, signal } = actions;
  const on = signal !== undefined;
  const name = signalTitle(signal ?? (signals.length === 1 ? (signals[0] ?? "") : "Numbers"));
  const several = signals.length > 1;
  return html`<span class="pickbox"><button class=${on ? "btn on" : "btn"} title="Numbers of the record over the text (L)" aria-label=${name} aria-pressed=${several ? nothing : on}
    aria-haspopup=${several ? "menu" : nothing} @click=${actions.toggleSignals}>${icons.graphLine}<span>${name}</span></button>${menu}</span>`;
}

/** The kinds of numbers that the record has. */
export function signalMenu(
  names: readonly string[],
  shown: string | undefined,
  choose: (name: string | undefined) => void,
): TemplateResult {
  const entry = (name: string | undefined): TemplateResult =>
    html`<button role="menuitemradio" aria-checked=${name === shown} @click=${() => choose(name)}><span class="mk">${name === shown ? icons.check : nothing}</span><span>${name === undefined ? "None" : signalTitle(name)}</span><span></span></button>`;
  return html`<div class="menu right" role="menu" aria-label="Numbers over the text">${[undefined, ...names].map(entry)}</div>`;
}

/** The question, at most three lines until it is opened. */
export function question(document: TraceDocument, actions: HeaderActions): TemplateResult | typeof nothing {
  const { question: text } = document.trace;
  if (text === "") return nothing;
  return html`${questionText(text, actions.questionOpen)}
    ${actions.questionLong ? html`<button class="lnk more" @click=${actions.toggleQuestion}>${actions.questionOpen ? "less" : "more"}</button>` : nothing}`;
}

/** A metric: label, value, a muted remark and what the measure means. */
interface Metric {
  readonly label: string;
  /** The label where there is little room; the same unless told. */
  readonly brief?: string;
  readonly value: TemplateResult | string;
  readonly note?: string;
  readonly title?: string;
}

/** The metric row. */
export function metrics(document: TraceDocument, analysis: Analysis, signal?: SignalScale): TemplateResult {
  const own = metricsOf(document, analysis);
  const shown = signal ? [...own.filter(({ label }) => label !== "Switches"), ...signalMetric(signal, analysis)] : own;
  return html`<dl class="dl facts">${shown.map(
    ({ label, brief, value, note, title }) =>
      html`<div title=${title ?? nothing}><dt>${brief === undefined ? label : html`<span class="full">${label}</span><span class="brief">${brief}</span>`}</dt><dd>${value}${note ? html`<span class="m">${note}</span>` : nothing}</dd></div>`,
  )}</dl>`;
}

function metricsOf(document: TraceDocument, analysis: Analysis): Metric[] {
  const { measures } = analysis;
  const soFar = document.notAnalysed > 0 ? "so far" : undefined;
  const rows: (Metric | undefined)[] = [
    { label: "Reference", value: analysis.referenceAnswer === undefined ? muted("none") : answerText(analysis.referenceAnswer) },
    finalAnswer(document, analysis),
    tokens(document, analysis),
    {
      label: "Units",
      value: count(analysis.units.length),
      note: soFar ?? `(${count(measures.redundantUnits)} redundant)`,
      title: "Thinking units: runs of steps that work toward one answer",
    },
    { label: "Steps", value: count(analysis.steps.length), ...(soFar ? { note: soFar } : {}) },
    toolCalls(analysis),
    firstAnswer(analysis),
    afterFirst(analysis),
    usesTools(analysis)
      ? undefined
      : { label: "Switches", value: count(measures.switches), title: `${measures.switchesPer1k.toFixed(1)} per 1,000 tokens` },
    efficiency(analysis),
  ];
  return rows.filter((metric) => metric !== undefined);
}

/** Mean of the numbers shown over the text, and where they peak. */
function signalMetric(scale: SignalScale, analysis: Analysis): Metric[] {
  const figures = summary(scale);
  if (!figures) return [];
  const step = firstStepAt(analysis, scale.signal.starts[figures.at] ?? 0) + 1;
  const { name } = scale.signal;
  const label = scale.isLogprob ? "Mean −ln p" : name.length > 16 ? "Mean shown" : `Mean ${name}`;
  return [
    {
      label,
      title: `Mean of ${name}`,
      value: signalNumber(figures.mean),
      note: `max ${signalNumber(figures.peak)} at step ${count(step)}`,
    },
  ];
}

const muted = (words: string): TemplateResult => html`<span class="m none">${words}</span>`;

/** The record's own verdict differs from the comparison with the reference. */
const isDisputed = ({ recordVerdict, verdict }: Analysis): boolean => recordVerdict !== undefined && recordVerdict !== verdict;

function finalAnswer(document: TraceDocument, analysis: Analysis): Metric {
  const look = verdictLooks[analysis.verdict];
  const missing = document.notAnalysed > 0 ? "not reached yet" : "none";
  const from = { response: "Stated in the response", field: "Stated in a field of its own", reasoning: "Stated in the thinking" };
  return {
    label: "Final answer",
    brief: "Final",
    value:
      analysis.finalAnswer === undefined
        ? muted(missing)
        : html`${answerText(analysis.finalAnswer)}<span class=${look.className} role="img" aria-label=${look.word} title="${look.word}${analysis.verdictFrom === "record" ? ", says the record" : ""}">${icons[look.icon]}</span>`,
    ...(isDisputed(analysis) ? { note: `the record says ${analysis.recordVerdict}` } : {}),
    ...(analysis.finalAnswerFrom ? { title: from[analysis.finalAnswerFrom] } : {}),
  };
}

function tokens(document: TraceDocument, analysis: Analysis): Metric {
  const observed = analysis.steps.reduce((sum, step) => sum + (step.function === "observation" ? step.tokens : 0), 0);
  const suffix = counterSuffix(analysis.tokenCounter);
  const note = observed > 0 ? `${suffix}, ${count(analysis.tokens - observed)} generated` : suffix;
  const about = document.notAnalysed > 0 ? analysis.tokens + Math.round(document.notAnalysed / 3.7) : 0;
  return {
    label: "Tokens",
    value: count(analysis.tokens),
    note: about > 0 ? `of about ${count(about)}, est.` : note,
    title: `Counted by ${analysis.tokenCounter}`,
  };
}

const usesTools = (analysis: Analysis): boolean => analysis.steps.some((step) => step.function === "tool-call");

function toolCalls(analysis: Analysis): Metric | undefined {
  const calls = analysis.steps.filter((step) => step.function === "tool-call").length;
  return calls > 0 ? { label: "Tool calls", value: count(calls) } : undefined;
}

function firstAnswer(analysis: Analysis): Metric {
  const { firstAnswerStep, firstAnswerTokens } = analysis.measures;
  if (firstAnswerStep === undefined || firstAnswerTokens === undefined) return { label: "First answer", value: muted("none") };
  const share = analysis.tokens > 0 ? firstAnswerTokens / analysis.tokens : 0;
  return {
    label: "First answer",
    value: html`<button class="plain" data-action="first-answer">step ${count(firstAnswerStep + 1)}</button>`,
    note: `at ${percent(share)} %`,
    title: "The step that first states an answer equal to the final answer",
  };
}

function afterFirst(analysis: Analysis): Metric | undefined {
  const { firstAnswerTokens, postAnswerShare } = analysis.measures;
  if (firstAnswerTokens === undefined || postAnswerShare === undefined) return undefined;
  return {
    label: "After first answer",
    brief: "After first",
    value: `${count(analysis.tokens - firstAnswerTokens)} tok`,
    note: `${percent(postAnswerShare)} %`,
  };
}

function efficiency(analysis: Analysis): Metric | undefined {
  const { outcomeEfficiency } = analysis.measures;
  if (outcomeEfficiency === undefined) return undefined;
  return {
    label: "Outcome efficiency",
    brief: "Efficiency",
    value: ratio(outcomeEfficiency),
    ...(analysis.finalAnswer === undefined ? { note: "no answer" } : {}),
    title: "Tokens up to the first correct answer over all tokens (Chen et al. 2024)",
  };
}

/** The list of other traces of the same question. `open` opens the one at an index. */
export function siblingMenu(document: TraceDocument, open: (index: number) => void): TemplateResult {
  return html`<div class="menu" role="listbox" aria-label="Same question">${document.siblings.map((sibling, index) => {
    const look = sibling.verdict ? verdictLooks[sibling.verdict] : undefined;
    return html`<button role="option" aria-selected="false" @click=${() => open(index)}><span class="mk ${look?.className ?? ""}">${look ? icons[look.icon] : nothing}</span>
      <span>${sibling.model ?? "model unknown"}${sibling.ref.rollout > 0 ? ` · rollout ${sibling.ref.rollout + 1}` : ""}</span>
      <span class="m">${sibling.tokens === undefined ? "" : plural(sibling.tokens, "token")}</span></button>`;
  })}</div>`;
}
