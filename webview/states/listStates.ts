/** What stands in place of list and trace when there is nothing to list. */
import { html, nothing, type TemplateResult } from "lit";
import { count } from "../format";
import { icons } from "../icons";
import type { Model } from "../state/model";

const words = ["no", "one", "both", "all three", "all four", "all five"];

/** The empty file, or the query that nothing matches; undefined when there are rows or they may still come. */
export function listState(model: Model): TemplateResult | undefined {
  const { state } = model;
  const { info } = model.file;
  const { view } = model.list;
  if (!info || !view) return undefined;
  if (info.indexed && info.records === 0) return emptyFile(model, info.name, info.bytes);
  if (view.complete && view.rows === 0 && state.query.trim() !== "") return noMatch(model);
  return undefined;
}

function emptyFile(model: Model, name: string, size: number): TemplateResult {
  return html`<div class="empty"><h2>This file has no records</h2><p>${name} is ${count(size)} bytes. When a run writes to it, the records appear here without reopening.</p>
    <div class="acts"><vscode-button @click=${() => void model.host.openAnotherFile()}>Open Another File…</vscode-button>
    <vscode-button appearance="secondary" @click=${() => void model.host.openAsText()}>Open as Text</vscode-button></div></div>`;
}

function noMatch(model: Model): TemplateResult {
  const { view } = model.list;
  const errors = view?.errors ?? [];
  const without = view?.without ?? [];
  const title =
    without.length > 1 ? `No record matches ${words[without.length] ?? `all ${without.length}`} conditions` : "No record matches the query";
  return html`<div class="empty"><h2>${errors.length > 0 ? "The query could not be read" : title}</h2>${errors.map((error) => html`<p>${error.message}</p>`)}
    ${without.length > 1 ? html`<p>Without one of them:</p>${table(model, without)}` : nothing}
    <div class="acts"><vscode-button appearance="secondary" @click=${() => model.list.setQuery({ query: "" }, true)}>Clear Query</vscode-button></div></div>`;
}

function table(model: Model, without: readonly { readonly condition: string; readonly rows: number }[]): TemplateResult {
  const remove = (condition: string): void =>
    model.list.setQuery({ query: model.state.query.replace(condition, "").replace(/\s+/g, " ").trim() }, true);
  return html`<div class="kv three"><span class="hh">condition</span><span class="hh num">records without it</span><span class="hh"></span>
    ${without.map(
      ({ condition, rows }) =>
        html`<span class="mono">${condition}</span><span class="num">${count(rows)}</span>${
          rows > 0
            ? html`<button class="lnk" aria-label="Remove ${condition}" @click=${() => remove(condition)}>Remove</button>`
            : html`<span class="m">still no match</span>`
        }`,
    )}</div>`;
}

/** Notices above both panes: the engine's trouble, and records that were appended. */
export function banners(model: Model): TemplateResult | typeof nothing {
  const { problem } = model;
  const { appended } = model.file;
  if (!problem && appended === 0) return nothing;
  return html`<div class="banners">${
    problem
      ? html`<div class="notice" role="alert">${icons.warning}<span>${problem.message}</span><span class="sp"></span>${
          problem.action === "reload"
            ? html`<button class="lnk" @click=${() => void model.reload()}>Reload</button>`
            : problem.action === "openAnother"
              ? html`<button class="lnk" @click=${() => void model.host.openAnotherFile()}>Open Another File…</button>`
              : html`<button class="lnk" @click=${() => model.seeProblem()}>Got it</button>`
        }</div>`
      : nothing
  }${
    appended > 0
      ? html`<div class="notice info" role="status">${icons.info}<span>${count(appended)} ${appended === 1 ? "record was" : "records were"} appended since this file was indexed. The view keeps its position.</span><span class="sp"></span><button class="lnk" @click=${() => model.file.seeAppended()}>Got it</button></div>`
      : nothing
  }</div>`;
}
