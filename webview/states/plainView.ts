/** Records that are no traces: a tree of their fields, or the broken line with its neighbours. */
import { html, nothing, type TemplateResult } from "lit";
import type { PlainDocument } from "../../src/protocol/engine";
import { bytes, count, placeFirst, placeOf } from "../format";
import { icons } from "../icons";
import type { Model } from "../state/model";
import { parsed, treeNode } from "./tree";

const before = 60;
const after = 40;

/** Draws a plain record or a malformed line. */
export function plainView(model: Model, document: PlainDocument): TemplateResult {
  return html`<div class="tr plainrec" role="region" aria-label="Record">${document.problem ? malformed(model, document) : record(model, document)}</div>`;
}

function record(model: Model, document: PlainDocument): TemplateResult {
  const value = document.truncated ? undefined : parsed(document.text);
  return html`<div class="th"><div class="crumb"><b>${placeOf(document)}</b><span>${bytes(document.byteEnd - document.byteStart)}</span><span>no reasoning field was recognised</span><span class="sp"></span>
      <button class="btn" @click=${() => void model.host.copyRecord(document.ref)}>${icons.copy}<span>Copy record</span></button>
      <button class="btn" @click=${() => void model.host.openAsText(document.ref)}>${icons.goToFile}<span>Open as text</span></button></div></div>
    <div class="scroll" tabindex="0">${value === undefined ? html`<pre class="rawtext">${document.text}</pre>` : html`<div class="jtree" role="tree" aria-label="Fields">${treeNode("", value, 0)}</div>`}
      ${document.truncated ? html`<div class="notice">${icons.warning}<span>The record is larger than 1 MB; its beginning is shown.</span></div>` : nothing}</div>`;
}

function malformed(model: Model, document: PlainDocument): TemplateResult {
  const { problem, around } = document;
  const number = numberOf(document);
  const place = problem?.column === undefined ? "" : ` at column ${count(problem.column)}`;
  const others = (model.file.info?.malformed ?? 1) - 1;
  return html`<div class="empty wide"><h2>${placeFirst(document)} is not valid JSON</h2>
    <p>${sentence(problem?.message ?? "")}${place}. Byte ${count(document.byteStart)} of the file. All other records are loaded.</p>
    <div class="rawl">${around?.before === undefined ? nothing : neighbour(number - 1, around.before)}${broken(document)}${around?.after === undefined ? nothing : neighbour(number + 1, around.after)}</div>
    <div class="acts"><vscode-button @click=${() => void model.host.openAsText(document.ref)}>Go to Line in Text Editor</vscode-button>
      <vscode-button appearance="secondary" @click=${() => void model.host.copyRecord(document.ref)}>Copy Line</vscode-button>
      ${others > 0 ? html`<button class="lnk" @click=${() => model.list.setQuery({ query: "is:malformed" }, true)}>Show the other ${others === 1 ? "one" : count(others)}</button>` : nothing}</div></div>`;
}

/** First letter large, no stop at the end, no column that is said anyway. */
function sentence(message: string): string {
  const short = message.replace(/\s*(?::[^:]*)?\bat (?:column|position) [\d,]+[^:]*$/i, "").replace(/[.\s]+$/, "");
  return short === "" ? "The line could not be parsed" : short[0]?.toUpperCase() + short.slice(1);
}

const neighbour = (line: number, text: string): TemplateResult =>
  html`<div><span class="ln">${count(line)}</span><span class="tx1">${text}</span></div>`;

/** What stands before its text: the line's number, or the record's in files whose records are items of a list. */
const numberOf = ({ ref, line, numbered }: PlainDocument): number => (numbered ? ref.record + 1 : line);

function broken(document: PlainDocument): TemplateResult {
  const { text, problem } = document;
  const at = Math.min(text.length, Math.max(0, (problem?.column ?? 1) - 1));
  const from = Math.max(0, at - before);
  const lead = `${from > 0 ? "…" : ""}${text.slice(from, at)}`;
  const mark = text.slice(at, at + 1) || " ";
  const rest = text.slice(at + 1, at + after);
  const words = `column ${count(problem?.column ?? 1)}: ${sentence(problem?.message ?? "")}`;
  return html`<div class="hit"><span class="ln">${count(numberOf(document))}</span><span class="tx1">${lead}<span class="er">${mark}</span>${rest}${at + after < text.length ? "…" : ""}</span></div><div><span class="ln"></span><span class="em">${" ".repeat(Math.max(0, Math.min(lead.length, 70) - Math.floor(words.length / 2)))}${words}</span></div>`;
}
