/** The head of a pair: which traces, the controls, the question, the triangle and the metric row. */
import { html, nothing, type TemplateResult } from "lit";
import type { Analysis } from "../../src/core/analysis";
import type { Comparison, ModelInfo, Side, TraceDocument } from "../../src/protocol/engine";
import { count, percent, placeOf, plural, ratio } from "../format";
import { icons } from "../icons";
import { answerText } from "../trace/answers";
import { questionText } from "../trace/questionText";
import { verdictLooks } from "../words";
import { divergenceSteps, divergenceWords, type SideName, sideLetters } from "./compareWords";
import { exportMenu, type PairExport } from "./pairMenu";
import { triangle } from "./triangle";

/** What stands below the head. */
export type Panel = "pair" | "set" | "answers";

/** What the head's controls do, and their state. */
export interface PairActions {
  readonly raw: boolean;
  readonly foldMatched: boolean;
  readonly sides: { readonly teacher: Side; readonly student: Side };
  /** "pair 3 of 7"; empty while unknown. */
  readonly position: string;
  readonly pairsOpen: boolean;
  /** What is shown below the head: the pair, all pairs, or all answers to the question. */
  readonly panel: Panel;
  /** Answers to this question that are known. */
  readonly answers: number;
  /** Matches set or broken by hand. */
  readonly corrections: number;
  readonly questionOpen: boolean;
  /** Models of the file that a side is in. */
  modelsOf(side: SideName): readonly ModelInfo[];
  /** Name of a side's file, where the sides are of two. */
  fileOf(side: SideName): string | undefined;
  setRaw(raw: boolean): void;
  toggleFold(): void;
  swap(): void;
  chooseModel(side: SideName, model: string): void;
  chooseFile(): void;
  nativeDiff(): void;
  togglePairs(): void;
  step(by: 1 | -1): void;
  goToDivergence(): void;
  showPanel(panel: Panel): void;
  undo(): void;
  export(what: PairExport): void;
  toggleQuestion(): void;
}

/** Name of a side as it is shown: its model, else its file where the sides are of two files, and its rollout where that says more. */
export function sideName(document: TraceDocument | undefined, side: Side, file?: string): string {
  const { model, variant, rollout } = document?.trace ?? {};
  const name = side.model ?? model ?? variant ?? file ?? "";
  const which = side.rollout !== undefined || name === "" ? `rollout ${(side.rollout ?? rollout ?? 0) + 1}` : "";
  return [name, which].filter(Boolean).join(" · ");
}

/** Record, line, the two models and the buttons. */
export function pairCrumb(pair: Comparison | undefined, actions: PairActions): TemplateResult {
  return html`<div class="crumb pc">${pairNames(pair, actions)}<div class="acts">${pairButtons(pair, actions)}</div></div>`;
}

function pairNames(pair: Comparison | undefined, actions: PairActions): TemplateResult {
  const id = pair?.teacher.trace.id ?? "";
  return html`<div class="who2"><b title=${id}>${id}</b>${pair ? html`<span class="line">${placeOf(pair.teacher)}</span>` : nothing}
    ${picker("teacher", pair?.teacher, actions)}${picker("student", pair?.student, actions)}</div>`;
}

