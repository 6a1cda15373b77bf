/** The legend of a strip: shares of tokens by function; an item under the pointer dims the other functions. */
import { html, nothing, type TemplateResult } from "lit";
import { type Analysis, type StepFunction, stepFunctions } from "../../src/core/analysis";
import { percent, percentOrLess } from "../format";
import type { SignalScale } from "../signals/scale";
import { functionLooks } from "../words";

/** Draws the legend. `hover` gets the function under the pointer, or undefined when it leaves. */
export function legend(analysis: Analysis, hover: (only: string | undefined) => void, signal?: SignalScale): TemplateResult {
  const shares = analysis.measures.functionShares;
  const present = stepFunctions.filter((name) => (shares[name] ?? 0) > 0 || analysis.steps.some((step) => step.function === name));
  const last = present.at(-1);
  const { redundantShare } = analysis.measures;
  const item = (name: StepFunction): TemplateResult => {
    const look = functionLooks[name];
    return html`<span class=${look.className} @pointerenter=${() => hover(name)} @pointerleave=${() => hover(undefined)}
      ><i class=${look.control ? "sw low" : "sw"}></i>${look.letter} ${look.label} <b>${percentOrLess(shares[name] ?? 0)}</b></span>`;
  };
  const redundant = html`<span class="end"><i class="sw hatch"></i>redundant <b>${percent(redundantShare)}</b> %</span>`;
  return html`<div class="lg" aria-label="Share of tokens by function, in percent">${present.slice(0, -1).map(item)}${
    // Kept together: the last item never stands alone in a line.
    last && redundantShare > 0 ? html`<span class="pair">${item(last)}${redundant}</span>` : last && item(last)
  }${signal ? signalKey(signal, redundantShare > 0) : nothing}</div>`;
}

/** What the lane and the underlines say. */
function signalKey(signal: SignalScale, after: boolean): TemplateResult {
  const what = signal.isLogprob ? "p under " : "";
  return html`<span class=${after ? "lpk" : "lpk end"}>lower lane ${signal.words}${
    signal.shades.length > 0
      ? html`&ensp;${what}${signal.shades.map((word, index) => html`<u class="lp${index + 1}">${word}</u>`)}`
      : nothing
  }</span>`;
}
