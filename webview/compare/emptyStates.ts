/** What Compare shows when there is no pair. */
import { html, type TemplateResult } from "lit";
import type { FileInfo, PairPage } from "../../src/protocol/engine";
import { count } from "../format";
import { keyWords } from "./pairListRow";
import type { PairSession } from "./pairSession";

/** Records to be read before anything is said of what the file holds. */
const tooFew = 20;

/** Says why there is nothing to compare and offers the one action that helps. */
export function emptyState(info: FileInfo | undefined, error: string | undefined, choose: () => void, page?: PairPage): TemplateResult {
  const button = html`<div class="acts"><vscode-button @click=${choose}>Choose Teacher and Student…</vscode-button></div>`;
  if (error !== undefined) return html`<div class="empty" role="alert"><h2>The pair cannot be compared</h2><p>${error}</p>${button}</div>`;
  if (page) return html`<div class="empty"><h2>No pairs</h2><p>${unjoined(page)}</p>${button}</div>`;
  if (!info || info.analysed < Math.min(info.records, tooFew)) return html`<div class="empty"><p>Reading the file…</p></div>`;
  if (!info.indexed)
    return html`<div class="empty"><h2>One model so far</h2><p>The file is still being read. Pairs appear as soon as a second model or rollout is found.</p>${button}</div>`;
  return html`<div class="empty"><h2>Nothing to compare with yet</h2><p>${alone(info)} Choose a second file with traces of the same questions, or another rollout.</p>${button}</div>`;
}

function unjoined(page: PairPage): string {
  if (!page.complete) return "No pair is joined so far; the file is still being read.";
  return `No record of the two sides could be joined by ${keyWords(page.key)}: ${count(page.unpairedTeacher)} only in teacher, ${count(page.unpairedStudent)} only in student.`;
}

function alone(info: FileInfo): string {
  const name = info.models[0]?.name;
  return name === undefined
    ? `${info.name} names no models and has one trace a record.`
    : `${info.name} holds traces of one model, ${name}.`;
}

/** What stands below the head while no pair is shown. */
export function noPairs(session: PairSession): TemplateResult {
  if (session.loading) return html`<div class="empty"><p>Aligning the two traces…</p></div>`;
  const { page } = session.loader;
  if (page && page.matching === 0 && page.total > 0)
    return html`<div class="empty"><h2>No pair matches</h2><p>${count(page.total)} pairs are joined by ${keyWords(page.key)}; the query keeps none of them${page.complete ? "" : " so far"}.</p></div>`;
  return emptyState(session.info, session.error ?? session.loader.error, () => void session.pickSides(), page);
}