function pairButtons(pair: Comparison | undefined, actions: PairActions): TemplateResult {
  return html`${actions.corrections === 0 ? nothing : html`<button class="btn" title="Take back the last match set or broken by hand (Ctrl+Z)" @click=${actions.undo}><span class="keep">${plural(actions.corrections, "correction")} · undo</span></button>`}
    ${actions.position === "" ? nothing : pairNavigation(actions)}
    ${actions.answers > 2 ? panelButton(actions, "answers", html`<span class="keep">${actions.answers} answers</span>`, "All answers to this question") : nothing}
    ${panelButton(actions, "set", html`${icons.graphLine}<span>All pairs</span>`, "What all pairs say together")}
    <button class="btn" title="${actions.foldMatched ? "Show every row" : "Fold matched rows"} (O)" @click=${actions.toggleFold}>${
      actions.foldMatched ? icons.unfold : icons.fold
    }<span>${actions.foldMatched ? "Unfold matched" : "Fold matched"}</span></button>
    <button class="btn" title="Swap sides (w)" @click=${actions.swap}>${icons.arrowSwap}<span>Swap sides</span></button>
    <button class="btn" title="Open in diff editor" ?disabled=${!pair} @click=${actions.nativeDiff}>${icons.gitCompare}<span class="wide">Diff editor</span></button>
    ${exportMenu(actions.export)}
    <span class="seg2" role="group" aria-label="Text">${[false, true].map(
      (raw) =>
        html`<button class=${actions.raw === raw ? "on" : ""} aria-pressed=${actions.raw === raw} @click=${() => actions.setRaw(raw)}>${raw ? "Raw" : "Rendered"}</button>`,
    )}</span>`;
}

function panelButton(actions: PairActions, panel: Panel, content: TemplateResult, title: string): TemplateResult {
  const on = actions.panel === panel;
  return html`<button class=${on ? "btn on" : "btn"} title=${title} aria-pressed=${on} @click=${() => actions.showPanel(on ? "pair" : panel)}>${content}</button>`;
}

function pairNavigation(actions: PairActions): TemplateResult {
  return html`<span class="pairnav"><button class="btn" title="Previous pair ([)" aria-label="Previous pair" @click=${() => actions.step(-1)}>${icons.chevronUp}</button>
    <button class="btn" title="List of pairs" aria-haspopup="dialog" aria-expanded=${actions.pairsOpen} data-action="pairs" @click=${actions.togglePairs}><span class="keep">${actions.position}</span>${icons.chevronDown}</button>
    <button class="btn" title="Next pair (])" aria-label="Next pair" @click=${() => actions.step(1)}>${icons.chevronDown}</button></span>`;
}

/** A model's name without the owner before it. */
const shortName = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/** A native select laid over the name, so that it needs no menu of its own. */
function picker(side: SideName, document: TraceDocument | undefined, actions: PairActions): TemplateResult {
  const chosen = actions.sides[side];
  const name = sideName(document, chosen, actions.fileOf(side));
  const models = actions.modelsOf(side);
  const known = models.some((model) => model.name === chosen.model);
  return html`<span class="pick"><em>${side}</em><span class="nm1" title=${name}>${shortName(name)}</span>${icons.chevronDown}<select aria-label="${side}: ${name}" title="Choose the ${side}" @change=${(event: Event) => choose(event, side, actions)}>
    ${known ? nothing : html`<option selected value="">${name}</option>`}
    ${models.map((model) => html`<option value=${`m${model.name}`} ?selected=${known && model.name === chosen.model}>${model.name} (${count(model.traces)})</option>`)}
    <option value="file">choose file or rollout…</option></select></span>`;
}

function choose(event: Event, side: SideName, actions: PairActions): void {
  const select = event.target;
  if (!(select instanceof HTMLSelectElement)) return;
  const { value } = select;
  if (value === "file") {
    const before = [...select.options].findIndex((option) => option.defaultSelected);
    select.selectedIndex = Math.max(0, before);
    actions.chooseFile();
  } else if (value.startsWith("m")) actions.chooseModel(side, value.slice(1));
}

/** A question longer than this is cut until "more" is asked for. */
const shortQuestion = 330;

/** The question, cut where it is long. */
export function pairQuestion(pair: Comparison, actions: PairActions): TemplateResult | typeof nothing {
  const { question } = pair.teacher.trace;
  if (question === "") return nothing;
  const long = question.length > shortQuestion;
  return html`${questionText(question, actions.questionOpen)}${
    long
      ? html`<button class="lnk more" aria-expanded=${actions.questionOpen} @click=${actions.toggleQuestion}>${actions.questionOpen ? "less" : "more"}</button>`
      : nothing
  }`;
}

