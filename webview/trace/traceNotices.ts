/** What is said in place of a trace, or above one that is too long to be analysed whole. */
import { html, nothing, type TemplateResult } from "lit";
import type { TraceDocument } from "../../src/protocol/engine";
import { bytes, count, placeFirst } from "../format";
import { icons } from "../icons";
import type { Model } from "../state/model";

/** Code units that are analysed at a time once a trace is too long to be analysed whole. */
const moreUnits = 8_000_000;

/** How much of a very long trace is analysed so far, and the way to more. */
export function oversize(model: Model, trace: TraceDocument): TemplateResult | typeof nothing {
  if (trace.notAnalysed === 0) return nothing;
  return html`<div class="notice top" role="note">${icons.warning}<span>${placeFirst(trace)} holds ${bytes(trace.byteEnd - trace.byteStart)}. The first ${count(trace.trace.text.length)} of ${count(trace.trace.text.length + trace.notAnalysed)} characters are segmented; flags and metrics cover only that part.</span><span class="sp"></span>
    ${model.loading ? html`<span class="spin">${icons.loading}</span>` : html`<button class="lnk" @click=${() => void model.analyseMore(moreUnits)}>Segment Next ${bytes(Math.min(moreUnits, trace.notAnalysed))}</button>`}</div>`;
}

/** A record that could not be read. */
export function failure(model: Model, message: string): TemplateResult {
  const { ref } = model.state;
  return html`<div class="tr"><div class="empty" role="alert"><h2>This record could not be read</h2><p>${message}</p>
    <div class="acts">${ref ? html`<vscode-button @click=${() => void model.open(ref)}>Try Again</vscode-button>` : nothing}
    <vscode-button appearance="secondary" @click=${() => void model.host.openAsText(ref)}>Open as Text</vscode-button></div></div></div>`;
}

/** A record that is on its way. */
export const waiting = (model: Model): TemplateResult =>
  html`<div class="tr">${model.loading ? html`<div class="empty"><p><vscode-progress-ring aria-label="Loading the record"></vscode-progress-ring></p></div>` : nothing}</div>`;
