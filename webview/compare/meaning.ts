/** What the pair means: tokens by step function on both sides, what the student drops, and steps it lacks that the answer rests on. */
import { html, nothing, type TemplateResult } from "lit";
import type { StepFunction } from "../../src/core/analysis";
import type { DiffMeaning } from "../../src/core/compare/measures";
import type { Comparison } from "../../src/protocol/engine";
import { count, percent, plural } from "../format";
import { icons } from "../icons";
import { place } from "../place";
import { functionLooks } from "../words";
import type { SideName } from "./compareWords";

/** What the line's controls do, and their state. */
export interface MeaningActions {
  readonly missingOpen: boolean;
  toggleMissing(): void;
  goToStep(side: SideName, step: number): void;
  goToStepRow(stepRow: number): void;
}

const sides: readonly SideName[] = ["teacher", "student"];

/** The line below the metrics, and the list of missing steps where it is open. */
export function meaningLine(pair: Comparison, actions: MeaningActions): TemplateResult {
  const { meaning } = pair;
  return html`<div class="mean"><span class="bars" role="img" aria-label=${barsWords(meaning)}>${sides.map((side) => bar(meaning, side, pair[side].analysis.tokens))}</span>
    <span class="fns">${meaning.functions.map((entry) => functionEntry(entry, meaning.dropped.includes(entry.function), pair))}</span>
    ${firstResultButton(meaning, actions)}${meaning.missing.length === 0 ? nothing : missingButton(meaning, actions)}</div>
    ${actions.missingOpen && meaning.missing.length > 0 ? missingList(pair, meaning, actions) : nothing}`;
}

const barsWords = ({ functions }: DiffMeaning): string =>
  functions
    .map((entry) => `${functionLooks[entry.function].label}: teacher ${count(entry.teacher)}, student ${count(entry.student)} tokens`)
    .join("; ");

/** Shares of one side's tokens, each bar as long as the other: the lengths are on the strips. */
function bar({ functions }: DiffMeaning, side: SideName, tokens: number): TemplateResult {
  return html`<span class="fbar">${functions.map((entry) => {
    const share = tokens > 0 ? entry[side] / tokens : 0;
    return share === 0 ? nothing : html`<i class=${className(entry.function)} ${place({ width: `${share * 100}%` })}></i>`;
  })}</span>`;
}

const className = (name: StepFunction): string => functionLooks[name].className.split(" ")[0] ?? "";

function functionEntry(entry: DiffMeaning["functions"][number], dropped: boolean, pair: Comparison): TemplateResult {
  const { label } = functionLooks[entry.function];
  const share = (side: SideName): string => percent(entry[side] / Math.max(1, pair[side].analysis.tokens));
  const title = `${label}: ${share("teacher")} % of the teacher's tokens, ${share("student")} % of the student's${dropped ? "; the student drops it" : ""}`;
  return html`<span class="fn ${className(entry.function)}${dropped ? " dropped" : ""}" title=${title}><i></i>${label} <b>${count(entry.teacher)}</b>/${count(entry.student)}${dropped ? html`<em>dropped</em>` : nothing}</span>`;
}

function firstResultButton({ firstResult }: DiffMeaning, actions: MeaningActions): TemplateResult | typeof nothing {
  if (!firstResult) return nothing;
  return html`<button class="lnk res" title="Go to the first place where the student's result is not the teacher's" @click=${() => actions.goToStepRow(firstResult.stepRow)}><span>results differ: ${firstResult.words}</span></button>`;
}

function missingButton(meaning: DiffMeaning, actions: MeaningActions): TemplateResult {
  const words = `${plural(meaning.missing.length, "step")} of the derivation missing in the student`;
  return html`<button class="lnk" aria-expanded=${actions.missingOpen} title="Teacher's steps without a match whose results its answer uses and the student nowhere states" @click=${actions.toggleMissing}>${words}${
    actions.missingOpen ? icons.chevronUp : icons.chevronDown
  }</button>`;
}

function missingList(pair: Comparison, meaning: DiffMeaning, actions: MeaningActions): TemplateResult {
  const { trace, analysis } = pair.teacher;
  return html`<ul class="missing">${meaning.missing.map(({ step, results }) => {
    const span = analysis.steps[step];
    if (!span) return nothing;
    const text = trace.text
      .slice(span.start, Math.min(span.end, span.start + 240))
      .replace(/\s+/g, " ")
      .trim();
    return html`<li><button class="lnk" @click=${() => actions.goToStep("teacher", step)}>step ${count(step + 1)}</button><span class="l">${functionLooks[span.function].label}</span>
      <span class="r">${results.length > 0 ? results.join(", ") : ""}</span><span class="t">${text}</span></li>`;
  })}</ul>`;
}