/** Triangle and metric row. */
export function pairMetrics(pair: Comparison, actions: PairActions): TemplateResult {
  const { teacher, student, diff } = pair;
  const { totals } = diff;
  const [units, steps] = [totals.unitsMatched, totals.stepsMatched];
  const reference = diff.answers.reference ?? teacher.analysis.referenceAnswer;
  return html`<div class="dlrow">${triangle(diff.answers)}<dl class="dl">
    <div><dt>${answersWord(diff.answers.agree)}</dt><dd>${answer(teacher.analysis, "teacher")}<span class="gap2"></span>${answer(student.analysis, "student")}</dd></div>
    <div><dt>Reference</dt><dd>${reference === undefined ? html`<span class="m none">none</span>` : answerText(reference)}</dd></div>
    <div title="Counted by ${teacher.analysis.tokenCounter}"><dt>Tokens, student / teacher</dt><dd>${count(totals.studentTokens)} / ${count(totals.teacherTokens)}<span class="m">ratio ${ratio(totals.ratio)}</span></dd></div>
    <div><dt>Units matched</dt><dd>${matchedOf(units, [teacher.analysis.units.length, student.analysis.units.length])}</dd></div>
    <div><dt>Steps matched</dt><dd>${matchedOf(steps, [teacher.analysis.steps.length, student.analysis.steps.length])}</dd></div>
    <div><dt>Only in teacher</dt><dd>${only(totals.teacherOnly)}</dd></div>
    <div><dt>Only in student</dt><dd>${only(totals.studentOnly)}</dd></div>
    <div title=${divergenceWords({ teacher: teacher.analysis, student: student.analysis, diff }) || nothing}><dt>First divergence</dt><dd>${divergenceMetric(pair, actions)}</dd></div></dl></div>`;
}

const answersWord = (agree: boolean | undefined): string => (agree === undefined ? "Answers" : agree ? "Answers agree" : "Answers differ");

function answer(analysis: Analysis, side: SideName): TemplateResult {
  const look = verdictLooks[analysis.verdict];
  const value = analysis.finalAnswer === undefined ? html`<span class="m">none</span>` : answerText(analysis.finalAnswer);
  const mark =
    analysis.verdict === "unknown"
      ? nothing
      : html`<span class=${look.className} role="img" aria-label=${look.word} title=${look.word}>${icons[look.icon]}</span>`;
  return html`<span class="sided">${value}<span class="m">${side}</span>${mark}</span>`;
}

/** "T 3 of 5 · S 5 of 8": of each side. */
function matchedOf(some: readonly [number, number], all: readonly [number, number]): TemplateResult {
  const side = (at: 0 | 1, name: SideName): TemplateResult =>
    html`<abbr class="m" title=${name}>${sideLetters[name]}</abbr>${count(some[at])}<span class="m">of ${count(all[at])}</span>`;
  return html`${side(0, "teacher")}<span class="m sep" aria-hidden="true">·</span>${side(1, "student")}`;
}

function only(totals: { readonly units: number; readonly steps: number; readonly tokens: number }): TemplateResult {
  if (totals.steps === 0) return html`<span class="m none">nothing</span>`;
  const units = totals.units > 0 ? `${plural(totals.units, "unit")}, ` : "";
  return html`${units}${plural(totals.steps, "step")}<span class="m">${count(totals.tokens)} tok</span>`;
}

function divergenceMetric({ teacher, student, diff }: Comparison, actions: PairActions): TemplateResult {
  if (!diff.divergence) return html`<span class="m none">none</span>`;
  const words = divergenceSteps({ teacher: teacher.analysis, student: student.analysis, diff });
  const { teacherShare, studentShare } = diff.divergence;
  return html`<button class="plain" title="Go to the first divergence" @click=${actions.goToDivergence}>${words}</button><span class="m">at ${percent(teacherShare)} % / ${percent(studentShare)} %</span>`;
}
